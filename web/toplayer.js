// Where the panel of the element stands: in the top layer, so that nothing of a host
// clips it, below the field or above it, over the whole of a narrow screen, or within a
// dialog. This is a part of kanbao.js.

const narrow = matchMedia("(max-width: 40em)");
const pops = "popover" in HTMLElement.prototype;
const gap = 4; // px between field and panel, and between panel and the edge of the screen
const least = 240; // px of room below from which the panel does not go above
const most = { width: 760, height: 512 }; // px

/** @typedef {"" | "below" | "sheet" | "within"} How */

export class Panel {
  /** @type {How} */
  #how = "";
  #moved = () => this.#place();
  #turned = () => this.open(this.#how === "within");

  /**
   * @param {HTMLElement} box has the bar and the panel
   * @param {HTMLElement} bar has the field
   * @param {HTMLElement} panel
   * @param {HTMLElement} space keeps the place of a box that is in the top layer
   */
  constructor(box, bar, panel, space) {
    this.box = box;
    this.bar = bar;
    this.panel = panel;
    this.space = space;
  }

  get isOpen() { return this.#how !== ""; }

  get isSheet() { return this.#how === "sheet"; }

  /** @param {boolean} within a dialog, where it is part of that */
  open(within) {
    /** @type {How} */
    const how = within || !pops ? "within" : narrow.matches ? "sheet" : "below";
    if (how !== this.#how) {
      this.close();
      this.#how = how;
      this.panel.hidden = false;
      this.box.dataset.how = how;
      if (how === "sheet") this.space.style.blockSize = `${this.bar.offsetHeight}px`;
      if (how !== "within") {
        const top = how === "sheet" ? this.box : this.panel;
        top.setAttribute("popover", "manual");
        top.showPopover();
        addEventListener("scroll", this.#moved, { capture: true, passive: true });
        addEventListener("resize", this.#moved);
        visualViewport?.addEventListener("resize", this.#moved);
        visualViewport?.addEventListener("scroll", this.#moved);
        narrow.addEventListener("change", this.#turned);
      }
    }
    this.#place();
  }

  close() {
    if (!this.#how) return;
    this.#how = "";
    delete this.box.dataset.how;
    this.panel.hidden = true;
    this.space.style.blockSize = "";
    for (const top of [this.box, this.panel]) {
      if (top.hasAttribute("popover") && top.isConnected && top.matches(":popover-open")) top.hidePopover();
      top.removeAttribute("popover");
      top.removeAttribute("style");
    }
    removeEventListener("scroll", this.#moved, { capture: true });
    removeEventListener("resize", this.#moved);
    visualViewport?.removeEventListener("resize", this.#moved);
    visualViewport?.removeEventListener("scroll", this.#moved);
    narrow.removeEventListener("change", this.#turned);
  }

  #place() {
    // Lengths are multiplied by the zoom of a host; what is measured on the screen is not.
    const zoom = zoomOf(this.box), { offsetTop = 0, height = innerHeight } = visualViewport ?? {};
    const top = offsetTop / zoom, bottom = (offsetTop + height) / zoom;
    if (this.#how === "sheet") Object.assign(this.box.style, { top: `${top}px`, height: `${bottom - top}px` });
    if (this.#how !== "below") return;
    const on = this.bar.getBoundingClientRect();
    const field = { left: on.left / zoom, top: on.top / zoom, bottom: on.bottom / zoom, width: on.width / zoom };
    const below = bottom - field.bottom - 2 * gap, above = field.top - top - 2 * gap;
    const { style } = this.panel;
    const view = document.compatMode === "BackCompat" ? document.body : document.documentElement; // which has the window's width
    style.maxHeight = `${most.height}px`;
    const up = below < Math.min(least, this.panel.scrollHeight) && above > below;
    const wide = view.clientWidth * zoomOf(view) / zoom;
    const width = Math.min(Math.max(field.width, 320), most.width, wide - 2 * gap);
    Object.assign(style, {
      maxHeight: `${Math.max(88, Math.min(most.height, up ? above : below))}px`,
      width: `${width}px`,
      left: `${Math.max(gap, Math.min(field.left, wide - width - gap))}px`,
      top: up ? "auto" : `${field.bottom + gap}px`,
      bottom: up ? `${innerHeight / zoom - field.top + gap}px` : "auto",
    });
  }
}

/**
 * Returns by what a host's style sheet multiplies the lengths of an element.
 * @param {any} e
 * @returns {number}
 */
const zoomOf = (e) => e.currentCSSZoom || 1;
