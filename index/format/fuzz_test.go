package format

import (
	"bytes"
	"encoding/binary"
	"errors"
	"slices"
	"testing"
	"time"
	"unicode/utf8"
)

// isDamage fails the test if err is an error that is not ErrCorrupt, and says
// whether there was one.
func isDamage(t *testing.T, err error) bool {
	t.Helper()
	if err != nil && !errors.Is(err, ErrCorrupt) {
		t.Fatalf("%v is no CorruptError", err)
	}
	return err != nil
}

// A day is what package time takes for one, or nothing.
func FuzzDay(f *testing.F) {
	for _, s := range []string{"2024-02-29", "2023-02-29", "0001-01-01", "9999-12-31", "2024-04-31", "٢٠٢٤-01", ""} {
		f.Add(s, 739000)
	}
	f.Fuzz(func(t *testing.T, s string, day int) {
		n := Day(s)
		at, err := time.Parse(time.DateOnly, s)
		if known := err == nil && at.Year() > 0; (n > 0) != known || n > 0 && Date(n) != s {
			t.Fatalf("%q is day %d, which is %q; package time: %v, %v", s, n, Date(n), at, err)
		}
		day &= 1<<24 - 1 // what an index may hold
		date := Date(day)
		if (date == "") != (day == 0) {
			t.Fatalf("day %d is %q", day, date)
		}
		if year10000 := Day("9999-12-31") + 1; day < year10000 && Day(date) != day {
			t.Fatalf("day %d is %q, which is day %d", day, date, Day(date))
		}
	})
}

func FuzzReadDays(f *testing.F) {
	f.Add(AppendVarint(AppendVarint(nil, 739134), -3), 2)
	f.Add(AppendVarint(nil, 1<<62), 1)
	f.Add([]byte{}, 1<<40)
	f.Fuzz(func(t *testing.T, b []byte, n int) {
		n = max(n, 0) // a number of documents
		c := NewCursor("dates", b)
		days := ReadDays(c, n)
		if isDamage(t, c.Close()) {
			return
		}
		if len(days) != n {
			t.Fatalf("%d days, want %d", len(days), n)
		}
		again, before := []byte(nil), int32(0)
		for _, day := range days {
			if day < 0 || day > 1<<24 {
				t.Fatalf("day %d", day)
			}
			again = AppendVarint(again, int64(day)-int64(before))
			before = day
		}
		c = NewCursor("dates", again)
		if back := ReadDays(c, n); !slices.Equal(back, days) || c.Close() != nil {
			t.Fatalf("wrote %v, read %v (%v)", days, back, c.Close())
		}
	})
}

// A shared column gives the strings that it was made of, whatever they are.
func FuzzReadShared(f *testing.F) {
	f.Add([]byte("要闻\n要闻版\n\n要"), byte('\n'))
	f.Add([]byte{0, 1, 'a', 1, 1, 'b'}, byte(0))
	f.Fuzz(func(t *testing.T, b []byte, part byte) {
		var column []byte
		var all []string
		last := ""
		for _, piece := range bytes.Split(b, []byte{part}) {
			column = AppendShared(column, last, string(piece))
			last = string(piece)
			all = append(all, last)
		}
		c := NewCursor("shared", column)
		if got := ReadShared(c, len(all)); !slices.Equal(got, all) || c.Close() != nil {
			t.Fatalf("wrote %q, read %q (%v)", all, got, c.Close())
		}

		n := int(part) // now what is no column, or one of other lengths
		c = NewCursor("shared", b)
		if got := ReadShared(c, n); !isDamage(t, c.Close()) && len(got) != n {
			t.Fatalf("%d strings, want %d", len(got), n)
		}
	})
}

// What is read as an alphabet has characters, each once, and writes text that
// comes back.
func FuzzReadAlphabet(f *testing.F) {
	f.Add(NewAlphabet(map[rune]int{'人': 9, '民': 4, 'A': 4, '𠮷': 1}).Append(nil), "人民A的𠮷\x00\xff")
	f.Add(AppendVarint([]byte{1}, 0xD800), "x")
	many := make(map[rune]int)
	for r := rune(0x4E00); r < 0x4E00+400; r++ {
		many[r] = int(r)
	}
	f.Add(NewAlphabet(many).Append(nil), "一丁万")
	f.Fuzz(func(t *testing.T, b []byte, text string) {
		c := NewCursor("alphabet", b)
		a := ReadAlphabet(c)
		if isDamage(t, c.Close()) {
			return
		}
		if _, ok := a.Code(0); ok || a.Len() > maxAlphabet {
			t.Fatalf("%d characters, of which NUL one: %v", a.Len(), ok)
		}
		for code := uint32(1); int(code) < a.Len(); code++ {
			r := a.Rune(code)
			if got, ok := a.Code(r); !ok || got != code || !utf8.ValidRune(r) {
				t.Fatalf("number %d is %U, which is number %d (%v)", code, r, got, ok)
			}
		}
		if got := a.Rune(uint32(a.Len())); got != 0 {
			t.Fatalf("%U has a number beyond the last", got)
		}
		c = NewCursor("alphabet", a.Append(nil))
		if back := ReadAlphabet(c); !slices.Equal(back.runes, a.runes) || c.Close() != nil {
			t.Fatalf("wrote %q, read %q (%v)", string(a.runes), string(back.runes), c.Close())
		}
		coded := a.AppendText(nil, text)
		if got, ok := a.Text(coded); !ok || got != string([]rune(text)) {
			t.Fatalf("%q comes back as %q, %v", text, got, ok)
		}
		// What is no text, or one of another alphabet, is at least UTF-8.
		if got, ok := a.Text([]byte(text)); ok {
			if back, ok := a.Text(a.AppendText(nil, got)); !ok || back != got || !utf8.ValidString(got) {
				t.Fatalf("the codes %x are %q, which comes back as %q, %v", text, got, back, ok)
			}
		}
	})
}

// Codes of bits come back as they were, one behind another, and nothing is past
// the end.
func FuzzBits(f *testing.F) {
	f.Add([]byte{5, 1, 2, 3, 4, 32, 255, 255, 255, 255, 40, 9, 0, 0, 0, 90, 1, 0, 0, 7})
	f.Fuzz(func(t *testing.T, b []byte) {
		type code struct {
			kind  byte
			v     uint32
			width uint // or, of a bounded one, the size
		}
		var codes []code
		var w BitWriter
		for ; len(b) >= 5; b = b[5:] {
			c := code{kind: b[0] % 3, v: binary.LittleEndian.Uint32(b[1:]), width: uint(b[0] / 3 % 33)}
			switch c.kind {
			case 0:
				c.v &= uint32(1<<c.width - 1)
				w.Write(c.v, c.width)
			case 1:
				c.v = max(c.v, 1)
				w.Gamma(c.v)
			case 2:
				c.width = 1<<c.width - 1
				c.width = max(c.width, 1)
				c.v %= uint32(c.width)
				w.bounded(c.v, uint32(c.width))
			}
			codes = append(codes, c)
		}
		written := w.Bytes()
		if len(written) != (w.Len()+7)/8 {
			t.Fatalf("%d bits in %d bytes", w.Len(), len(written))
		}
		r := NewBitReader(written, 0)
		for i, c := range codes {
			var got uint32
			switch c.kind {
			case 0:
				got = r.Read(c.width)
			case 1:
				got = r.Gamma()
			case 2:
				got = r.bounded(uint32(c.width))
			}
			if got != c.v {
				t.Fatalf("code %d of %+v is read as %d", i, codes, got)
			}
		}
		if err := r.Err("fuzz"); err != nil {
			t.Fatal(err)
		}
		if r.Read(8) != 0 || w.Len()%8 == 0 && r.Err("fuzz") == nil {
			t.Fatal("something stands behind the end")
		}
	})
}

// Whatever the bits, a set is one of its universe, and one that was written
// comes back with its frequencies.
func FuzzReadSet(f *testing.F) {
	f.Add([]byte{0, 3, 0, 9, 200, 1}, uint32(1000), 0)
	f.Add([]byte{}, uint32(0), -1)
	f.Add([]byte{255, 255, 255}, uint32(1<<32-1), 17)
	f.Fuzz(func(t *testing.T, b []byte, universe uint32, bit int) {
		var list []uint32
		var freqs []uint8
		for at, i := uint64(0), 0; i < len(b); i++ {
			if at += uint64(b[i]); at >= uint64(universe) {
				break
			}
			list = append(list, uint32(at))
			freqs = append(freqs, max(b[len(b)-1-i], 1))
			at++
		}
		var w BitWriter
		w.WriteSet(list, universe)
		if len(freqs) > 0 {
			w.WriteFreqs(freqs)
		}
		got, gotFreqs := make([]uint32, len(list)), make([]uint8, len(freqs))
		r := NewBitReader(w.Bytes(), 0)
		ok, okFreqs := r.ReadSet(got, universe), true
		if len(freqs) > 0 {
			_, okFreqs = r.ReadFreqs(gotFreqs, nil)
		}
		if !ok || !okFreqs || !slices.Equal(got, list) || !slices.Equal(gotFreqs, freqs) || r.Err("fuzz") != nil {
			t.Fatalf("wrote %v of %d, %v; read %v (%v), %v (%v), %v", list, universe, freqs, got, ok, gotFreqs, okFreqs, r.Err("fuzz"))
		}

		r = NewBitReader(b, bit)
		any := make([]uint32, len(b)) // not what the bits were written for
		if ok := r.ReadSet(any, universe); ok != (uint64(len(any)) <= uint64(universe)) {
			t.Fatalf("%d elements of %d: %v", len(any), universe, ok)
		} else if ok {
			for i, doc := range any {
				if doc >= universe || i > 0 && doc <= any[i-1] {
					t.Fatalf("element %d of %v, out of %d", i, any, universe)
				}
			}
		}
		counts := make([]uint8, len(b))
		if _, ok := r.ReadFreqs(counts, nil); ok && slices.Contains(counts, 0) {
			t.Fatalf("frequencies %v", counts)
		}
		isDamage(t, r.Err("fuzz"))
	})
}

// A set of documents has those that were added and no others, whatever the
// bytes before.
func FuzzDocSet(f *testing.F) {
	f.Add([]byte{0x81, 1, 4}, []byte{0, 7, 8, 18}, 19)
	f.Fuzz(func(t *testing.T, b, docs []byte, n int) {
		set := DocSet(b)
		if n = int(uint16(n)); !set.IsOf(n) {
			if len(b) == (n+7)/8 {
				t.Fatalf("%d bytes are no set of %d", len(b), n)
			}
			set = NewDocSet(n)
		}
		want := make(map[uint32]bool)
		for doc := range uint32(n) {
			want[doc] = set.Has(doc)
		}
		for _, d := range docs {
			if int(d) < n {
				set.Add(uint32(d))
				want[uint32(d)] = true
			}
		}
		for doc := range uint32(n) {
			if set.Has(doc) != want[doc] {
				t.Fatalf("document %d: %v", doc, set.Has(doc))
			}
		}
	})
}

// The code of a length keeps the order of lengths and is near to it.
func FuzzLength(f *testing.F) {
	f.Add(uint32(15), uint32(16))
	f.Add(uint32(1<<32-1), uint32(0))
	f.Fuzz(func(t *testing.T, a, b uint32) {
		a, b = min(a, b), max(a, b)
		if Length(a) > Length(b) {
			t.Fatalf("%d is coded %d, %d is coded %d", a, Length(a), b, Length(b))
		}
		if got := LengthOf(Length(b)); got < float64(b)*3/4 || got > float64(b)*5/4 {
			t.Fatalf("%d is coded %d, which stands for %v", b, Length(b), got)
		}
		if code := byte(a); LengthOf(code) < 0 {
			t.Fatalf("code %d stands for %v", code, LengthOf(code))
		}
	})
}
