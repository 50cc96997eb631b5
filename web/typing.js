// How a search field behaves: when what is typed is searched for, and how the engine is
// asked. The first is the same in <kanbao-search> and in the field of a site, for the first
// hits (early.js) as for the reader (wasm/page), which asks by itself. What is shown, and
// where, each does as it should. This is a part of live.js and of kanbao.js.

const composed = 400; // ms without a letter after which what a touch keyboard composes is searched for

/** Reports whether fingers type here, on a keyboard that covers half of the screen. */
const byTouch = () => matchMedia("(pointer: coarse)").matches;

/**
 * Reports whether a key was pressed alone: with another one it is the browser's.
 * @param {KeyboardEvent} event
 */
export const isAlone = ({ ctrlKey, metaKey, altKey }) => !(ctrlKey || metaKey || altKey);

/**
 * Returns where an arrow key leads in a list. Beyond either end is the field, which is -1.
 * @param {number} at
 * @param {number} n how many there are
 * @param {string} key "ArrowDown" or "ArrowUp"
 */
export const step = (at, n, key) => ((at + (key === "ArrowDown" ? 2 : 0) + n + 1) % (n + 1)) - 1;

/**
 * What a field tells.
 * @typedef {object} Listener
 * @property {(text: string) => unknown} typed of the text, when it may be another one and
 *   is to be searched for
 * @property {(event: KeyboardEvent) => unknown} pressed of a key that was pressed alone
 * @property {(event: Event) => unknown} submitted of Enter, unless it was taken as a key, and
 *   of the form that the field is in
 */

/** Typing listens to a search field. A key that an input method has taken is nobody's. */
export class Typing {
  #later = 0; // a timer

  /**
   * @param {HTMLInputElement} field
   * @param {Listener} to
   * @param {AbortSignal} [signal] ends it
   * @param {boolean} [composing] somebody composes already
   */
  constructor(field, to, signal, composing = false) {
    this.field = field;
    this.composing = composing;
    const typed = () => {
      clearTimeout(this.#later);
      if (field.isConnected && !signal?.aborted) to.typed(this.text);
    };
    // A touch keyboard composes Latin letters too, and may commit them only at the next space.
    const wait = () => { if (byTouch()) this.#later = setTimeout(typed, composed); };
    const submit = (/** @type {Event} */ event) => {
      if (this.composing) event.preventDefault();
      else to.submitted(event);
    };
    /** @type {<Name extends keyof HTMLElementEventMap>(name: Name, act: (event: HTMLElementEventMap[Name]) => void) => void} */
    const on = (name, act) => field.addEventListener(name, act, { signal });
    on("focus", () => { this.composing = false; }); // a field that was taken out of the page is not told that it has ended
    on("compositionstart", () => { this.composing = true; });
    on("compositionend", () => {
      this.composing = false;
      typed();
    });
    on("input", (event) => {
      clearTimeout(this.#later);
      if (this.composing || /** @type {InputEvent} */ (event).isComposing) wait();
      else typed();
    });
    on("keydown", (event) => {
      if (this.composing || event.isComposing || event.keyCode === 229) return;
      if (isAlone(event)) to.pressed(event);
      if (event.key === "Enter" && !field.form && !event.defaultPrevented) submit(event);
    });
    field.form?.addEventListener("submit", submit, { signal });
    if (composing) wait();
  }

  /** What is searched for. */
  get text() { return this.field.value.trim(); }

  /** Puts a keyboard that covers half of the screen away. Who has a real one goes on typing. */
  putAway() { if (byTouch()) this.field.blur(); }
}

/** Asking asks for one text at a time, which is the last. */
export class Asking {
  #search;
  #failed;
  #stop = new AbortController();
  asked = ""; // what is shown is about, or will be
  busy = false; // what is shown is not yet about it

  /**
   * @param {(text: string, signal: AbortSignal) => unknown} search asks the engine and
   *   shows what it answers; "" is a text, too
   * @param {(error: unknown) => void} failed is told why, unless something else is asked
   */
  constructor(search, failed) {
    this.#search = search;
    this.#failed = failed;
  }

  /** Aborted when something else is asked, or nothing. */
  get signal() { return this.#stop.signal; }

  /**
   * @param {string} text
   * @param {boolean} [anew] even if it is what was asked last
   */
  async ask(text, anew = false) {
    if (text === this.asked && !anew) return;
    this.end();
    const { signal } = this;
    this.asked = text;
    this.busy = true;
    try {
      await this.#search(text, signal);
    } catch (error) {
      if (!signal.aborted) this.#failed(error);
    } finally {
      if (signal === this.signal) this.busy = false;
    }
  }

  /** Asks no more. The same text will be another one. */
  end() {
    this.#stop.abort();
    this.#stop = new AbortController();
    this.asked = "";
    this.busy = false;
  }
}
