package plan

import (
	"context"
	"slices"
	"strings"

	"github.com/kanbao/kanbao/index/analyze"
	"github.com/kanbao/kanbao/index/search/term"
)

// Costs of the words of a segmentation, in binary orders of magnitude of rarity. The
// cheapest segmentation wins. gse, which segments the articles, takes the shortest
// path in the same way.
const (
	rarest      = 18 // a word that hardly any article has
	single      = 14 // a character by itself
	octaves     = 2  // of one step of a word's weight
	named       = 5  // a name that has synonyms: with a single beside it, more than the rarest word
	longestWord = 10 // characters of the longest word that is looked for
)

// stopWords say nothing by themselves: they are left out of what an article
// must have, unless there is nothing else.
var stopWords = func() map[string]bool {
	stop := make(map[string]bool)
	for w := range strings.FieldsSeq(`的 了 是 在 和 与 及 或 等 吗 呢 吧 啊 么 把 被 对 从 由 有 这 那 其 之 而 且 并 也 就 都 又
		很 以 为 于 到 我 你 他 她 它 们 我们 你们 他们 她们 它们 哪 哪个 哪些 哪里 哪儿 哪年 谁 什么 怎么 怎样 怎么样 如何 为何
		为什么 多少 几 何 何时 何地 一个 这个 那个 这些 那些 是否 请问 有没有 是不是 什么样 有哪些 是什么 是谁 the a an of and or to in is`) {
		stop[w] = true
	}
	return stop
}()

// segment returns the words of a folded line, without repetitions and stop words.
func (p *Plan) segment(ctx context.Context, line []rune) ([][]rune, error) {
	var words [][]rune
	for from := 0; from < len(line); {
		if found, to := p.fixed(line, from); to > from {
			words, from = append(words, found...), to
			continue
		}
		if !analyze.Wordly(line[from]) {
			from++
			continue
		}
		to := from + 1
		for to < len(line) && analyze.Wordly(line[to]) {
			if _, end := p.fixed(line, to); end > to {
				break
			}
			to++
		}
		found, err := p.segmentRun(ctx, line[from:to])
		if err != nil {
			return nil, err
		}
		words = append(words, found...)
		from = to
	}
	words = term.Unique(words)
	telling := slices.DeleteFunc(slices.Clone(words), func(w []rune) bool { return stopWords[string(w)] })
	if len(telling) == 0 {
		return [][]rune{p.folder.Runes(string(line))}, nil // stop words or punctuation alone: the phrase itself
	}
	return telling, nil
}

// fixed returns the words of the date, the name or the word with signs that begins at a place in a
// line, and where it ends.
func (p *Plan) fixed(line []rune, from int) (words [][]rune, to int) {
	if to = p.synonyms.mixed(line, from); to > from {
		return [][]rune{line[from:to]}, to
	}
	if to = analyze.Sign(line, from); to > from {
		return [][]rune{line[from:to]}, to
	}
	return term.SplitDate(line, from)
}

// segmentRun segments a run of letters, digits and Han characters.
func (p *Plan) segmentRun(ctx context.Context, run []rune) ([][]rune, error) {
	var words [][]rune
	for from := 0; from < len(run); {
		to := from + 1
		for to < len(run) && analyze.Han(run[to]) == analyze.Han(run[from]) {
			to++
		}
		if !analyze.Han(run[from]) {
			// 10个, 2024年: a counter belongs to its number.
			if to < len(run) && term.Digit(run[to-1]) && (to+1 == len(run) || !analyze.Han(run[to+1]) || counter(run[to])) {
				to++
			}
			words = append(words, run[from:to])
			from = to
			continue
		}
		found, err := p.segmentHan(ctx, run[from:to])
		if err != nil {
			return nil, err
		}
		words = append(words, found...)
		from = to
	}
	return words, nil
}

func counter(r rune) bool {
	return strings.ContainsRune("年月日号时点分秒个名位人次届期版页条项只台辆艘架座栋间家户亩万亿元吨米岁", r)
}

// segmentHan segments Han characters along the cheapest path of the index's words.
// Characters that are in no word are kept together, for together they are a
// name more often than not.
func (p *Plan) segmentHan(ctx context.Context, run []rune) ([][]rune, error) {
	words, err := p.path(ctx, run)
	if err != nil {
		return nil, err
	}
	if len(run) <= 4 && slices.ContainsFunc(words, func(w []rune) bool { return len(w) == 1 }) && !slices.ContainsFunc(words, p.synonyms.has) {
		return [][]rune{run}, nil
	}
	return p.joinSingles(run, words), nil
}

// Cuts returns the ways in which a word may be several that were written as one, the
// likeliest first: along the words of the index, and in two at every place.
func (p *Plan) Cuts(ctx context.Context, word []rune) ([][][]rune, error) {
	if len(word) < 4 || slices.ContainsFunc(word, func(r rune) bool { return !analyze.Han(r) }) {
		return nil, nil
	}
	path, err := p.path(ctx, word)
	if err != nil {
		return nil, err
	}
	var cuts [][][]rune
	joined, n := p.joinSingles(word, path), 0
	for _, w := range joined {
		n += len(w)
	}
	if len(joined) > 1 && n == len(word) {
		cuts = append(cuts, joined)
	}
	for i := 2; i+2 <= len(word); i++ {
		cuts = append(cuts, [][]rune{word[:i], word[i:]})
	}
	return cuts, nil
}

// path returns the words of the cheapest path.
func (p *Plan) path(ctx context.Context, run []rune) ([][]rune, error) {
	best := make([]int, len(run)+1) // cost of the run up to here
	step := make([]int, len(run)+1) // length of the last word up to here
	for i := range run {
		alone := single
		if p.synonyms.has(run[i : i+1]) {
			alone = named
		}
		if sum := best[i] + alone; step[i+1] == 0 || sum < best[i+1] {
			best[i+1], step[i+1] = sum, 1
		}
		for n := 2; n <= max(longestWord, p.synonyms.longest) && i+n <= len(run); n++ {
			cost, ok, err := p.cost(ctx, run[i:i+n])
			if err != nil {
				return nil, err
			}
			if sum := best[i] + cost; ok && (step[i+n] == 0 || sum < best[i+n]) {
				best[i+n], step[i+n] = sum, n
			}
		}
	}
	var words [][]rune
	for i := len(run); i > 0; i -= step[i] {
		words = append(words, run[i-step[i]:i])
	}
	slices.Reverse(words)
	return words, nil
}

// cost returns what a word of two and more characters costs, and whether it is
// one. A name that has synonyms costs the least.
func (p *Plan) cost(ctx context.Context, word []rune) (cost int, ok bool, err error) {
	if p.synonyms.has(word) {
		return named, true, nil
	}
	if len(word) > longestWord {
		return 0, false, nil
	}
	weight, ok, err := p.ix.Word(ctx, word)
	return rarest - octaves*int(weight), ok, err
}

// joinSingles makes one word of characters that stand alone next to each other
// and drops one that stands alone between words, as the phrase has it anyway.
func (p *Plan) joinSingles(run []rune, words [][]rune) [][]rune {
	loose := func(w []rune) bool { return len(w) == 1 && !stopWords[string(w)] && !p.synonyms.has(w) }
	var joined [][]rune
	at := 0
	for i := 0; i < len(words); {
		if !loose(words[i]) {
			joined = append(joined, words[i])
			at += len(words[i])
			i++
			continue
		}
		n := 0
		for i+n < len(words) && loose(words[i+n]) {
			n++
		}
		if n > 1 || len(words) == 1 {
			joined = append(joined, run[at:at+n])
		}
		at += n
		i += n
	}
	if len(joined) == 0 {
		return [][]rune{run}
	}
	return joined
}
