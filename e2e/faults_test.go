package e2e

import (
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// portal is what a network answers with before it is paid for, and some hosts for
// whatever they do not have.
func portal(w http.ResponseWriter) bool {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, err := w.Write([]byte("<!doctype html><title>portal</title><link rel=icon href='data:,'><h1>portal</h1>"))
	return err == nil
}

const ownCaches = `caches.keys().then((names) => names.filter((n) => n.startsWith("kanbao:")))`

func TestServiceWorkerStoresNothingThatIsNotOfTheBuild(t *testing.T) {
	p := open(t, "")
	p.tab.Allow("service worker|/kanbao/")
	var paid atomic.Bool
	p.server.Intercept(func(w http.ResponseWriter, r *http.Request) bool {
		return !paid.Load() && strings.HasPrefix(r.URL.Path, base) && !strings.HasSuffix(r.URL.Path, "/sw.js") && portal(w)
	})
	register := `navigator.serviceWorker.register("sw.js", { updateViaCache: "none" })`
	state := eval[string](p, register+`.then((r) => new Promise((done) => {
		const worker = r.installing;
		worker.onstatechange = () => { if (worker.state !== "installing") done(worker.state); };
	}))`)
	if state != "redundant" {
		t.Errorf("with a portal for each file the worker is %s", state)
	}
	p.wait(ownCaches + `.then((names) => names.length === 0)`)
	paid.Store(true)
	p.must(p.tab.Eval(register+`.then(() => navigator.serviceWorker.ready)`, nil))
	bad := eval[[]string](p, `(async () => {
		const bad = [];
		for (const name of await `+ownCaches+`) {
			const cache = await caches.open(name);
			for (const request of await cache.keys()) if ((await (await cache.match(request)).text()).includes("<h1>portal")) bad.push(request.url);
		}
		return bad;
	})()`)
	if len(bad) > 0 {
		t.Errorf("the portal is stored as %q", bad)
	}
}

func TestBadCopyOfTheManifestIsNotPreferred(t *testing.T) {
	p := open(t, "")
	p.live()
	p.stored()
	p.must(p.tab.Eval(`(async () => {
		const [name] = await `+ownCaches+`;
		await (await caches.open(name)).put("`+base+`index/manifest.kb", new Response("<h1>portal</h1>"));
	})()`, nil))
	if begin := eval[string](p, `fetch("`+base+`index/manifest.kb").then((r) => r.text()).then((text) => text.slice(0, 3))`); begin != "kbm" {
		t.Errorf("the manifest begins with %q", begin)
	}
	p.goTo("search/?q=" + word)
	p.hits()
}

func TestPageIsNotTakenForANewerManifest(t *testing.T) {
	p := open(t, "")
	p.live()
	p.stored()
	p.server.Intercept(func(w http.ResponseWriter, r *http.Request) bool {
		return strings.Contains(r.URL.Path, "/index/") && portal(w)
	})
	p.goTo("search/?q=" + word)
	p.hits()
}

// wrong answers for a file of the index with what is not its bytes.
var wrong = map[string]func(w http.ResponseWriter, r *http.Request, file []byte){
	"a redirect": func(w http.ResponseWriter, r *http.Request, _ []byte) {
		http.Redirect(w, r, base+"search/", http.StatusFound)
	},
	"a part": func(w http.ResponseWriter, _ *http.Request, file []byte) {
		w.WriteHeader(http.StatusPartialContent)
		_, _ = w.Write(file[:len(file)/2]) // the browser may have gone
	},
	"more bytes": func(w http.ResponseWriter, _ *http.Request, file []byte) { _, _ = w.Write(append(file, "more"...)) },
}

func TestDamageCanBeTriedAgain(t *testing.T) {
	for name, answer := range wrong {
		damage := func(p *page) {
			p.server.Intercept(func(w http.ResponseWriter, r *http.Request) bool {
				rel := strings.TrimPrefix(r.URL.Path, base)
				if !strings.HasPrefix(rel, "index/") || rel == "index/manifest.kb" {
					return false
				}
				file, err := os.ReadFile(filepath.Join(sample, filepath.FromSlash(rel)))
				if err == nil {
					answer(w, r, file)
				}
				return err == nil
			})
		}
		t.Run(name+" in the page", func(t *testing.T) {
			p := prepare(t, sample)
			damage(p)
			p.goTo("search/?q=" + word)
			p.wait(`document.querySelector("#kb-live .kb-state button")`)
			p.server.Intercept(nil)
			p.click("#kb-live .kb-state button")
			p.hits()
		})
		t.Run(name+" in the element", func(t *testing.T) {
			p := widget(t)
			damage(p)
			shadow := `document.querySelector("kanbao-search").shadowRoot`
			p.must(p.tab.Eval(widgetField+`.focus()`, nil))
			p.insert(word)
			p.wait(shadow + `.querySelector("[part=again]")`)
			p.server.Intercept(nil)
			p.must(p.tab.Eval(shadow+`.querySelector("[part=again]").click()`, nil))
			p.wait(shadow + `.querySelector("mark")`)
		})
	}
}

func TestHostThatHasAPageForWhatIsMissing(t *testing.T) {
	dir := copySite(t)
	packed, err := filepath.Glob(filepath.Join(dir, "kanbao", "*.wasm.*"))
	if err != nil || len(packed) == 0 {
		t.Fatalf("packed programs: %q, %v", packed, err)
	}
	p := prepare(t, dir)
	p.server.Intercept(func(w http.ResponseWriter, r *http.Request) bool {
		rel := strings.TrimPrefix(r.URL.Path, base)
		if strings.HasSuffix(rel, ".wasm.gz") || strings.HasSuffix(rel, ".wasm.br") {
			return portal(w)
		}
		return sendPlain(w, r, filepath.Join(dir, filepath.FromSlash(rel)))
	})
	p.goTo("search/?q=" + word)
	p.hits()
	p.stored()
	p.server.Stop()
	p.tab.Allow(`ERR_CONNECTION_REFUSED|media/`)
	p.goTo("search/?q=灯塔")
	p.hits()
}

func TestWorkerLetsGoWhenItsScriptIsGone(t *testing.T) {
	dir := copySite(t)
	p := prepare(t, dir)
	p.tab.Allow("404|sw.js")
	p.goTo("")
	p.live()
	p.stored()
	if err := os.Remove(filepath.Join(dir, "sw.js")); err != nil {
		t.Fatal(err)
	}
	p.goTo("archive/")
	p.wait(ownCaches + `.then((names) => names.length === 0)`)
	p.wait(`navigator.serviceWorker.getRegistrations().then((list) => list.length === 0)`)
}

func TestOldSiteIsNotShownBecauseTheNewOneIsSlow(t *testing.T) {
	p := open(t, "")
	p.live()
	p.stored()
	p.server.Intercept(func(w http.ResponseWriter, r *http.Request) bool {
		if r.URL.Path != base+"archive/" {
			return false
		}
		time.Sleep(4 * time.Second)
		return portal(w)
	})
	p.goTo("archive/")
	p.wait(`document.title === "portal"`)
}

// keepWorkers has a page remember the workers that its engines are in.
const keepWorkers = `{
	window.workers = [];
	window.Worker = class extends Worker { constructor(url, options) { super(url, options); if (options?.name !== "warm-up") workers.push(this); } };
}`

func TestEngineThatHasEndedStartsAgain(t *testing.T) {
	p := open(t, "")
	p.must(p.tab.Eval(keepWorkers, nil))
	p.replace(word)
	p.hits()
	p.must(p.tab.Eval(`workers.at(-1).dispatchEvent(new MessageEvent("message", { data: "ended: a fault" }))`, nil))
	p.replace("灯塔")
	p.hits()
	if n := eval[int](p, `workers.length`); n != 2 {
		t.Errorf("%d workers, want the second one to answer", n)
	}
}

func TestEngineOfTheModuleStartsAgain(t *testing.T) {
	p := widget(t)
	n := eval[int](p, keepWorkers+`import("`+base+`kanbao.js").then(async ({ open }) => {
		const index = await open();
		const search = index.search("`+word+`");
		workers[0].dispatchEvent(new MessageEvent("message", { data: "ended: a fault" }));
		const kind = await search.catch((error) => error.kind);
		return kind === "crashed" ? (await index.search("`+word+`")).total : -1;
	})`)
	if n <= 0 {
		t.Errorf("%d found after the engine has ended", n)
	}
}

func TestLongQueryIsRefusedInWords(t *testing.T) {
	p := open(t, "")
	p.live()
	p.replace(strings.Repeat("潮 OR ", 10000) + "潮")
	p.wait(`document.querySelector("#kb-live .kb-state")?.textContent.includes("太长")`)
	p.is(`!document.querySelector("#kb-live .kb-state button")`, "what does not help is not offered")
	p.replace(word)
	p.hits()
}

func TestFileWithoutAnswerIsAskedForAgain(t *testing.T) {
	p := open(t, "")
	var silent atomic.Int32
	p.server.Intercept(func(_ http.ResponseWriter, r *http.Request) bool {
		if !strings.Contains(r.URL.Path, "/index/") || strings.HasSuffix(r.URL.Path, "/manifest.kb") || silent.Add(1) > 1 {
			return false
		}
		<-r.Context().Done()
		return true
	})
	p.replace(word)
	p.hits()
}

func TestMissingFileIsDamageAndNotAnUpdate(t *testing.T) {
	dir := copySite(t)
	index := filepath.Join(dir, "index")
	files, err := os.ReadDir(index)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if f.Name() != "manifest.kb" {
			if err := os.Rename(filepath.Join(index, f.Name()), filepath.Join(dir, f.Name())); err != nil {
				t.Fatal(err)
			}
		}
	}
	p := prepare(t, dir)
	p.tab.Allow("404|kb")
	p.goTo("search/?q=" + word)
	p.wait(`document.querySelector("#kb-live .kb-state h2")?.textContent === "搜索用的文件坏了"`)
	for _, f := range files {
		if f.Name() != "manifest.kb" {
			if err := os.Rename(filepath.Join(dir, f.Name()), filepath.Join(index, f.Name())); err != nil {
				t.Fatal(err)
			}
		}
	}
	p.click("#kb-live .kb-state button")
	p.hits()
}

func TestSearchThatCannotBeOpenedOffersToTryAgain(t *testing.T) {
	p := open(t, "")
	p.tab.Allow("wasm")
	p.server.Intercept(func(w http.ResponseWriter, r *http.Request) bool {
		return strings.Contains(r.URL.Path, ".wasm") && portal(w)
	})
	p.replace(word)
	p.wait(`document.querySelector("` + status + ` button")`)
	p.server.Intercept(nil)
	p.click(status + " button")
	p.hits()
}

func TestVeryLargeArticleIsReadOnItsPage(t *testing.T) {
	folder, dir := t.TempDir(), filepath.Join(t.TempDir(), "site")
	text := "---\ntitle: 长卷\ndate: 2024-09-13\n---\n" + strings.Repeat("## 一节\n\n潮水来了。\n\n", 3000)
	if err := os.WriteFile(filepath.Join(folder, "long.md"), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(kanbao, "build", folder, "-o", dir, "--base", base).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	p := prepare(t, dir)
	p.goTo("search/?q=潮水")
	p.hits()
	p.click(".kb-hit")
	p.wait(`document.querySelector("#kb-main h1")?.textContent.includes("长卷") && document.querySelector("#kb-main h1").checkVisibility()`)
	p.is(`!document.documentElement.classList.contains("kb-is-live")`, "the static page is shown")
}
