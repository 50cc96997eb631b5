// Shows a picture of an article as large as the window, and larger: with two fingers,
// the wheel, a double click, or the keys + - 0 and the arrows. article.js loads it when
// a reader asks for the first time.

/**
 * @param {HTMLAnchorElement} link around the picture, to the whole of it
 * @param {{ picture: string, larger: string, smaller: string, close: string }} words
 */
export function enlarge(link, words) {
  const small = link.querySelector("img");
  const dialog = document.createElement("dialog");
  dialog.className = "kb-enlarged";
  dialog.setAttribute("aria-label", small?.alt || words.picture);
  const image = Object.assign(document.createElement("img"), { src: link.href, alt: small?.alt ?? "", draggable: false });
  if (small) {
    image.width = small.naturalWidth;
    image.height = small.naturalHeight;
  }
  const view = { scale: 1, x: 0, y: 0 };
  const show = () => { image.style.transform = `translate(${view.x}px, ${view.y}px) scale(${view.scale})`; };
  /**
   * Changes the scale and leaves what is below a point of the window where it is.
   * @param {number} by
   * @param {number} [x]
   * @param {number} [y]
   */
  const zoom = (by, x = innerWidth / 2, y = innerHeight / 2) => {
    const scale = Math.min(8, Math.max(1, view.scale * by));
    const ratio = scale / view.scale;
    view.x = scale === 1 ? 0 : (x - innerWidth / 2) * (1 - ratio) + view.x * ratio;
    view.y = scale === 1 ? 0 : (y - innerHeight / 2) * (1 - ratio) + view.y * ratio;
    view.scale = scale;
    show();
  };
  const move = (/** @type {number} */ x, /** @type {number} */ y) => {
    if (view.scale === 1) return;
    const most = { x: (innerWidth * view.scale) / 2, y: (innerHeight * view.scale) / 2 };
    view.x = Math.min(most.x, Math.max(-most.x, view.x + x));
    view.y = Math.min(most.y, Math.max(-most.y, view.y + y));
    show();
  };
  const button = (/** @type {string} */ label, /** @type {string} */ sign, /** @type {() => void} */ act) => {
    const b = Object.assign(document.createElement("button"), { type: "button", textContent: sign, onclick: act });
    b.setAttribute("aria-label", label);
    return b;
  };
  const tools = document.createElement("div");
  tools.className = "kb-enlarged-tools";
  tools.append(button(words.smaller, "−", () => zoom(1 / 1.5)), button(words.larger, "+", () => zoom(1.5)), button(words.close, "×", () => dialog.close()));
  const caption = link.closest("figure")?.querySelector("figcaption")?.innerText ?? "";
  dialog.append(image, tools);
  if (caption) dialog.append(Object.assign(document.createElement("p"), { className: "kb-enlarged-caption", textContent: caption }));

  /** @type {Record<string, () => void>} */
  const keys = {
    "+": () => zoom(1.5), "=": () => zoom(1.5), "-": () => zoom(1 / 1.5), 0: () => zoom(0),
    ArrowLeft: () => move(60, 0), ArrowRight: () => move(-60, 0), ArrowUp: () => move(0, 60), ArrowDown: () => move(0, -60),
  };
  dialog.addEventListener("keydown", (event) => {
    const act = keys[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  });
  dialog.addEventListener("wheel", (event) => {
    event.preventDefault();
    zoom(event.deltaY < 0 ? 1.15 : 1 / 1.15, event.clientX, event.clientY);
  }, { passive: false });
  image.addEventListener("dblclick", (event) => zoom(view.scale > 1 ? 0 : 2.5, event.clientX, event.clientY));

  /** @type {Map<number, { x: number, y: number }>} */
  const fingers = new Map();
  image.addEventListener("pointerdown", (event) => {
    image.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
  });
  image.addEventListener("pointermove", (event) => {
    const was = fingers.get(event.pointerId);
    if (!was) return;
    const now = { x: event.clientX, y: event.clientY };
    const other = [...fingers].find(([id]) => id !== event.pointerId)?.[1];
    if (other) {
      const far = (/** @type {{ x: number, y: number }} */ p) => Math.hypot(p.x - other.x, p.y - other.y) || 1;
      zoom(far(now) / far(was), (now.x + other.x) / 2, (now.y + other.y) / 2);
    } else {
      move(now.x - was.x, now.y - was.y);
    }
    fingers.set(event.pointerId, now);
  });
  for (const end of /** @type {const} */ (["pointerup", "pointercancel"])) image.addEventListener(end, (event) => fingers.delete(event.pointerId));

  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  dialog.addEventListener("close", () => {
    dialog.remove();
    link.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
}
