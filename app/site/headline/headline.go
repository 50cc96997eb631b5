package headline

import (
	"fmt"
	"html"
	"slices"
	"strings"
	"sync"

	"github.com/kanbao/kanbao/index/analyze"
	"github.com/kanbao/kanbao/index/analyze/variants"
	"github.com/kanbao/kanbao/index/analyze/words"
	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/entity"
)

// whole is up to how many characters a headline, or the part of one between two
// spaces, stays on a line.
const whole = 8

// A Setter sets headlines. It may be used from several goroutines.
type Setter struct {
	segmenter *words.Segmenter
	folder    analyze.Folder
	finder    *entity.Finder // nil: only the dictionary's names are known
	done      sync.Map       // HTML by headline: most stand on several pages
}

// New returns a Setter. The finder may be nil.
func New(finder *entity.Finder) (*Setter, error) {
	segmenter, err := words.Default()
	if err != nil {
		return nil, fmt.Errorf("headline: %w", err)
	}
	return &Setter{segmenter: segmenter, folder: analyze.NewFolder(variants.Table()), finder: finder}, nil
}

// Version differs for a Setter that may know other names.
func (s *Setter) Version() string {
	if s.finder == nil {
		return ""
	}
	return s.finder.Version()
}

// HTML returns a headline as HTML: its parts in elements of their own, and in them the
// places where a line may end. White space is as HTML shows it, one space for each
// run.
func (s *Setter) HTML(text string) string {
	if known, ok := s.done.Load(text); ok {
		return known.(string)
	}
	out := s.html(text)
	s.done.Store(text, out)
	return out
}

func (s *Setter) html(text string) string {
	parts := Parts(text)
	var b strings.Builder
	for i, part := range parts {
		if i > 0 {
			b.WriteByte(' ')
		}
		class := "kb-words"
		if len(parts) > 1 {
			class = "kb-part"
		}
		b.WriteString(`<span class="` + class + `">`)
		s.part(&b, part)
		b.WriteString("</span>")
	}
	return b.String()
}

// part writes a part. Brackets with a space in them stay together as a part does.
func (s *Setter) part(b *strings.Builder, part string) {
	for part != "" {
		from, to := bracketed(part)
		s.words(b, part[:from])
		if from < to {
			b.WriteString(`<span class="kb-part">`)
			s.words(b, part[from:to])
			b.WriteString("</span>")
		}
		part = part[to:]
	}
}

// words writes a text with <wbr> where a line may end.
func (s *Setter) words(b *strings.Builder, text string) {
	at := 0
	for _, end := range s.breaks(text) {
		b.WriteString(html.EscapeString(text[at:end]) + "<wbr>")
		at = end
	}
	b.WriteString(html.EscapeString(text[at:]))
}

// breaks returns the places of a text, in bytes, where a line may end although no
// punctuation or space is there.
func (s *Setter) breaks(text string) []int {
	if n := len([]rune(text)); n <= whole {
		return nil
	}
	line := s.segmenter.Line(text, true, s.folder)
	tokens := tokensOf(&line)
	join(tokens)
	s.joinNames(tokens, &line)
	var places []int
	for _, t := range tokens[1:] {
		if !t.joined {
			places = append(places, t.from)
		}
	}
	return places
}

// joinNames joins what belongs to one name.
func (s *Setter) joinNames(tokens []token, line *words.Line) {
	if s.finder == nil {
		return
	}
	persons, places, orgs := s.finder.Find(&article.Article{Title: line.Text}, []words.Line{*line})
	for _, name := range slices.Concat(persons, places, orgs) {
		if len([]rune(name)) > 2*whole {
			continue // as long as a line: better inside it than anywhere
		}
		for from := 0; ; {
			i := strings.Index(line.Text[from:], name)
			if i < 0 {
				break
			}
			start, end := from+i, from+i+len(name)
			for k := range tokens {
				if tokens[k].from > start && tokens[k].from < end {
					tokens[k].joined = true
				}
			}
			from = end
		}
	}
}
