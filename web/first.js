// Sets the reader's choices on <html> before the page is painted, which waits for it.
// What a site has set there is its default. choices.js changes choices.
{
  const { dataset } = document.documentElement;
  const own = { ...dataset };
  const night = matchMedia("(prefers-color-scheme: dark)");
  const apply = (/** @type {any} */ event = 0) => {
    let kept = event.detail;
    try { kept ??= JSON.parse(localStorage.getItem("kanbao") ?? "{}"); } catch {}
    for (const name of ["care", "theme", "size", "leading", "measure", "face", "para", "flow", "han"]) {
      const value = kept?.[name] ?? own[name];
      if (value && value !== "auto") dataset[name] = value;
      else delete dataset[name];
    }
    if (dataset.care) dataset.theme = dataset.theme === "dark" || !dataset.theme && night.matches ? "night" : "contrast";
    dataset.choices = "";
  };
  apply();
  for (const name of ["storage", "kb-choices", "pageshow"]) addEventListener(name, apply);
  night.onchange = apply;
}
