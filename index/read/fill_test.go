package read

import (
	"context"
	"errors"
	"testing"

	"github.com/kanbao/kanbao/index/chunk"
	"github.com/kanbao/kanbao/index/indextest"
	"github.com/kanbao/kanbao/index/manifest"
)

// A network is a source that counts what is fetched. It keeps bundles if it has
// room for so many.
type network struct {
	indextest.Faulty
	room, bundles int
}

func (n *network) Fill(ctx context.Context, bundle chunk.ID, ids []chunk.ID, _ int) (chunk.Filled, error) {
	if n.bundles == n.room {
		return chunk.NotFilled, nil
	}
	if _, err := n.Get(ctx, bundle); err != nil {
		return chunk.NotFilled, err
	}
	n.bundles++
	return chunk.FilledUnchecked, nil
}

// Fill says that all is at hand if all is, and not because nobody said otherwise.
func TestFillTellsTheTruth(t *testing.T) {
	articles := indextest.Articles(4, 40)
	opt := indextest.Small()
	opt.BundleBelow = -1
	without := indextest.Build(t, opt, articles).Files()
	opt.BundleBelow = 1 << 20
	bundled := indextest.Build(t, opt, articles).Files()
	opt.PackBelow = 1 << 20
	packed := indextest.Build(t, opt, articles).Files()
	empty := indextest.Build(t, opt, nil).Files()

	offline := errors.New("no network")
	for _, c := range []struct {
		about   string
		files   map[string][]byte
		room    int
		fail    bool
		want    bool
		fetched int
	}{
		{"bundles, and room for them", bundled, 1, false, true, 1},
		{"bundles, and no room", bundled, 0, false, false, 0},
		{"bundles, and no network", bundled, 1, true, false, 1},
		{"no bundles", without, 1, false, false, 0},
		{"a pack", packed, 0, false, true, 1},
		{"a pack, and no network", packed, 0, true, false, 1},
		{"no articles", empty, 0, false, true, 0},
	} {
		source := &network{Faulty: indextest.Faulty{Files: c.files}, room: c.room}
		ix, err := Open(t.Context(), source, Options{})
		if err != nil {
			t.Fatal(err)
		}
		source.Fetched()
		if c.fail {
			source.Fail = func(string) error { return offline }
		}
		all, err := ix.Fill(t.Context())
		if all != c.want || errors.Is(err, offline) != c.fail {
			t.Errorf("%s: Fill returns %v, %v, want %v", c.about, all, err, c.want)
		}
		if n := len(source.Fetched()); n != c.fetched {
			t.Errorf("%s: %d files were fetched, want %d", c.about, n, c.fetched)
		}
	}
}

// An index of which one segment has no bundle is not at hand as a whole.
func TestFillOfSomeSegmentsIsNotAll(t *testing.T) {
	opt := indextest.Small()
	opt.BundleBelow = 1 << 20
	store := indextest.Build(t, opt, indextest.Articles(4, 40))
	files := store.Files()
	m, err := manifest.Open(files[chunk.ManifestName])
	if err != nil {
		t.Fatal(err)
	}
	second := *m.Segments[0]
	second.Bundle = chunk.ID{}
	m.Segments = append(m.Segments, &second)
	files[chunk.ManifestName] = m.Append(nil)
	source := &network{Faulty: indextest.Faulty{Files: files}, room: 2}
	ix, err := Open(t.Context(), source, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if all, err := ix.Fill(t.Context()); all || err != nil || source.bundles != 1 {
		t.Errorf("Fill returns %v, %v with %d bundles fetched, want false with 1", all, err, source.bundles)
	}
}
