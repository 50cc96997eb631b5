package e2e

import (
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/storage"
)

// act clicks the button of the offer to store the site that says something.
func (p *page) act(label string) {
	p.t.Helper()
	button := `[...document.querySelectorAll("#kb-offline button")].find((b) => b.textContent.includes(` + quote(label) + `))`
	p.wait(button)
	p.must(p.tab.Eval(button+`.click()`, nil))
}

// says waits until the offer says something.
func (p *page) says(text string) {
	p.t.Helper()
	p.wait(`document.querySelector(".kb-offline-says")?.textContent.includes(` + quote(text) + `)`)
}

const allStored = "都在这台设备上了"

// offered opens the offer to store the whole site.
func offered(t *testing.T, dir string) *page {
	t.Helper()
	p := prepare(t, dir)
	p.tab.Allow(`^request failed: |offline|/media/|503`)
	p.goTo("search/#kb-offline")
	p.says("没有网络也能看")
	return p
}

func TestWholeSiteIsStoredAndRemoved(t *testing.T) {
	p := offered(t, sample)
	label := eval[string](p, `document.querySelector("#kb-offline button").textContent`)
	if !strings.Contains(label, "下载全部（") || !strings.Contains(label, "MB") {
		t.Errorf("the button says %q, want how much it is", label)
	}
	if n := eval[int](p, ownCaches+`.then((names) => names.length)`); n != 0 {
		t.Error("something is stored before the reader has said so")
	}
	p.act("下载全部")
	p.says(allStored)
	p.server.Stop()
	p.goTo("search/?q=" + word)
	p.hits()
	p.goTo(strings.TrimSuffix(articles(t)[0].Path(), "/"))
	p.wait(`document.querySelector("#kb-main h1")?.textContent.includes(` + quote(articles(t)[0].Title) + `)`)
	p.goTo("e/1999-12-31/") // of a day whose page is not stored: what the index has of it
	p.wait(`location.search === "?date=1999-12-31"`)
	p.must(p.server.Start())
	p.goTo("search/#kb-offline")
	p.says(allStored)
	p.act("删除")
	p.says("已经删除")
	if n := eval[int](p, ownCaches+`.then((names) => names.length)`); n != 0 {
		t.Error("something is left after the copy was removed")
	}
}

func TestDownloadGoesOnWhereItStopped(t *testing.T) {
	p := offered(t, sample)
	block := make(chan struct{})
	p.server.Intercept(holdIndex(block))
	p.act("下载全部")
	p.says("已经下载")
	p.act("暂停")
	p.says("暂停了")
	p.server.Intercept(nil)
	close(block)
	p.act("接着下载")
	p.says(allStored)
	if n := p.server.Count("/kanbao/style-"); n > 2 { // by the page and by the worker
		t.Errorf("a file that was stored was fetched %d times", n)
	}
}

func TestDownloadIsResumedAfterAClosedTabAndALostNetwork(t *testing.T) {
	p := offered(t, sample)
	block := make(chan struct{})
	p.server.Intercept(holdIndex(block))
	p.act("下载全部")
	p.says("已经下载")
	close(block)
	p.server.Stop()
	p.says("网络断了")
	p.must(p.tab.Open("about:blank"))
	p.server.Intercept(nil)
	p.must(p.server.Start())
	p.goTo("") // any page of the site goes on by itself
	p.says(allStored)
}

func TestNoRoomIsSaidInWords(t *testing.T) {
	p := offered(t, sample)
	p.tab.Allow("Quota|failed to install")
	room := 200_000.0
	call(p, storage.OverrideQuotaForOrigin, storage.OverrideQuotaForOriginParams{Origin: p.server.Origin(), QuotaSize: &room})
	t.Cleanup(func() {
		call(p, storage.OverrideQuotaForOrigin, storage.OverrideQuotaForOriginParams{Origin: p.server.Origin()})
	})
	p.act("下载全部")
	p.says("空间不够")
}

func TestUpdateFetchesOnlyWhatIsNew(t *testing.T) {
	dir := copySite(t)
	p := offered(t, dir)
	p.act("下载全部")
	p.says(allStored)
	p.live() // a page that is read, and not one that has just been opened
	next := nextBuild(t)
	changed := make(map[string]bool) // pages that are not as they were
	err := filepath.WalkDir(next, func(name string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(name) != ".html" {
			return err
		}
		rel, _ := filepath.Rel(next, name)
		a, _ := os.ReadFile(name)
		b, _ := os.ReadFile(filepath.Join(dir, rel))
		if string(a) != string(b) {
			changed[base+strings.TrimSuffix(filepath.ToSlash(rel), "index.html")] = true
		}
		return nil
	})
	p.must(err)
	swap(t, dir, next)
	p.server.Forget()
	p.must(p.tab.Eval(`navigator.serviceWorker.getRegistration().then((r) => r.update())`, nil))
	p.wait(`navigator.serviceWorker.getRegistration().then((r) => !r.installing)`)
	for _, r := range p.server.Requests() {
		if strings.HasSuffix(r.Path, "/") && !changed[r.Path] || strings.Contains(r.Path, ".wasm") {
			t.Errorf("%s is as it was, and was fetched", r.Path)
		}
	}
	// The reader is told, and chooses.
	p.wait(`document.querySelector(".kb-newer")`)
	p.click(".kb-newer button")
	p.wait(`!document.querySelector(".kb-newer") && document.readyState === "complete"`)
	p.wait(ownCaches + `.then((names) => names.length === 1)`)
	p.server.Stop()
	p.goTo("a/extra/")
	p.wait(`[...document.querySelectorAll("h1")].some((e) => e.textContent.includes("增刊") && e.checkVisibility())`)
}

func TestDamagedCopiesMendThemselves(t *testing.T) {
	p := open(t, "")
	p.live()
	p.stored()
	p.tab.Allow(`.`) // what is damaged is complained of
	for _, kind := range []string{".wasm", ".js", "manifest.kb", ".kb", ".webmanifest", "search/"} {
		n := eval[int](p, `(async () => {
			const [name] = await `+ownCaches+`;
			const cache = await caches.open(name);
			const keys = (await cache.keys()).filter(({ url }) => url.replace(/(\.wasm)\.(br|gz)$/, "$1").endsWith(`+quote(kind)+`));
			for (const key of keys) await cache.put(key, new Response("damaged", { headers: { "content-type": "text/plain" } }));
			return keys.length;
		})()`)
		if n == 0 {
			t.Errorf("nothing that ends in %s is stored", kind)
		}
		p.goTo("search/?q=" + word)
		p.goTo("search/?q=" + word) // the first visit may find that it is damaged
		p.hits()
	}
}

func TestOfflineFalseTakesTheWorkerAway(t *testing.T) {
	dir := copySite(t)
	p := prepare(t, dir)
	p.tab.Allow("404|kb")
	p.goTo("")
	p.live()
	p.stored()
	changed := filepath.Join(t.TempDir(), "content")
	p.must(os.CopyFS(changed, os.DirFS(content)))
	settings, err := os.ReadFile(filepath.Join(changed, "kanbao.toml"))
	p.must(err)
	p.must(os.WriteFile(filepath.Join(changed, "kanbao.toml"), append([]byte("offline = false\n"), settings...), 0o644))
	next := filepath.Join(t.TempDir(), "site")
	if out, err := exec.Command(kanbao, "build", changed, "-o", next, "--base", base).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	swap(t, dir, next)
	p.must(p.tab.Eval(`navigator.serviceWorker.getRegistration().then((r) => r.update()).catch(() => {})`, nil))
	p.wait(ownCaches + `.then((names) => names.length === 0)`)
	p.goTo("search/?q=" + word)
	p.hits()
	p.wait(`navigator.serviceWorker.getRegistrations().then((all) => all.length === 0)`)
}

// holdIndex lets files of the index wait until a channel is closed.
func holdIndex(block chan struct{}) func(w http.ResponseWriter, r *http.Request) bool {
	return func(_ http.ResponseWriter, r *http.Request) bool {
		if strings.HasPrefix(r.URL.Path, base+"index/") && !strings.HasSuffix(r.URL.Path, "manifest.kb") {
			select {
			case <-block:
			case <-r.Context().Done():
			}
		}
		return false
	}
}
