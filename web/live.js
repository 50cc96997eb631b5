// Makes the page live: compiles the reader, runs it over the static page, and
// has the service worker store what the reader needs offline. loader.js calls it
// on the first intent to search.
import { compile, launch, start } from "./engine.js";

const words = {
  "zh-Hans": {
    loading: "正在准备搜索……",
    old: "这个浏览器太旧，不能边打字边搜索。文章照样可以阅读。",
    offline: "连不上网络，搜索还用不了。文章照样可以阅读。",
    stale: "网站刚刚更新过，请刷新这一页再搜索。",
    failed: (why) => `搜索没能打开（${why}）。文章照样可以阅读。`,
  },
  "zh-Hant": {
    loading: "正在準備搜尋……",
    old: "這個瀏覽器太舊，不能邊打字邊搜尋。文章照樣可以閱讀。",
    offline: "連不上網路，搜尋還用不了。文章照樣可以閱讀。",
    stale: "網站剛剛更新過，請重新整理這一頁再搜尋。",
    failed: (why) => `搜尋沒能打開（${why}）。文章照樣可以閱讀。`,
  },
  en: {
    loading: "Getting search ready…",
    old: "This browser is too old to search as you type. The articles can still be read.",
    offline: "There is no network, so search is not there yet. The articles can still be read.",
    stale: "The site has just been updated. Reload this page to search.",
    failed: (why) => `Search could not be opened (${why}). The articles can still be read.`,
  },
};

// live resolves once the reader runs. Where it cannot, it says why under the
// field and rejects.
export async function live(root) {
  const say = words[document.documentElement.lang] ?? words["zh-Hans"];
  const status = document.getElementById("kb-status");
  const tell = (text) => { if (status && status.textContent !== text) status.textContent = text; };
  tell(say.loading);
  try {
    const index = new URL("index/", root).href;
    const [module, engine] = await Promise.all([
      compile(new URL("./app.wasm", import.meta.url).href, (loaded, total) => tell(say.loading + progress(loaded, total))),
      launch(index),
      import("./wasm_exec.js"),
    ]);
    engine.run(module);
    tell("");
    start(module, "page", { port: engine.port, root }).catch(String).then((why) => {
      // The reader does not end but by a fault: the static page takes over again.
      document.documentElement.classList.remove("kb-is-live");
      document.getElementById("kb-live").replaceChildren();
      document.getElementById("kb-main").hidden = false;
      tell(say.failed(why ?? "1"));
    });
    store(root);
  } catch (error) {
    tell(why(error, say));
    throw error;
  }
}

// progress puts bytes into words, in steps, since every change is read aloud.
function progress(loaded, total) {
  return total ? `${Math.min(100, Math.floor((loaded / total) * 10) * 10)}%` : `${Math.floor(loaded / 1e6)} MB`;
}

function why(error, say) {
  if (!globalThis.WebAssembly?.compileStreaming || !globalThis.ReadableStream) return say.old;
  if (/: 404$/.test(error.message)) return say.stale;
  if (!navigator.onLine || error instanceof TypeError) return say.offline;
  return say.failed(error.message);
}

// store has everything kept that reading and searching need, now that the reader
// has shown that they want it.
async function store(root) {
  if (!navigator.serviceWorker) return;
  try {
    await navigator.serviceWorker.register(new URL("sw.js", root), { scope: root, updateViaCache: "none" });
    const { active } = await navigator.serviceWorker.ready;
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => { document.documentElement.dataset.kept = data.kept; };
    active.postMessage({ keep: "site" }, [port2]);
  } catch (error) {
    console.info(`Kanbao: nothing is stored for reading offline: ${error.message}`);
  }
}
