// How the element looks. This is a part of kanbao.js. Whatever is inherited from the
// host's page is set anew but for the font and the direction, so that no reset of a host
// gets in. No text is below 14px. Ink and marks follow what they stand on.
const css = `
:host { display: block; position: relative; }
:host([hidden]) { display: none; }
.root { all: initial; display: block; visibility: inherit; font-family: inherit; font-size: max(14px, 1em); line-height: 1.5; color-scheme: light;
  --p: var(--kanbao-paper, #ffffff); --i: var(--kanbao-ink, #1b1b1b); --r: var(--kanbao-rule, #85857f); --a: var(--kanbao-accent, #9e1b1f);
  --m: var(--kanbao-mark, #f8e3a3); --mi: var(--kanbao-ink, #1b1b1b); --round: var(--kanbao-radius, 2px); }
.root.dark { color-scheme: dark; --p: var(--kanbao-paper, #191714); --i: var(--kanbao-ink, #ddd6c9); --r: var(--kanbao-rule, #8c8474);
  --a: var(--kanbao-accent, #f08a7d); --m: var(--kanbao-mark, #54431a); --mi: var(--kanbao-ink, #ddd6c9); }
@supports (color: oklch(from red l c h)) {
  .root, .root.dark { --mi: oklch(from var(--m) clamp(0.16, (0.62 - l) * 1000, 0.97) 0 0); }
  .root { --i: var(--kanbao-ink, oklch(from var(--p) clamp(0.2, (0.62 - l) * 1000, 0.88) 0.01 80)); }
  .root.dark { --i: var(--kanbao-ink, oklch(from var(--p) clamp(0.2, (0.62 - l) * 1000, 0.88) 0.01 80)); }
}
.root { --s: color-mix(in srgb, var(--i) 74%, var(--p)); --l: color-mix(in srgb, var(--i) 16%, var(--p)); --h: color-mix(in srgb, var(--a) 12%, var(--p)); color: var(--i); }
* { box-sizing: border-box; }
.plain { display: none; color: CanvasText; }
[hidden] { display: none !important; }
.bar { display: flex; gap: 0.5em; }
input[type="search"] { flex: 1; min-inline-size: 0; inline-size: 100%; min-block-size: 44px; margin: 0; padding-inline: 0.75em; font: inherit; font-size: max(16px, 1em); color: var(--i);
  background: var(--p); border: 1px solid var(--r); border-radius: var(--round); }
input::placeholder { color: var(--s); opacity: 1; }
:focus-visible { outline: 3px solid var(--a); outline-offset: 1px; }
button, select { min-block-size: 44px; padding-inline: 1em; font: inherit; color: var(--i); background: var(--p); border: 1px solid var(--r); border-radius: var(--round); cursor: pointer; }
.open { display: flex; align-items: center; gap: 0.5em; inline-size: fit-content; }
:host(:dir(rtl)) .open { margin-inline-start: auto; }
.open svg { inline-size: 1.1em; block-size: 1.1em; fill: none; stroke: currentColor; stroke-width: 2; }
kbd { padding-inline: 0.4em; font: inherit; font-size: max(14px, 0.85em); color: var(--s); border: 1px solid var(--l); border-radius: 3px; }
.close { display: none; padding-inline: 0.75em; white-space: nowrap; }
.panel { margin: 0; padding: 0; overflow-y: auto; overscroll-behavior: contain; color: var(--i); background: var(--p); border: 1px solid var(--r); border-radius: var(--round); }
.panel[popover] { position: fixed; inset: auto; inline-size: auto; block-size: auto; box-shadow: 0 4px 18px rgb(0 0 0 / 0.2); }
.box[popover] { position: fixed; inset: 0; inline-size: 100%; max-inline-size: none; max-block-size: none; margin: 0; border: 0; overflow: hidden; }
.box[data-how="sheet"], dialog .box { display: flex; flex-direction: column; gap: 0.5em; padding: 0.5em; color: var(--i); background: var(--p); }
.box[data-how="sheet"] .close, dialog .close { display: block; }
.box[data-how="sheet"] .panel, dialog .panel { flex: 1; min-block-size: 0; border-width: 1px 0 0; border-radius: 0; }
dialog { inline-size: min(704px, 100vw - 32px); max-inline-size: none; block-size: fit-content; max-block-size: min(640px, 100dvh - 64px); margin: 8dvh auto auto; padding: 0; color: var(--i); background: var(--p);
  border: 1px solid var(--r); border-radius: var(--round); overflow: hidden; }
dialog[open] { display: flex; flex-direction: column; }
dialog .box { flex: 1; min-block-size: 0; }
dialog::backdrop { background: rgb(0 0 0 / 0.45); }
@media (max-width: 40em) { dialog { inline-size: 100vw; block-size: 100dvh; max-block-size: none; margin: 0; border: 0; } }
p { margin: 0; padding: 0.5em 0.75em; font-size: max(14px, 0.9em); }
p:empty { display: none; }
p button { margin-inline-start: 0.5em; }
ol { margin: 0; padding: 0; list-style: none; }
.panel a, .results a { display: block; padding: 0.6em 0.75em; min-block-size: 44px; color: var(--i); text-decoration: none; line-height: 1.5; overflow-wrap: anywhere; }
li + li { border-block-start: 1px solid var(--l); }
li:has(> a[part~="more"]) { border: 0; }
a:hover, a[aria-selected="true"] { background: var(--h); }
a:focus-visible { outline-offset: -3px; }
a[part~="proposal"] { display: flex; align-items: center; justify-content: space-between; gap: 1em; }
a[part~="more"] { padding-block: 0.3em 0.5em; padding-inline-start: 2em; }
b { display: block; font-weight: 600; }
small { display: block; font-size: max(14px, 0.85em); color: var(--s); }
span { display: block; font-size: max(14px, 0.92em); }
mark { color: var(--mi); background: var(--m); text-decoration: underline 2px var(--a); text-underline-offset: 0.2em; }
a.all { border-block-start: 1px solid var(--r); text-decoration: underline; text-decoration-color: var(--a); text-underline-offset: 0.2em; }
.results { container-type: inline-size; margin-block-start: 0.5em; background: var(--p); border-radius: var(--round); }
.tools { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 0.5em; padding-inline-start: 0.75em; }
.tools label { display: inline-flex; align-items: center; gap: 0.5em; }
.tools p { padding-inline: 0; }
summary { display: flex; align-items: center; gap: 0.6em; min-block-size: 44px; padding-inline: 0.75em; cursor: pointer; font-weight: 600; }
summary::after { content: "" / ""; inline-size: 0.4em; block-size: 0.4em; border: solid; border-width: 0 1.5px 1.5px 0; transform: translateY(-0.15em) rotate(45deg); }
details[open] > summary::after { transform: translateY(0.1em) rotate(225deg); }
fieldset { margin: 0; padding: 0 0.75em; border: 0; min-inline-size: 0; }
legend { padding: 0.5em 0; font-weight: 600; }
fieldset label { display: flex; align-items: center; gap: 0.5em; min-block-size: 44px; overflow-wrap: anywhere; }
fieldset label small { margin-inline-start: auto; padding-inline: 0.5em; }
.results > .next { margin: 0.75em; }
.results ol { max-inline-size: 46em; }
@container (min-width: 46em) {
  .columns { display: grid; grid-template-columns: 1fr 15em; gap: 2em; align-items: start; }
  .columns > details { order: 1; }
}
@media (forced-colors: active) { mark { outline: 1px solid; } a[aria-selected="true"] { outline: 3px solid Highlight; outline-offset: -3px; } }
@media print { .panel, .box[popover], dialog { display: none !important; } }
`;

/** @type {CSSStyleSheet | undefined} */
let sheet; // of all elements of the page

/** Returns the style sheet of the element. */
export function look() {
  if (!sheet) (sheet = new CSSStyleSheet()).replaceSync(css);
  return sheet;
}

/**
 * Returns how light a computed colour is and how opaque, both from 0 to 1.
 * @param {string} color
 */
function lightness(color) {
  const [a = 0, b = 0, c = 0, alpha = 1] = (color.replace(/^[a-z-]+\((?:[a-z][a-z0-9-]* )?(?=[\d.-])/, "").match(/-?[\d.]+(?:e-?\d+)?/g) ?? []).map(Number);
  const sum = 0.299 * a + 0.587 * b + 0.114 * c;
  if (/^rgb/.test(color)) return { light: sum / 255, alpha };
  if (/^color\(/.test(color)) return { light: sum, alpha };
  return { light: /^ok/.test(color) ? a : a / 100, alpha }; // of oklch, oklab, lch and lab
}

/**
 * Reports whether an element stands on something dark: on a colour, if there is one
 * behind it; on a picture, by the colour of its text; else on the browser's own ground,
 * which is of the other kind than its text.
 * @param {Element} on
 * @param {Element} plain an element whose text has the browser's own colour
 */
export function isDark(on, plain) {
  for (let e = /** @type {Element | null} */ (on); e; e = e.assignedSlot ?? e.parentElement ?? hostOf(e)) {
    const { backgroundColor, backgroundImage } = getComputedStyle(e);
    if (backgroundImage !== "none") return lightness(getComputedStyle(on).color).light > 0.5;
    const { light, alpha } = lightness(backgroundColor);
    if (alpha > 0.5) return light < 0.5;
  }
  return lightness(getComputedStyle(plain).color).light > 0.5;
}

/** @param {Element} e */
function hostOf(e) {
  const root = e.getRootNode();
  return root instanceof ShadowRoot ? root.host : null;
}

/** Returns a magnifying glass. */
export function lens() {
  const svg = (/** @type {string} */ name, /** @type {Record<string, string>} */ attributes) => {
    const e = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) e.setAttribute(key, value);
    return e;
  };
  const all = svg("svg", { viewBox: "0 0 16 16", "aria-hidden": "true" });
  all.append(svg("circle", { cx: "6.5", cy: "6.5", r: "5" }), svg("path", { d: "M10.5 10.5 15 15" }));
  return all;
}
