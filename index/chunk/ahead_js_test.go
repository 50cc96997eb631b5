package chunk

import (
	"bytes"
	"path"
	"syscall/js"
	"testing"
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

func TestABundleThatIsTheOneOfItsNameIsVouchedFor(t *testing.T) {
	chunks, ids, bundle := bundled()
	name := Sum(bundle)
	serveFiles(t, map[string][]byte{name.Name(): bundle})
	a := &Ahead{HTTP: "http://paper.example/index/"}
	if a.Vouched(ids[0]) != nil {
		t.Error("it vouches for what it does not have")
	}
	if err := a.Fill(t.Context(), name, ids, len(bundle)); err != nil {
		t.Fatal(err)
	}
	for i, id := range ids {
		if got := a.Vouched(id); !bytes.Equal(got, chunks[i]) {
			t.Errorf("chunk %d is %q, want %q", i, got, chunks[i])
		}
	}
}

func TestADamagedBundleIsCheckedChunkByChunk(t *testing.T) {
	chunks, ids, bundle := bundled()
	name := Sum(bundle)
	bundle[len(bundle)-1] ^= 1
	serveFiles(t, map[string][]byte{name.Name(): bundle, ids[2].Name(): chunks[2]})
	a := &Ahead{HTTP: "http://paper.example/index/"}
	if err := a.Fill(t.Context(), name, ids, len(bundle)); err != nil {
		t.Fatal(err)
	}
	source := Verified(a)
	for i, id := range ids {
		if a.Vouched(id) != nil {
			t.Errorf("it vouches for chunk %d", i)
		}
		if got, err := source.Get(t.Context(), id); err != nil || !bytes.Equal(got, chunks[i]) {
			t.Errorf("chunk %d is %q, want %q; error %v", i, got, chunks[i], err)
		}
	}
}
