package chunk

import (
	"bytes"
	"errors"
	"path"
	"syscall/js"
	"testing"
	"time"
)

// serveFiles makes fetch answer with these files, by the last part of a URL.
func serveFiles(t *testing.T, files map[string][]byte) {
	t.Helper()
	fetch := js.Global().Get("fetch")
	stub := js.FuncOf(func(_ js.Value, args []js.Value) any {
		response := js.Global().Get("Response")
		file, ok := files[path.Base(args[0].String())]
		answer := response.New(js.Null(), map[string]any{"status": 404})
		if ok {
			body := js.Global().Get("Uint8Array").New(len(file))
			js.CopyBytesToJS(body, file)
			answer = response.New(body)
		}
		return js.Global().Get("Promise").Call("resolve", answer)
	})
	js.Global().Set("fetch", stub)
	t.Cleanup(func() {
		js.Global().Set("fetch", fetch)
		stub.Release()
	})
}

// bundled returns three chunks, their IDs, and a bundle of them.
func bundled() (chunks [][]byte, ids []ID, bundle []byte) {
	for _, text := range []string{"潮汐", "灯塔", "渡口的早晨"} {
		chunks = append(chunks, []byte(text))
		ids = append(ids, Sum([]byte(text)))
	}
	return chunks, ids, AppendBundle(nil, chunks)
}

func TestABundleThatIsTheOneOfItsNameNeedsNoMoreChecks(t *testing.T) {
	chunks, ids, bundle := bundled()
	name := Sum(bundle)
	serveFiles(t, map[string][]byte{name.Name(): bundle})
	source := NewHTTP("http://paper.example/index/", js.Undefined())
	if filled, err := source.Fill(t.Context(), name, ids, len(bundle)); err != nil || filled != FilledChecked {
		t.Fatalf("Fill returns %d, %v, want FilledChecked", filled, err)
	}
	expectChunks(t, source, ids, chunks)
}

func TestADamagedBundleIsCheckedChunkByChunk(t *testing.T) {
	chunks, ids, bundle := bundled()
	name := Sum(bundle)
	bundle[len(bundle)-1] ^= 1
	serveFiles(t, map[string][]byte{name.Name(): bundle, ids[2].Name(): chunks[2]})
	source := Verified(NewHTTP("http://paper.example/index/", js.Undefined()))
	if filled, err := source.Fill(t.Context(), name, ids, len(bundle)); err != nil || filled != FilledUnchecked {
		t.Fatalf("Fill returns %d, %v, want FilledUnchecked", filled, err)
	}
	expectChunks(t, source, ids, chunks)
}

func TestABundleThatDoesNotComeFillsNothing(t *testing.T) {
	_, ids, bundle := bundled()
	serveFiles(t, nil)
	source := NewHTTP("http://paper.example/index/", js.Undefined())
	filled, err := source.Fill(t.Context(), Sum(bundle), ids, len(bundle))
	if filled != NotFilled || !errors.Is(err, ErrMissing) {
		t.Errorf("Fill returns %d, %v, want NotFilled and ErrMissing", filled, err)
	}
}

// slowly returns a response that brings each part a while after the last.
func slowly(t *testing.T, parts ...[]byte) js.Value {
	var pull js.Func
	pull = js.FuncOf(func(_ js.Value, args []js.Value) any {
		return js.Global().Get("Promise").New(js.FuncOf(func(_ js.Value, promise []js.Value) any {
			time.AfterFunc(20*time.Millisecond, func() {
				if len(parts) == 0 {
					args[0].Call("close")
				} else {
					part := js.Global().Get("Uint8Array").New(len(parts[0]))
					js.CopyBytesToJS(part, parts[0])
					args[0].Call("enqueue", part)
					parts = parts[1:]
				}
				promise[0].Invoke()
			})
			return nil
		}))
	})
	t.Cleanup(pull.Release)
	stream := js.Global().Get("ReadableStream").New(map[string]any{"pull": pull}, map[string]any{"highWaterMark": 0})
	return js.Global().Get("Response").New(stream)
}

func TestASlowBundleIsGivenUpUnlessItIsHereWhole(t *testing.T) {
	chunks, ids, bundle := bundled()
	for about, c := range map[string]struct {
		parts [][]byte
		want  error
	}{
		"in one part":  {[][]byte{bundle}, nil},
		"more to come": {[][]byte{bundle[:9], bundle[9:]}, ErrSlow},
	} {
		serve(t, func(string, js.Value, int) js.Value { return slowly(t, c.parts...) })
		source := NewHTTP("http://paper.example/index/", js.Undefined())
		source.trial = 0
		_, err := source.Fill(t.Context(), Sum(bundle), ids, len(bundle))
		if !errors.Is(err, c.want) {
			t.Errorf("%s: error %v, want %v", about, err, c.want)
		}
		if c.want == nil {
			expectChunks(t, source, ids, chunks)
		}
	}
}

// expectChunks compares the chunks that a source has with what they should be.
func expectChunks(t *testing.T, source Source, ids []ID, chunks [][]byte) {
	t.Helper()
	for i, id := range ids {
		if got, err := source.Get(t.Context(), id); err != nil || !bytes.Equal(got, chunks[i]) {
			t.Errorf("chunk %d is %q, want %q; error %v", i, got, chunks[i], err)
		}
	}
}

// A manifest that was fetched early is good for once, and one that did not come is
// fetched.
func TestEarlyManifestIsUsedOnce(t *testing.T) {
	serveFiles(t, map[string][]byte{ManifestName: []byte("newer")})
	resolve := func(v any) js.Value { return js.Global().Get("Promise").Call("resolve", v) }
	buffer := js.Global().Get("TextEncoder").New().Call("encode", "early").Get("buffer")
	broken := js.Global().Get("Promise").Call("reject", js.Global().Get("Error").New("no network"))
	for about, c := range map[string]struct {
		early js.Value
		want  []string
	}{
		"it came":        {resolve(buffer), []string{"early", "newer"}},
		"it was null":    {resolve(js.Null()), []string{"newer", "newer"}},
		"it failed":      {broken, []string{"newer", "newer"}},
		"nobody has one": {js.Undefined(), []string{"newer", "newer"}},
	} {
		source := NewHTTP("http://paper.example/index/", c.early)
		for i, want := range c.want {
			if got, err := source.Manifest(t.Context()); err != nil || string(got) != want {
				t.Errorf("%s: manifest %d is %q, want %q; error %v", about, i, got, want, err)
			}
		}
	}
}
