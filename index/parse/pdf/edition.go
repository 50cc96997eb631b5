package pdf

import (
	"cmp"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/parse/layout"
	"github.com/kanbao/kanbao/index/parse/source"
	"github.com/pelletier/go-toml/v2"
)

// beside is what the file beside a PDF says: A03.toml for A03.pdf.
type beside struct {
	Paper string `toml:"paper"`
	Date  string `toml:"date"`
	Page  string `toml:"page"`
	Name  string `toml:"name"`
}

// readBeside reads the file beside r, if r is a file and has one.
func readBeside(r io.Reader, name string) (b beside, err error) {
	f, ok := r.(interface{ Name() string })
	if !ok {
		return b, nil
	}
	full := strings.TrimSuffix(f.Name(), path.Ext(f.Name())) + ".toml"
	called := strings.TrimSuffix(name, path.Ext(name)) + ".toml"
	data, err := os.ReadFile(full)
	if errors.Is(err, fs.ErrNotExist) {
		return b, nil
	}
	if err != nil {
		return b, source.Errorf(called, 0, "cannot be read: %v", err)
	}
	if err := toml.NewDecoder(strings.NewReader(string(data))).DisallowUnknownFields().Decode(&b); err != nil {
		line := 0
		var fault *toml.DecodeError
		var unknown *toml.StrictMissingError
		if errors.As(err, &fault) {
			line, _ = fault.Position()
		} else if errors.As(err, &unknown) && len(unknown.Errors) > 0 {
			line, _ = unknown.Errors[0].Position()
		}
		return beside{}, source.Errorf(called, line, `%v; want paper, date, page and name, each = "…"`, err)
	}
	if b.Date, err = source.Date(b.Date); err != nil {
		return beside{}, source.Errorf(called, 0, "%v", err)
	}
	return b, nil
}

// edition puts together what the folio, the file beside it, the settings and
// the file's name say of a page.
func (f *file) edition(number int, found *layout.Page) article.Edition {
	e := readFolio(found)
	b := article.Edition(f.beside)
	names := source.FromName(f.name)
	if f.pages > 1 {
		// One page number is not that of all pages.
		b.Page, b.Name, names.Page, names.Name = "", "", "", ""
	}
	for _, o := range []article.Edition{b, f.parser.edition, names} {
		e.Paper = cmp.Or(e.Paper, o.Paper)
		e.Date = cmp.Or(e.Date, o.Date)
		e.Page = cmp.Or(e.Page, o.Page)
		e.Name = cmp.Or(e.Name, o.Name)
	}
	if e.Page == "" && f.pages > 1 {
		e.Page = strconv.Itoa(number)
	}
	return e
}

var (
	folioDate = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`((?:19|20)\d{2})\s*[年.\-/]\s*(\d{1,2})\s*[月.\-/]\s*(\d{1,2})\s*日?`)
	})
	folioPage = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^第?([A-Z]{0,2}\d{1,3})版?[:：]?$`) })
	// folioWord matches what a folio has besides.
	folioWord = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^(?:(?:星期|周)[一二三四五六日天]|农历.*|[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]年.*|第\d+期|总第\d+期|今日\d+版|第.{1,3}版|版|.*[编編校].*|.*[：:／].*|\d+)$`)
	})
	folioPaper = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^\p{Han}{2,10}(?:报|報|周刊|週刊|时报|晚报)$`)
	})
	folioBoth = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^第?([A-Z]{0,2}\d{1,3})版?(\p{Han}{2,8})$`) })
)

// readFolio reads paper, date, number and name of a page from its folio. The
// number may stand apart from the name: 「A03」 「民生」.
func readFolio(found *layout.Page) article.Edition {
	var e article.Edition
	for _, r := range found.Rest {
		if r.Kind != "folio" {
			continue
		}
		text := r.Text.String
		if m := folioDate().FindStringSubmatchIndex(text); m != nil && e.Date == "" {
			if date, err := source.Date(text[m[0]:m[1]]); err == nil {
				e.Date = date
			}
			text = text[:m[0]] + " " + text[m[1]:]
		}
		for _, w := range strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("|｜丨·", r) }) {
			if m := folioPage().FindStringSubmatch(w); m != nil {
				if e.Page == "" {
					e.Page = m[1]
				}
				continue
			}
			// 「A03版民生」 without a space.
			if m := folioBoth().FindStringSubmatch(w); m != nil && e.Page == "" {
				e.Page, w = m[1], m[2]
			}
			switch {
			case folioWord().MatchString(w) && !folioPaper().MatchString(w):
			case folioPaper().MatchString(w) && e.Paper == "":
				e.Paper = w
			case e.Name == "" && isHanWord(w) && len([]rune(w)) <= 8:
				e.Name = w
			}
		}
	}
	return e
}

func isHanWord(w string) bool {
	for _, r := range w {
		if !unicode.Is(unicode.Han, r) {
			return false
		}
	}
	return w != ""
}
