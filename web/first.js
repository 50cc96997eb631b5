// Sets the reader's choices (choices.js) over a site's own before the page is painted.
{
  const { dataset } = document.documentElement;
  const own = { ...dataset };
  const night = matchMedia("(prefers-color-scheme: dark)");
  const apply = (/** @type {any} */ event = 0) => {
    let kept = event.detail;
    try { kept ??= JSON.parse(localStorage.getItem("kanbao") ?? "{}"); } catch {}
    for (const name of "care theme size leading measure face para flow han lang".split(" ")) {
      const value = kept?.[name] ?? own[name];
      if (value && value !== "auto") dataset[name] = value;
      else delete dataset[name];
    }
    if (dataset.care) dataset.theme = dataset.theme === "dark" || !dataset.theme && night.matches ? "night" : "contrast";
    dataset.choices = "";
  };
  apply();
  if (dataset.lang) dataset.wait = "", import("./language.js");
  for (const name of ["storage", "kb-choices", "pageshow"]) addEventListener(name, apply);
  night.onchange = apply;
}
