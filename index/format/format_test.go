package format

import (
	"bytes"
	"errors"
	"maps"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

func TestSetsComeBack(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for _, universe := range []uint32{1, 2, 3, 10, 1000, 100_000} {
		for range 200 {
			list := randomSet(rng, universe)
			var w BitWriter
			w.Write(5, uint(rng.IntN(9))+3) // start anywhere in a byte
			at := w.Len()
			w.WriteSet(list, universe)
			w.Write(0x2A, 6)
			r := NewBitReader(w.Bytes(), at)
			got := make([]uint32, len(list))
			if !r.ReadSet(got, universe) || !slices.Equal(got, list) {
				t.Fatalf("universe %d: wrote %v, read %v", universe, list, got)
			}
			if next := r.Read(6); next != 0x2A || r.Err("x") != nil {
				t.Fatalf("universe %d: %d elements: read %x behind the set, want 2a", universe, len(list), next)
			}
		}
	}
}

func randomSet(rng *rand.Rand, universe uint32) []uint32 {
	var list []uint32
	density := rng.Float64()
	for i := range universe {
		if rng.Float64() < density {
			list = append(list, i)
		}
	}
	return list
}

func TestFrequenciesComeBack(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for range 500 {
		freqs := make([]uint8, 1+rng.IntN(40))
		top := 1 + rng.IntN(MaxFreq)
		for i := range freqs {
			freqs[i] = uint8(1 + rng.IntN(top))
		}
		var w BitWriter
		w.WriteFreqs(freqs)
		got := make([]uint8, len(freqs))
		r := NewBitReader(w.Bytes(), 0)
		if _, ok := r.ReadFreqs(got, nil); !ok || !bytes.Equal(got, freqs) || r.Err("x") != nil {
			t.Fatalf("wrote %v, read %v", freqs, got)
		}
	}
}

func TestAllOnesTakeOneBit(t *testing.T) {
	var w BitWriter
	w.WriteFreqs(bytes.Repeat([]byte{1}, 1000))
	if w.Len() != 1 {
		t.Errorf("1000 frequencies of 1 take %d bits, want 1", w.Len())
	}
}

func TestBitsPastTheEndAreAnError(t *testing.T) {
	r := NewBitReader([]byte{0xFF}, 0)
	r.Read(8)
	if err := r.Err("postings"); err != nil {
		t.Fatalf("all bits read: %v", err)
	}
	r.Read(1)
	if err := r.Err("postings"); !errors.Is(err, ErrCorrupt) {
		t.Fatalf("one bit too many: %v, want damage", err)
	}
}

func TestAlphabetWritesEveryText(t *testing.T) {
	count := map[rune]int{}
	for i := rune(0x4E00); i < 0x4E00+2000; i++ {
		count[i] = int(i)
	}
	for _, text := range []string{"", "看报", "江海 ABC", "𠮷野家与😀", "丁七万丈三上下不与"} {
		for _, r := range text {
			count[r]++
		}
	}
	delete(count, '😀')
	a := NewAlphabet(count)
	back := ReadAlphabet(NewCursor("alphabet", a.Append(nil)))
	for _, text := range []string{"", "看报", "江海 ABC", "𠮷野家与😀", "没有编号的字：龘", "a\x00b"} {
		got, ok := back.Text(a.AppendText(nil, text))
		if !ok || got != text {
			t.Errorf("wrote %q, read %q (%v)", text, got, ok)
		}
	}
}

func TestTermsComeBack(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	const universe, letters = 500, 300
	var terms []Term
	var lists [][]List
	for a := range uint32(60) {
		for b := uint32(0); b < letters; b += 1 + uint32(rng.IntN(40)) {
			term := Term{Codes: []uint32{a + 1, b}, Fields: uint8(1 + rng.IntN(7)), Word: b%3 == 0, Weight: uint8(b % 8)}
			if b%7 == 0 {
				term.Codes = append(term.Codes, 5, 6)
			}
			var of []List
			for f := range NumFields {
				if term.Fields>>f&1 == 0 {
					continue
				}
				l := List{Docs: randomSet(rng, universe)}
				if len(l.Docs) == 0 {
					l.Docs = []uint32{7}
				}
				if b%5 == 0 {
					term.Fields, term.Docs = 4, [NumFields]uint32{}
					term.Among, f = universe-3, 2
					l.Docs = []uint32{0, 3, universe - 4}
				} else {
					for range l.Docs {
						l.Freqs = append(l.Freqs, uint8(1+rng.IntN(3)))
					}
				}
				term.Docs[f] = uint32(len(l.Docs))
				if term.Among > 0 {
					of = nil
				}
				of = append(of, l)
			}
			terms, lists = append(terms, term), append(lists, of)
		}
	}
	w := TermsWriter{Universe: universe}
	for i := range terms {
		w.Add(&terms[i], lists[i])
	}
	file := w.Chunk().Append(nil, nil)
	chunk, err := OpenChunk(file, Terms, nil)
	if err != nil {
		t.Fatal(err)
	}
	got, err := OpenTerms(chunk, universe, letters)
	if err != nil {
		t.Fatal(err)
	}
	for i := range terms {
		at, ok := got.Find(terms[i].Codes)
		if !ok || at != i {
			t.Fatalf("term %d found at %d (%v)", i, at, ok)
		}
		read, err := got.Lists(at)
		if err != nil {
			t.Fatal(err)
		}
		want, g := terms[i], got.Term(i)
		if g.Word != want.Word || g.Among != want.Among || g.Weight != want.Weight || g.Docs != want.Docs {
			t.Fatalf("term %d: read %+v, want %+v", i, g, want)
		}
		of := lists[i]
		for f := range NumFields {
			if want.Fields>>f&1 == 0 {
				continue
			}
			if !slices.Equal(read[f].Docs, of[0].Docs) || !bytes.Equal(read[f].Freqs, of[0].Freqs) {
				t.Fatalf("term %d field %d: read %v, want %v", i, f, read[f], of[0])
			}
			of = of[1:]
		}
	}
	if _, ok := got.Find([]uint32{61, 1}); ok {
		t.Error("found a term that is not there")
	}
	for _, from := range []int{0, 1, skipEvery - 1, skipEvery, got.Len() - 1, got.Len()} {
		next, end := from, min(from+skipEvery+1, got.Len()) // it can be left early
		err := got.EachLists(from, func(i int, read *[NumFields]List) bool {
			want, err := got.Lists(i)
			if err != nil || i != next || !reflect.DeepEqual(nonempty(*read), nonempty(want)) {
				t.Fatalf("from %d: the lists of term %d are %v, want %v of term %d (%v)", from, i, *read, want, next, err)
			}
			next++
			return next < end
		})
		if err != nil || next != max(from, end) {
			t.Errorf("from %d: read until %d, want %d: %v", from, next, end, err)
		}
	}
}

func TestLengthCodesKeepOrderAndStayNear(t *testing.T) {
	prev := byte(0)
	for n := uint32(0); n < 2_000_000; n += 1 + n/50 {
		c := Length(n)
		if c < prev {
			t.Fatalf("length %d has code %d, a shorter one %d", n, c, prev)
		}
		prev = c
		if got := LengthOf(c); got < float64(n)*0.89 || got > float64(n)*1.13 {
			t.Fatalf("length %d comes back as %.1f", n, got)
		}
	}
}

func TestDaysAreThoseOfTheCalendar(t *testing.T) {
	first := time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC)
	for day := 1; day < 900_000; day += 1 + day%7 {
		date := first.AddDate(0, 0, day-1).Format(time.DateOnly)
		if got := Date(day); got != date {
			t.Fatalf("day %d is %s, want %s", day, got, date)
		}
		if got := Day(date); got != day {
			t.Fatalf("%s is day %d, want %d", date, got, day)
		}
	}
	for _, s := range []string{"", "2024-02-30", "2023-02-29", "2024-13-01", "2024-1-01", "2024/01/01", "0000-01-01", "二〇二四年"} {
		if got := Day(s); got != 0 {
			t.Errorf("%q is day %d, want none", s, got)
		}
	}
}

// Whatever the bytes, decoding them ends with a value or an error.
func FuzzOpenTerms(f *testing.F) {
	w := TermsWriter{Universe: 9}
	w.Add(&Term{Codes: []uint32{1, 2}, Fields: 4, Docs: [3]uint32{0, 0, 3}}, []List{{Docs: []uint32{1, 4, 8}, Freqs: []uint8{1, 2, 1}}})
	w.Add(&Term{Codes: []uint32{1, 3, 4}, Fields: 1, Docs: [3]uint32{2}, Among: 5}, []List{{Docs: []uint32{0, 4}}})
	c := w.Chunk()
	f.Add(c.Body, c.Bits)
	f.Fuzz(func(t *testing.T, body, lists []byte) {
		terms, err := OpenTerms(&Chunk{Kind: Terms, Body: body, Bits: lists}, 9, 20)
		if err != nil {
			if !errors.Is(err, ErrCorrupt) {
				t.Fatalf("%v is no CorruptError", err)
			}
			return
		}
		for i := range terms.Len() {
			lists, err := terms.Lists(i)
			if err != nil {
				continue
			}
			for _, l := range lists {
				if !slices.IsSorted(l.Docs) || len(l.Docs) > 0 && l.Docs[len(l.Docs)-1] >= 9 {
					t.Fatalf("list %v out of 9 documents", l.Docs)
				}
			}
		}
	})
}

func TestVocabularyComesBack(t *testing.T) {
	words := []Word{
		{Codes: []uint32{3, 4}, Docs: 12},
		{Codes: []uint32{3, 4, 9}, Docs: 1, Entity: true},
		{Codes: []uint32{3, 7, 300}, Docs: 1 << 31, Pronunciations: []uint8{1, 0, 2}},
		{Codes: []uint32{200, 1}},
	}
	got, err := ReadVocabulary(Vocabulary(words).Body, 301)
	if err != nil || !reflect.DeepEqual(got, words) {
		t.Errorf("read %+v (%v), want %+v", got, err, words)
	}
	if _, err := ReadVocabulary(Vocabulary(words).Body, 300); !errors.Is(err, ErrCorrupt) {
		t.Errorf("a character beyond the alphabet: %v", err)
	}
	pronunciations := &Pronunciations{Syllables: []string{"jia", "jiang", "hai"}, Of: map[rune][]uint16{'江': {2}, '海': {1, 0}, '𠮷': {0}}}
	back, err := ReadPronunciations(pronunciations.Chunk().Body)
	if err != nil || !reflect.DeepEqual(back, pronunciations) {
		t.Errorf("read %+v (%v), want %+v", back, err, pronunciations)
	}
}

// Words whose pronunciation begins with a prefix stand on the buckets of it, and no
// others do.
func TestBuckets(t *testing.T) {
	pronunciations := []string{"a", "ai", "an", "chuang", "ji", "jia", "jiang", "jie", "j", "k", "lv", "z", "zhuang", "zu", "", "5", "é"}
	for _, prefix := range []string{"a", "j", "ji", "jia", "jian", "z", "zh", "zhu", "lv", "c"} {
		from, to := Buckets(prefix)
		for _, r := range pronunciations {
			n := Bucket(r)
			if in := n >= from && n <= to; strings.HasPrefix(r, prefix) && !in || in && !strings.HasPrefix(r, prefix[:min(3, len(prefix))]) {
				t.Errorf("%q is in bucket %d, those of %q are %d to %d", r, n, prefix, from, to)
			}
			if n < 1 || n > MaxBucket {
				t.Errorf("%q is in bucket %d", r, n)
			}
		}
	}
}

// Whatever the bytes, decoding them ends with words and pronunciations or an error.
func FuzzReadVocabulary(f *testing.F) {
	f.Add(Vocabulary([]Word{{Codes: []uint32{1, 2}, Docs: 3}, {Codes: []uint32{1, 2, 3}, Pronunciations: []uint8{0, 1, 0}}}).Body)
	f.Add((&Pronunciations{Syllables: []string{"hai", "jiang"}, Of: map[rune][]uint16{1: {1}, 2: {0, 1}}}).Chunk().Body)
	f.Fuzz(func(t *testing.T, body []byte) {
		words, err := ReadVocabulary(body, 20)
		if err != nil && !errors.Is(err, ErrCorrupt) {
			t.Fatalf("%v is no CorruptError", err)
		}
		for i, w := range words {
			if i > 0 && CompareCodes(words[i-1].Codes, w.Codes) >= 0 || slices.Max(w.Codes) >= 20 || w.Pronunciations != nil && len(w.Pronunciations) != len(w.Codes) {
				t.Fatalf("word %d is %+v", i, w)
			}
		}
		pronunciations, err := ReadPronunciations(body)
		if err != nil {
			if !errors.Is(err, ErrCorrupt) {
				t.Fatalf("%v is no CorruptError", err)
			}
			return
		}
		for code, of := range pronunciations.Of {
			for _, n := range of {
				if code <= 0 || code > utf8.MaxRune || int(n) >= len(pronunciations.Syllables) {
					t.Fatalf("character %d is read %v of %q", code, of, pronunciations.Syllables)
				}
			}
		}
	})
}

func FuzzCursor(f *testing.F) {
	f.Add([]byte("\x03abc\x80\x01"))
	f.Fuzz(func(t *testing.T, b []byte) {
		c := NewCursor("fuzz", b)
		for c.Err() == nil && c.Len() > 0 {
			before := c.Len()
			_ = c.String()
			c.Varint()
			c.Count(2)
			c.Byte()
			if c.Len() > before {
				t.Fatal("the cursor went back")
			}
		}
		if c.Err() != nil && !errors.Is(c.Err(), ErrCorrupt) {
			t.Fatalf("%v is no CorruptError", c.Err())
		}
	})
}

func FuzzOpenChunk(f *testing.F) {
	f.Add((&Chunk{Kind: Stored, Body: []byte("看报看报看报"), Bits: []byte{1, 2}}).Append(nil, nil))
	f.Fuzz(func(t *testing.T, b []byte) {
		_, err := OpenChunk(b, Stored, nil)
		var version *VersionError
		if err != nil && !errors.Is(err, ErrCorrupt) && !errors.As(err, &version) {
			t.Fatalf("%v is neither damage nor a version", err)
		}
	})
}

func TestVariantsComeBack(t *testing.T) {
	for _, table := range []map[rune]rune{{}, {'黨': '党'}, {'黨': '党', '乾': '干', '幹': '干', '⻅': '见', '𠮷': '吉'}} {
		c := NewCursor("variants", AppendVariants(nil, table))
		if got := ReadVariants(c); !maps.Equal(got, table) || c.Close() != nil {
			t.Errorf("read %v (%v), want %v", got, c.Close(), table)
		}
		count := make(map[rune]int)
		for r, to := range table {
			count[r], count[to] = 1, 2
		}
		a := NewAlphabet(count)
		c = NewCursor("variants", a.AppendVariants(nil, table))
		if got := a.ReadVariants(c); !maps.Equal(got, table) || c.Close() != nil {
			t.Errorf("in an alphabet: read %v (%v), want %v", got, c.Close(), table)
		}
	}
}

func TestVariantsOfVariantsAreDamage(t *testing.T) {
	table := map[rune]rune{'幹': '乾', '乾': '干'}
	c := NewCursor("variants", AppendVariants(nil, table))
	if ReadVariants(c); !errors.Is(c.Err(), ErrCorrupt) {
		t.Errorf("%v, want damage", c.Err())
	}
	a := NewAlphabet(map[rune]int{'幹': 1, '乾': 1, '干': 1})
	c = NewCursor("variants", a.AppendVariants(nil, table))
	if a.ReadVariants(c); !errors.Is(c.Err(), ErrCorrupt) {
		t.Errorf("in an alphabet: %v, want damage", c.Err())
	}
}

func FuzzReadVariants(f *testing.F) {
	table := map[rune]rune{'黨': '党', '乾': '干'}
	a := NewAlphabet(map[rune]int{'黨': 1, '党': 2, '乾': 1, '干': 1, '人': 9})
	f.Add(AppendVariants(nil, table))
	f.Add(a.AppendVariants(nil, table))
	f.Fuzz(func(t *testing.T, b []byte) {
		for _, read := range []func(*Cursor) map[rune]rune{ReadVariants, a.ReadVariants} {
			c := NewCursor("variants", b)
			table := read(c)
			if err := c.Close(); err != nil {
				if !errors.Is(err, ErrCorrupt) {
					t.Fatalf("%v is no CorruptError", err)
				}
				continue
			}
			for r, to := range table {
				if _, on := table[to]; on || r <= 0 || to <= 0 {
					t.Fatalf("%d is folded to %d", r, to)
				}
			}
		}
	})
}

func TestSynonymsComeBack(t *testing.T) {
	want := &SynonymList{Groups: [][]Synonym{{{"AI", "ai"}, {"人工智能", "人工智能"}}, {{"一", "一"}, {"二", "二"}, {"三", "三"}}}, Variants: map[rune]rune{'壹': '一'}}
	c := NewCursor("synonyms", want.Append(nil))
	got := ReadSynonyms(c)
	if !reflect.DeepEqual(got, want) || c.Close() != nil {
		t.Errorf("read %+v (%v), want %+v", got, c.Close(), want)
	}
}

func FuzzReadSynonyms(f *testing.F) {
	s := &SynonymList{Groups: [][]Synonym{{{"AI", "ai"}, {"人工智能", "人工智能"}}}, Variants: map[rune]rune{'壹': '一'}}
	f.Add(s.Append(nil))
	f.Fuzz(func(t *testing.T, b []byte) {
		c := NewCursor("synonyms", b)
		s := ReadSynonyms(c)
		if err := c.Close(); err != nil {
			if !errors.Is(err, ErrCorrupt) {
				t.Fatalf("%v is no CorruptError", err)
			}
			return
		}
		for _, group := range s.Groups {
			for _, n := range group {
				if len(group) < 2 || n.Written == "" || n.Folded == "" {
					t.Fatalf("a group of %q", group)
				}
			}
		}
	})
}

// nonempty returns lists without those of fields that have none.
func nonempty(lists [NumFields]List) map[int]List {
	all := make(map[int]List)
	for f, l := range lists {
		if len(l.Docs) > 0 {
			all[f] = l
		}
	}
	return all
}
