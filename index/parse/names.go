package parse

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path"
	"strings"
	"unicode/utf8"

	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/parse/source"
	"golang.org/x/text/unicode/norm"
)

// longestSlug is how long, in bytes, an article's address may be: file systems
// allow 255 for a name.
const longestSlug = 200

// names knows which article has which address.
type names struct {
	taken map[string]spot
}

type spot struct {
	file string
	line int
	slug string
}

func newNames() *names { return &names{taken: map[string]spot{}} }

// key is what two addresses have in common that some file systems do not tell
// apart: upper and lower case, and the ways to compose a character.
func key(id string) string { return strings.ToLower(norm.NFC.String(article.Slug(id))) }

// claim gives a, the article at that position of its file (from 1), an ID of
// its own, or says which other article has it. It warns where two given IDs differ
// only in case, and parts them.
func (n *names) claim(a *article.Article, position int) (warning *source.Error, err error) {
	id := a.ID
	if derived := isDerived(a, position); derived {
		id = shorten(derivedID(a))
	} else {
		slug := article.Slug(id)
		if len(slug) > longestSlug {
			return nil, source.Errorf(a.File, a.Line, "id %q is %d bytes long as an address, at most %d can be used; shorten it", id, len(slug), longestSlug)
		}
		if before, ok := n.taken[key(id)]; ok {
			if before.slug == slug {
				return nil, source.Errorf(a.File, a.Line, "id %q is also that of the article at %s:%d; give one of them another id", id, before.file, before.line)
			}
			warning = source.Warningf(a.File, a.Line, "id %q differs only in case from that of the article at %s:%d, so its address gets a number; give one of them another id", id, before.file, before.line)
		}
	}
	for i := 1; ; i++ {
		try := id
		if i > 1 {
			try = fmt.Sprintf("%s-%d", id, i)
		}
		if _, ok := n.taken[key(try)]; !ok {
			a.ID = try
			n.taken[key(try)] = spot{a.File, a.Line, article.Slug(try)}
			return warning, nil
		}
	}
}

// derivedID returns the ID that a has of its parser, else its file's name.
func derivedID(a *article.Article) string {
	if slug := a.Publication.Slug; slug != "" {
		// The last part of the address; that of the page of a folder is the folder's.
		dir := path.Dir(a.File)
		if isFolderPage(a.File) {
			dir = path.Dir(dir)
		}
		return path.Join(dir, path.Base(slug))
	}
	if a.ID != "" {
		return a.ID
	}
	return strings.TrimSuffix(a.File, path.Ext(a.File))
}

// isDerived reports whether the ID was made of the file's name and the
// article's position or line in it. One that the source gives and that happens
// to be the same is treated alike, to nobody's harm.
func isDerived(a *article.Article, position int) bool {
	stem := strings.TrimSuffix(a.File, path.Ext(a.File))
	switch a.ID {
	case "", stem, fmt.Sprintf("%s-%d", stem, position), fmt.Sprintf("%s-%d", stem, a.Line):
		return true
	}
	return false
}

// shorten cuts an ID to a length that leaves room for a number, and keeps what
// is cut off different by a hash of the whole.
func shorten(id string) string {
	const room = longestSlug - len("-12345678-99999")
	slug := article.Slug(id)
	if len(slug) <= longestSlug-len("-99999") {
		return id
	}
	sum := sha256.Sum256([]byte(id))
	cut := room
	for !utf8.RuneStart(slug[cut]) {
		cut--
	}
	return slug[:cut] + "-" + hex.EncodeToString(sum[:4])
}
