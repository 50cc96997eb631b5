package update

import (
	"bytes"

	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/chunk"
	"github.com/kanbao/kanbao/index/format"
)

// A note is what a build needs to know of an article of the index.
type note struct {
	id, edition string
	digest      Digest
}

func noteOf(a *article.Article) note { return note{a.ID, a.EditionKey(), DigestOf(a)} }

const notesHead = "kanbao articles 1 "

// appendNotes appends a line with the ID of the index's manifest, and then for
// each document its digest, its ID, and its edition if that is another than that
// of the document before it.
func appendNotes(b []byte, index chunk.ID, notes []note) []byte {
	b = append(b, notesHead+index.String()+"\n"...)
	edition := ""
	for _, n := range notes {
		b = format.AppendString(append(b, n.digest[:]...), n.id)
		if n.edition == edition {
			b = append(b, 0)
			continue
		}
		edition = n.edition
		b = format.AppendString(append(b, 1), edition)
	}
	return b
}

// readNotes answers nil unless they are those of that many documents of just this
// index.
func readNotes(data []byte, index chunk.ID, docs int) []note {
	rest, ok := bytes.CutPrefix(data, []byte(notesHead+index.String()+"\n"))
	if !ok {
		return nil
	}
	notes := make([]note, 0, max(0, min(docs, len(rest)))) // a damaged manifest may name any number
	edition := ""
	c := format.NewCursor("notes", rest)
	for c.Len() > 0 && len(notes) < docs {
		var n note
		copy(n.digest[:], c.Bytes(len(n.digest)))
		n.id = c.String()
		if c.Byte() != 0 {
			edition = c.String()
		}
		n.edition = edition
		notes = append(notes, n)
	}
	if c.Close() != nil || len(notes) != docs {
		return nil
	}
	return notes
}
