package write

import (
	"errors"
	"fmt"
	"runtime"
	"sync"

	"github.com/kanbao/kanbao/index/analyze"
	"github.com/kanbao/kanbao/index/analyze/variants"
	"github.com/kanbao/kanbao/index/analyze/words"
	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/chunk"
	"github.com/kanbao/kanbao/index/manifest"
)

// Settings names how this version of the writer analyzes text. It stands in the
// manifest; whoever changes the analysis changes it.
const Settings = "fold 3, variants " + variants.Name + ", bigrams 1, facets 1, words gse zh_s"

// large is the number of articles from which an index is a large one.
const large = 50_000

// Options say how to write an index. The sizes have defaults that suit a site
// of any size; tests lower them so that a small corpus crosses every border.
type Options struct {
	Sink chunk.Sink
	// Segmenter finds the words of a text; if it is nil, the default one is loaded with the first
	// article.
	Segmenter *words.Segmenter
	// Folder folds text; with no variants in it, it gets those of the package
	// variants.
	Folder analyze.Folder
	// Synonyms are groups of names, as an editor wrote them. The names of a group mean
	// the same thing.
	Synonyms [][]string
	// StoredSize is about how many bytes of stored articles a chunk takes before
	// it is deflated; 0 is 8 KiB, and 12 KiB in a large index.
	StoredSize int
	// TermsSize is about how many bytes a chunk of terms takes; 0 is 8 KiB, and
	// 24 KiB in a large index, whose table is otherwise longer than it saves.
	TermsSize int
	// WordsSize is about how many bytes of the vocabulary a chunk takes before it
	// is deflated; 0 is 12 KiB.
	WordsSize int
	// PackBelow is the size of an index in bytes up to which all its chunks are
	// written into one file; 0 is 1 MiB, less than 0 is never.
	PackBelow int
	// BundleBelow is the size of an index in bytes up to which one that is not
	// packed gets a bundle for each segment; 0 is 16 MiB, less than 0 is never.
	BundleBelow int
	// Excess decides which trigrams get a posting list: those whose two bigrams are
	// together in more than so many articles that do not have the trigram; 0 is 32.
	Excess int
	// Entities returns the people, places and organisations that an article names.
	// lines are all lines of the article. Nil finds none. It is called from several
	// goroutines.
	Entities func(a *article.Article, lines []words.Line) (persons, places, orgs []string)
	// EntitiesVersion differs when Entities returns something else for the same
	// article. It is a part of the settings: articles of another version are analyzed
	// anew.
	EntitiesVersion string
	// Pages is where another site lies whose pages the articles are, as in
	// manifest.WithPages, or empty.
	Pages string
	// Memory is about how many bytes of articles and posting lists wait in memory
	// until all articles are there; the rest waits in temporary files. 0 is 32 MiB.
	Memory int
	// Workers is how many articles are analyzed at the same time; 0 is one for
	// each processor.
	Workers int
}

// Settings returns what stands in the manifest of an index with these options.
func (o *Options) Settings() string {
	settings := Settings
	if o.EntitiesVersion != "" {
		settings += ", names " + o.EntitiesVersion
	}
	if o.Pages != "" {
		settings = manifest.WithPages(settings, o.Pages)
	}
	return settings
}

func (o *Options) setDefaults() error {
	if o.Sink == nil {
		return errors.New("write: no sink to write the index to")
	}
	if o.Folder.Variants == nil {
		o.Folder = analyze.NewFolder(variants.Table())
	}
	for _, d := range []struct {
		v   *int
		def int
	}{{&o.WordsSize, 12 << 10}, {&o.PackBelow, 1 << 20}, {&o.BundleBelow, 16 << 20}, {&o.Excess, 32}, {&o.Memory, 32 << 20}, {&o.Workers, runtime.GOMAXPROCS(0)}} {
		if *d.v == 0 {
			*d.v = d.def
		}
	}
	return nil
}

// A Writer makes one index. Its methods are for one goroutine.
type Writer struct {
	opt     Options
	jobs    chan job // to the workers
	pending chan job // the same, in order, to the collector
	closing sync.Once
	done    chan struct{} // closed when the collector has seen every article
	acc     *accumulator
	added   int
}

type job struct {
	a      *article.Article
	result chan *analyzed
}

// New returns a Writer and starts its workers. Finish or Abort ends them.
func New(opt Options) (*Writer, error) {
	if err := opt.setDefaults(); err != nil {
		return nil, err
	}
	w := &Writer{
		opt:     opt,
		jobs:    make(chan job),
		pending: make(chan job, 8*opt.Workers),
		done:    make(chan struct{}),
		acc:     newAccumulator(opt.Memory),
	}
	for range opt.Workers {
		go w.work()
	}
	go w.collect()
	return w, nil
}

func (w *Writer) work() {
	s := newCompressor()
	for j := range w.jobs {
		j.result <- analyzeArticle(j.a, &w.opt, s)
	}
}

func (w *Writer) collect() {
	defer close(w.done)
	for j := range w.pending {
		w.acc.add(<-j.result)
	}
}

// Add adds one article, which must not be changed afterwards. It blocks while
// the workers are busy.
func (w *Writer) Add(a *article.Article) error {
	if a.ID == "" {
		return fmt.Errorf("write: an article without an ID (%s:%d, %q)", a.File, a.Line, a.Title)
	}
	if w.opt.Segmenter == nil {
		segmenter, err := words.Default()
		if err != nil {
			return err
		}
		w.opt.Segmenter = segmenter // no worker reads it before its first job
	}
	j := job{a: a, result: make(chan *analyzed, 1)}
	w.pending <- j
	w.jobs <- j
	w.added++
	return nil
}

// Abort ends the workers without writing anything. After Finish it does nothing.
func (w *Writer) Abort() {
	w.drain()
	w.acc.close()
}

// drain waits until every article is collected.
func (w *Writer) drain() {
	w.closing.Do(func() {
		close(w.pending)
		close(w.jobs)
	})
	<-w.done
}

// Len returns the number of articles added.
func (w *Writer) Len() int { return w.added }
