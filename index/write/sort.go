package write

import (
	"sort"

	"github.com/kanbao/kanbao/index/format"
)

type byDoc format.List

func (l *byDoc) Len() int           { return len(l.Docs) }
func (l *byDoc) Less(i, j int) bool { return l.Docs[i] < l.Docs[j] }
func (l *byDoc) Swap(i, j int) {
	l.Docs[i], l.Docs[j] = l.Docs[j], l.Docs[i]
	if l.Freqs != nil {
		l.Freqs[i], l.Freqs[j] = l.Freqs[j], l.Freqs[i]
	}
}

func sortList(l *format.List) { sort.Sort((*byDoc)(l)) }
