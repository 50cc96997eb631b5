package update_test

import (
	"context"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/chunk"
	"github.com/kanbao/kanbao/index/format"
	"github.com/kanbao/kanbao/index/indextest"
	"github.com/kanbao/kanbao/index/manifest"
	"github.com/kanbao/kanbao/index/update"
	"github.com/kanbao/kanbao/index/update/updatetest"
)

// An overSink is a Sink that has the files of an older index. It is the Source of that
// index too, and notes which chunks are read.
type overSink struct {
	*chunk.Memory
	old   *chunk.Memory // or nil
	doubt chunk.ID      // of old, and not known to be as it was written
	notes []byte
	read  []string
}

func (o *overSink) Get(ctx context.Context, id chunk.ID) ([]byte, error) {
	o.read = append(o.read, id.Name())
	return o.old.Get(ctx, id)
}

func (o *overSink) Refetch(ctx context.Context, id chunk.ID) ([]byte, error) { return o.Get(ctx, id) }

func (o *overSink) Manifest(ctx context.Context) ([]byte, error) { return o.old.Manifest(ctx) }

func (o *overSink) Has(id chunk.ID) (int, bool) {
	file, ok := o.old.Files()[id.Name()]
	return len(file), ok && id != o.doubt
}

func (o *overSink) Keep(id chunk.ID) error { return o.Put(id, o.old.Files()[id.Name()]) }

// over builds an index of the articles over another.
func over(t *testing.T, old *overSink, articles []*article.Article) *overSink {
	t.Helper()
	next := &overSink{Memory: new(chunk.Memory), old: new(chunk.Memory)}
	if old != nil {
		next.old, next.notes, next.doubt = old.Memory, old.notes, old.doubt
	}
	segmenter, err := indextest.Segmenter()
	if err != nil {
		t.Fatal(err)
	}
	opt := update.Options{Options: indextest.Small(), Previous: next, Notes: next.notes}
	opt.Sink, opt.Segmenter, opt.BundleBelow = next, segmenter, 1<<20
	w, err := update.New(t.Context(), opt)
	if err != nil {
		t.Fatal(err)
	}
	next.notes = updatetest.Write(t, w, articles).Notes
	return next
}

// From day to day, an index that keeps what is there is the one that is written
// from all of it, and whoever has notes reads few of the chunks.
func TestKeepingIsWriting(t *testing.T) {
	articles := daily(7, 14)
	var kept, written *overSink
	for days := 10; days <= 14; days++ {
		some := slices.Concat(articles[:5], articles[6:days*10])
		kept = over(t, kept, some)
		if written != nil {
			written.notes = nil
		}
		written = over(t, written, some)
		if !maps.EqualFunc(kept.Files(), written.Files(), slices.Equal) {
			t.Fatalf("day %d: files differ", days)
		}
		if !slices.Equal(kept.notes, written.notes) {
			t.Fatalf("day %d: notes differ", days)
		}
		if days > 10 && len(written.read) < 10 {
			t.Errorf("day %d: without notes only %q are read", days, written.read)
		}
	}
	again := over(t, kept, slices.Concat(articles[:5], articles[6:]))
	if !maps.EqualFunc(kept.Files(), again.Files(), slices.Equal) {
		t.Error("the same articles change the index")
	}
	if len(again.read) > 0 {
		t.Errorf("for the same articles %q are read", again.read)
	}
}

func TestNotesOfAnotherIndexAreNotUsed(t *testing.T) {
	articles := daily(8, 6)
	first, other := over(t, nil, articles), over(t, nil, articles[10:])
	want := over(t, first, articles[12:]).Files()
	for about, notes := range map[string][]byte{
		"of another index": other.notes, "cut short": first.notes[:len(first.notes)/2],
		"longer": append(slices.Clone(first.notes), 0), "nothing": nil, "foreign": []byte("notes"),
	} {
		odd := &overSink{Memory: first.Memory, notes: notes}
		if got := over(t, odd, articles[12:]).Files(); !maps.EqualFunc(got, want, slices.Equal) {
			t.Errorf("%s: the index is another", about)
		}
	}
}

// Of what nobody vouches for, each byte is looked at before anything is kept.
func TestDamageInDoubtMeansANewIndex(t *testing.T) {
	articles := daily(9, 6)
	first := over(t, nil, articles)
	want := over(t, nil, articles).Files()
	m, err := manifest.Open(first.Files()[chunk.ManifestName])
	if err != nil {
		t.Fatal(err)
	}
	tried := make(map[format.Kind]bool)
	for _, c := range m.Segments[0].Chunks {
		if tried[c.Kind] {
			continue
		}
		tried[c.Kind] = true
		bad := &overSink{Memory: new(chunk.Memory)}
		for name, file := range first.Files() {
			if file = slices.Clone(file); name == c.ID.Name() {
				file[len(file)/2] ^= 4
			}
			put(t, bad.Memory, name, file, m)
		}
		bad.notes, bad.doubt = first.notes, c.ID
		if got := over(t, bad, articles).Files(); !maps.EqualFunc(got, want, slices.Equal) {
			t.Errorf("%s (%s) is damaged, and the index is not a new one", c.ID.Name(), c.Kind)
		}
	}
}

// put puts a file of an index under its name, whatever is in it.
func put(t *testing.T, store *chunk.Memory, name string, file []byte, m *manifest.Manifest) {
	t.Helper()
	if name == chunk.ManifestName {
		if err := store.PutManifest(file); err != nil {
			t.Fatal(err)
		}
		return
	}
	for _, s := range m.Segments {
		for _, id := range append(s.Bundled(), s.Bundle) {
			if strings.HasPrefix(name, id.String()) {
				if err := store.Put(id, file); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
}
