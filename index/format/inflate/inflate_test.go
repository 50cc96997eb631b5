package inflate

import (
	"bytes"
	"compress/flate"
	"errors"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
)

// samples are texts that make deflate use all that it has: repetitions near and
// far, of one byte, noise, nothing.
func samples() map[string][]byte {
	rnd := rand.New(rand.NewPCG(1, 2))
	noise := make([]byte, 70000)
	for i := range noise {
		noise[i] = byte(rnd.Uint32())
	}
	words := []string{"江海", "新闻", "今天", "下雨", "，", "。", "water ", "and ", "stone "}
	var text strings.Builder
	for text.Len() < 200000 {
		text.WriteString(words[int(rnd.ExpFloat64()*2)%len(words)])
	}
	skewed := make([]byte, 40000) // codes from one bit to fifteen
	for i := range skewed {
		skewed[i] = byte(rnd.ExpFloat64() * 9)
	}
	return map[string][]byte{
		"nothing": nil, "one byte": {7}, "zeros": make([]byte, 100000), "noise": noise,
		"text": []byte(text.String()), "skewed": skewed, "pairs": bytes.Repeat([]byte("ab"), 5000),
	}
}

func pack(t testing.TB, text, dict []byte, level int) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := flate.NewWriterDict(&b, level, dict)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestWhatDeflatePacksComesOut(t *testing.T) {
	dict := samples()["text"][:32768]
	for name, text := range samples() {
		for level := flate.HuffmanOnly; level <= flate.BestCompression; level++ {
			for _, dict := range [][]byte{nil, dict, dict[:100]} {
				got := make([]byte, len(text))
				if err := Inflate(got, pack(t, text, dict, level), dict); err != nil || !bytes.Equal(got, text) {
					t.Errorf("%s at level %d with %d bytes of dictionary: %v", name, level, len(dict), err)
				}
			}
		}
	}
}

func TestSizesHaveToBeRight(t *testing.T) {
	text := samples()["text"][:5000]
	packed := pack(t, text, nil, 9)
	for _, test := range []struct {
		name string
		size int
		src  []byte
		want error
	}{
		{"one byte less", len(text) - 1, packed, ErrSize},
		{"one byte more", len(text) + 1, packed, ErrSize},
		{"no room", 0, packed, ErrSize},
		{"cut off", len(text), packed[:len(packed)-1], ErrShort},
		{"cut in the codes", len(text), packed[:20], ErrShort},
		{"nothing", 0, nil, ErrShort},
		{"a byte after it", len(text), append(bytes.Clone(packed), 0), ErrTail},
		{"ten bytes after it", len(text), append(bytes.Clone(packed), make([]byte, 10)...), ErrTail},
	} {
		if err := Inflate(make([]byte, test.size), test.src, nil); !errors.Is(err, test.want) {
			t.Errorf("%s: error %v, want %v", test.name, err, test.want)
		}
	}
}

func TestDistancesBeforeTheBeginningAreDamage(t *testing.T) {
	text := samples()["text"][:5000]
	packed := pack(t, text[1000:], text[:1000], 9)
	if err := Inflate(make([]byte, 4000), packed, nil); !errors.Is(err, ErrDamaged) {
		t.Errorf("without its dictionary: error %v, want %v", err, ErrDamaged)
	}
	if err := Inflate(make([]byte, 4000), packed, text[500:1000]); err != nil && !errors.Is(err, ErrDamaged) {
		t.Errorf("with half of its dictionary: error %v", err)
	}
}

// FuzzInflate compares with compress/flate: both take the same bytes, or both
// refuse them.
func FuzzInflate(f *testing.F) {
	dict := samples()["text"][:300]
	for _, text := range samples() {
		for _, level := range []int{flate.HuffmanOnly, 1, 9} {
			packed := pack(f, text[:min(len(text), 3000)], dict, level)
			f.Add(packed)
			for i := 0; i < len(packed); i += 1 + len(packed)/20 {
				damaged := bytes.Clone(packed)
				damaged[i] ^= 1 << (i % 8)
				f.Add(damaged)
			}
		}
	}
	f.Add([]byte{0x03, 0x00})                   // fixed codes, nothing
	f.Add([]byte{0x01, 0x00, 0x00, 0xff, 0xff}) // stored, nothing
	f.Fuzz(func(t *testing.T, packed []byte) {
		in := bytes.NewReader(packed)
		want, err := io.ReadAll(io.LimitReader(flate.NewReaderDict(in, dict), 1<<20))
		if len(want) == 1<<20 {
			return
		}
		if err == nil && in.Len() > 0 {
			err = ErrTail
		}
		got := make([]byte, len(want))
		if mine := Inflate(got, packed, dict); (mine == nil) != (err == nil) {
			t.Fatalf("error %v, compress/flate has %v", mine, err)
		} else if mine == nil && !bytes.Equal(got, want) {
			t.Fatal("other bytes than compress/flate gives")
		}
	})
}

func BenchmarkInflate(b *testing.B) {
	text := samples()["text"][:36000]
	packed := pack(b, text, nil, 9)
	b.Run("inflate", func(b *testing.B) {
		for b.Loop() {
			if err := Inflate(make([]byte, len(text)), packed, nil); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("flate", func(b *testing.B) {
		for b.Loop() {
			if _, err := io.ReadFull(flate.NewReader(bytes.NewReader(packed)), make([]byte, len(text))); err != nil {
				b.Fatal(err)
			}
		}
	})
}
