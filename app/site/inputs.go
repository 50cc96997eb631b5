package site

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash"
	"io"
	"os"
	"sync"

	"github.com/kanbao/kanbao/index/chunk"
)

// program is a hash of this program, empty if it cannot be read: another one may
// make other pages of the same.
var program = sync.OnceValue(func() string {
	name, err := os.Executable()
	if err != nil {
		return ""
	}
	f, err := os.Open(name)
	if err != nil {
		return ""
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return ""
	}
	return hex.EncodeToString(h.Sum(nil))
})

// inputs gathers what the bytes of a page depend on. What a page shows must be
// among them, or it will be found as it was before.
type inputs struct {
	hash.Hash
	scratch [8]byte
}

// inputs begins with what all pages depend on. It answers nil if not even that
// is known.
func (p *pages) inputs(name string) *inputs {
	if p.common == nil {
		return nil
	}
	in := &inputs{Hash: sha256.New()}
	in.Write(p.common)
	in.text(name)
	return in
}

// common is a hash of the program, the settings and the names of the assets.
func (p *pages) commonInputs() []byte {
	site, err := json.Marshal(p.site)
	if err != nil || program() == "" {
		return nil
	}
	in := &inputs{Hash: sha256.New()}
	in.text(program(), string(site), p.config.URL, p.heads.Version())
	return in.Sum(nil)
}

func (in *inputs) text(some ...string) {
	for _, s := range some {
		in.number(len(s))
		_, _ = io.WriteString(in, s) // a hash never fails
	}
}

func (in *inputs) number(n int) { in.Write(binary.BigEndian.AppendUint64(in.scratch[:0], uint64(n))) }

// entries adds all that a list can say of articles.
func (in *inputs) entries(some []*entry) {
	in.number(len(some))
	for _, e := range some {
		in.Write(e.digest[:])
		in.text(e.Path, e.Kicker)
	}
}

// prints adds what is shown of printed pages.
func (in *inputs) prints(some []*print) {
	in.number(len(some))
	for _, p := range some {
		in.text(p.Small.Path, p.Large.Path)
		for _, z := range p.zones {
			in.text(z.entry.Path, z.entry.Title, fmt.Sprint(z.first, z.areas))
		}
	}
}

// neighbour adds what is said of an article that another page leads to.
func (in *inputs) neighbour(e *entry) {
	if e == nil {
		in.text("")
		return
	}
	in.text(e.Path, e.Title)
}

func (in *inputs) edition(ed *edition) {
	if ed == nil {
		in.text("")
		return
	}
	in.text(ed.Path, ed.Date)
}

// result is how an inventory names the inputs.
func (in *inputs) result() string {
	if in == nil {
		return unknown
	}
	return chunk.ID(in.Sum(nil)[:chunk.IDSize]).String()
}

// articleInputs are those of an article's page.
func (p *pages) articleInputs(e *entry) string {
	in := p.inputs(index(e.Path))
	if in == nil {
		return unknown
	}
	in.Write(e.digest[:])
	in.neighbour(e.prev)
	in.neighbour(e.next)
	in.crumbs(p.crumbs(e))
	in.text(e.Kicker, e.zoneID())
	in.text(e.Lang, e.Updated, e.Cover)
	for _, g := range [][]tagLink{p.content.tags.links(e.Tags), p.content.authors.links(e.names), p.content.columns.links(e.columns())} {
		in.number(len(g))
		for _, t := range g {
			in.text(t.Name, t.Path)
		}
	}
	return in.result()
}

// editionInputs are those of a page of an edition.
func (p *pages) editionInputs(name string, ed *edition) string {
	in := p.inputs(name)
	if in == nil {
		return unknown
	}
	in.text(ed.Paper, ed.Date)
	in.edition(ed.Earlier)
	in.edition(ed.Later)
	in.calendar(p.calendarOf(ed.Date))
	for _, s := range ed.Sheets {
		in.text(s.ID, s.Page, s.Name)
		in.entries(s.Entries)
		for _, e := range s.Entries {
			in.number(e.weighs)
			in.text(e.Rank)
		}
		in.prints(s.prints)
	}
	return in.result()
}

// monthInputs are those of a month of the archive.
func (p *pages) monthInputs(name string, v *archiveView) string {
	in := p.inputs(name)
	if in == nil {
		return unknown
	}
	in.text(v.Intro, v.Pages.Newer, v.Pages.Older)
	in.calendar(v.Calendar)
	in.number(v.Pages.Of)
	in.number(len(v.Days))
	for _, d := range v.Days {
		in.text(d.ID, d.Date, d.Paper)
		in.edition(d.Edition)
		in.number(d.Count)
		in.entries(d.Entries)
	}
	return in.result()
}
