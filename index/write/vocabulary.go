package write

import (
	"slices"
	"sort"
	"strings"

	"github.com/kanbao/kanbao/index/analyze"
	"github.com/kanbao/kanbao/index/format"
	"github.com/kanbao/kanbao/index/manifest"
	"github.com/kanbao/kanbao/index/pinyin"
	"github.com/kanbao/kanbao/index/query"
)

const (
	// In an index of so many articles a word is in the vocabulary if it stands in a
	// title or heading, or in at least so many articles.
	vocabularyFrom  = 1000
	vocabularyLeast = 3
	// joinedLeast is in how many articles neighbours in a title must stand together
	// to be taken for a word that the dictionary does not have.
	joinedLeast = 2
	joinedMost  = 5 // characters of such a word
)

// vocabularyWord is a word of the vocabulary before it is written.
type vocabularyWord struct {
	runes     []rune
	syllables []string // "" for what has none
	bucket    int
	docs      int
	entity    bool
}

// vocabulary writes the words that complete and correct a query, and how the
// characters are read.
func (b *builder) vocabulary(words []vocabularyWord) {
	if len(words) == 0 {
		return
	}
	pronunciations, numbers := b.pronunciations(words)
	b.add(manifest.Chunk{Kind: format.Suggest}, pronunciations.Chunk().Append(nil, nil))
	for from := 0; from < len(words); {
		to, size := from, 0
		// Buckets stay whole: a reader fetches by bucket.
		for to < len(words) && (size < b.opt.WordsSize || words[to].bucket == words[to-1].bucket) {
			size += 2 + 2*len(words[to].runes)
			to++
		}
		entries := make([]format.Word, 0, to-from)
		for _, w := range words[from:to] {
			entries = append(entries, b.word(w, numbers))
		}
		slices.SortFunc(entries, func(x, y format.Word) int { return format.CompareCodes(x.Codes, y.Codes) })
		b.add(manifest.Chunk{Kind: format.Suggest, From: words[from].bucket}, format.Vocabulary(entries).Append(nil, nil))
		from = to
	}
}

func (b *builder) word(w vocabularyWord, numbers map[pronounced]uint8) format.Word {
	out := format.Word{Codes: b.codes(w.runes...), Docs: uint32(w.docs), Entity: w.entity}
	for i, r := range w.runes {
		if n := numbers[pronounced{r, w.syllables[i]}]; n > 0 {
			if out.Pronunciations == nil {
				out.Pronunciations = make([]uint8, len(w.runes))
			}
			out.Pronunciations[i] = n
		}
	}
	return out
}

// vocabularyWords returns the words of the vocabulary in the order of their buckets.
// counts says how many articles have each trigram of a word.
func (b *builder) vocabularyWords(entities map[string]int, counts map[uint64]int) []vocabularyWord {
	var words []vocabularyWord
	least := 1
	if len(b.acc.docs) >= vocabularyFrom {
		least = vocabularyLeast
	}
	add := func(word string, docs int) {
		v := vocabularyWord{runes: []rune(word), docs: docs}
		_, v.entity = entities[word]
		if !b.spellable(v.runes) {
			return
		}
		if v.syllables = pinyin.Word(word); v.entity {
			v.syllables = pinyin.Name(word)
		}
		v.bucket = bucket(word, v.syllables)
		words = append(words, v)
		delete(entities, word)
	}
	for word, n := range b.acc.words {
		_, named := entities[word]
		if (n >= least || b.acc.titled[word] > 0 || named) && completes(word) {
			add(word, b.articles([]rune(word), n, counts))
		}
	}
	for name, n := range entities {
		if n = b.articles([]rune(name), n, counts); n >= min(joinedLeast, least) {
			add(name, n)
		}
	}
	for word, n := range b.joined(words, counts) {
		if b.acc.words[word] == 0 && n >= min(joinedLeast, 1+len(b.acc.docs)/20) {
			add(word, n)
		}
	}
	slices.SortFunc(words, func(x, y vocabularyWord) int {
		if x.bucket != y.bucket {
			return x.bucket - y.bucket
		}
		return strings.Compare(string(x.runes), string(y.runes))
	})
	return words
}

// joined returns the neighbours in titles that may be words, with how many
// articles have them, but for those that stand in no other place than in a longer
// one or in a name.
func (b *builder) joined(words []vocabularyWord, counts map[uint64]int) map[string]int {
	joined := make(map[string]int)
	within := make(map[string]int) // articles with the commonest of the longer ones
	longer := func(word []rune, docs int) {
		for i := range word {
			for j := i + 2; j <= len(word); j++ {
				if part := string(word[i:j]); j-i < len(word) {
					within[part] = max(within[part], docs)
				}
			}
		}
	}
	for word, n := range b.acc.joined {
		runes := []rune(word)
		joined[word] = b.articles(runes, n, counts)
		longer(runes, joined[word])
	}
	for _, w := range words {
		if w.entity {
			longer(w.runes, w.docs)
			delete(joined, string(w.runes))
		}
	}
	for word, n := range joined {
		if n <= within[word] {
			delete(joined, word)
		}
	}
	return joined
}

// entities returns the people, places and organisations of the articles, authors and
// sources among them, as they are once folded, with how many articles name them
// in their text.
func (b *builder) entities() map[string]int {
	entities := make(map[string]int)
	for f, values := range b.acc.facets {
		named := false
		switch query.Field(format.FacetFields[f]) {
		case query.Person, query.Place, query.Org:
			named = true
		case query.Author, query.Source:
		default:
			continue
		}
		for v, docs := range values {
			runes := b.opt.Folder.Fold(v).Runes
			if len(runes) < 2 || slices.ContainsFunc(runes, func(r rune) bool { return !analyze.Wordly(r) }) {
				continue
			}
			if entities[string(runes)] += 0; named {
				entities[string(runes)] += len(docs)
			}
		}
	}
	return entities
}

// completes reports whether a word is worth completing a query to: it has a
// letter and does not begin with a digit, as numbers and dates do.
func completes(word string) bool {
	digits := true
	for _, r := range word {
		digits = digits && r >= '0' && r <= '9'
	}
	return !digits && !(word[0] >= '0' && word[0] <= '9' && analyze.Han([]rune(word)[len([]rune(word))-1]))
}

// spellable reports whether the alphabet had room for all of the characters.
func (b *builder) spellable(runes []rune) bool {
	for _, r := range runes {
		if _, ok := b.seg.Alphabet.Code(r); !ok {
			return false
		}
	}
	return len(runes) >= 2 && len(runes) <= format.MaxTerm
}

// articles returns how many articles have a word, of which the segmenter found n:
// exactly for two characters, for others at least n and at most as many as have
// its trigrams.
func (b *builder) articles(word []rune, n int, counts map[uint64]int) int {
	if len(word) == 2 {
		key, ok := b.acc.letters.key(word...)
		if lists := b.bigrams[key]; ok && lists != nil {
			return max(n, lists.articles())
		}
		return n
	}
	most := -1
	for i := 0; i+2 < len(word); i++ {
		docs := 0
		if key, ok := b.acc.letters.key(word[i : i+3]...); ok {
			docs = counts[key]
		}
		if most < 0 || docs < most {
			most = docs
		}
	}
	return max(n, most)
}

// bucket returns the bucket of a word: by the syllable of its first character or,
// if it begins with letters, by those.
func bucket(word string, syllables []string) int {
	if syllables[0] != "" {
		return format.Bucket(syllables[0])
	}
	return format.Bucket(word)
}

// pronounced is a character with one of its pronunciations.
type pronounced struct {
	r        rune
	syllable string
}

// pronunciations returns the pronunciations of the Han characters of the alphabet and of all
// common ones, which queries may have by mistake: those that words have first,
// the commonest before the others. It returns the number of each, too.
func (b *builder) pronunciations(words []vocabularyWord) (*format.Pronunciations, map[pronounced]uint8) {
	used := make(map[pronounced]int)
	for _, w := range words {
		for i, r := range w.runes {
			if s := w.syllables[i]; s != "" {
				used[pronounced{r, s}]++
			}
		}
	}
	of := make(map[rune][]string)
	for u := range used {
		of[u.r] = append(of[u.r], u.syllable)
	}
	chars := pinyin.Common()
	for code := range b.seg.Alphabet.Len() {
		chars = append(chars, b.seg.Alphabet.Rune(uint32(code)))
	}
	syllables := make(map[string]uint16)
	for _, r := range chars {
		if own := pinyin.Char(r); len(own) > 0 && !slices.Contains(of[r], own[0]) {
			of[r] = append(of[r], own[0])
		}
		for _, s := range of[r] {
			syllables[s] = 0
		}
	}
	out := &format.Pronunciations{Of: make(map[rune][]uint16)}
	for s := range syllables {
		out.Syllables = append(out.Syllables, s)
	}
	sort.Strings(out.Syllables)
	for i, s := range out.Syllables {
		syllables[s] = uint16(i)
	}
	numbers := make(map[pronounced]uint8)
	for r, pronunciations := range of {
		slices.SortFunc(pronunciations, func(x, y string) int {
			if n := used[pronounced{r, y}] - used[pronounced{r, x}]; n != 0 {
				return n
			}
			return strings.Compare(x, y)
		})
		for i, s := range pronunciations {
			numbers[pronounced{r, s}] = uint8(i)
			out.Of[r] = append(out.Of[r], syllables[s])
		}
	}
	return out, numbers
}
