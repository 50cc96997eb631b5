// Reads an article aloud, sentence by sentence, with a voice of the browser. loader.js
// fetches it when the reader wants to listen.
import { choices, choose } from "./choices.js";
import { inInterface, interfaceLanguage } from "./interface.js";
import { element, panelSheet } from "./panel.js";
import { styled } from "./sheet.js";
import { sentences } from "./sentences.js";
import { mark, PARAGRAPHS, textOf, unmark } from "./spoken.js";

/**
 * The words of the bar in one language: text.Listen. "{}" stands for a number.
 * @typedef {object} Words
 * @property {string} name
 * @property {string} pause
 * @property {string} resume
 * @property {string} previous
 * @property {string} next
 * @property {string} speed
 * @property {string} times
 * @property {string} stop
 * @property {string} failed
 */

/**
 * By language. The site generator writes them here.
 * @type {Record<string, Words>}
 */
const WORDS = {};

const SPEEDS = ["0.8", "0.9", "1", "1.1", "1.25", "1.5"];

/**
 * A sentence, and the block of the article that it is in.
 * @typedef {{ block: Element, from: number, to: number, text: string }} Sentence
 */

/** @type {Reading | undefined} */
let reading;

/**
 * Begins to read the article that is seen, or ends.
 * @param {HTMLElement} button that has been pressed
 */
export async function toggle(button) {
  await styled(panelSheet);
  if (reading) reading.stop();
  else reading = begin(button);
}

/** @param {HTMLElement} button */
function begin(button) {
  const article = [...document.querySelectorAll(".kb-article")].find((each) => each.checkVisibility());
  if (!article) return undefined;
  const all = [...article.querySelectorAll(PARAGRAPHS)].flatMap((block) => {
    const text = textOf(block);
    return sentences(text).map(([from, to]) => ({ block, from, to, text: text.slice(from, to) }));
  });
  // From where the reader is: with what is seen first below the sticky head, if any.
  const first = all.findIndex(({ block }) => block.getBoundingClientRect().bottom > 60);
  return all.length ? new Reading(button, article, all, Math.max(0, first)) : undefined;
}

/**
 * Returns the voice for an element's language, or undefined.
 * @param {Element} element
 */
function voiceOf(element) {
  const lang = element.closest("[lang]")?.getAttribute("lang") || "zh-Hans";
  const wanted = /^zh-(hant|tw|hk|mo)/i.test(lang) ? /^(zh|cmn)[-_](hant|tw)/i : /^(zh|cmn)[-_](hans|cn)/i;
  const voices = speechSynthesis.getVoices();
  const alike = voices.filter((voice) => same(voice.lang, lang));
  return alike.find((voice) => wanted.test(voice.lang) && voice.localService) ?? alike.find((voice) => wanted.test(voice.lang)) ?? alike.find((voice) => voice.default) ?? alike[0];
}

/**
 * Tells whether two tags name one language. A voice for Chinese may call it Mandarin.
 * @param {string} voice
 * @param {string} text
 */
function same(voice, text) {
  const [a, b] = [voice, text].map((tag) => tag.toLowerCase().split(/[-_]/)[0].replace("cmn", "zh"));
  return a === b;
}

class Reading {
  /**
   * @param {HTMLElement} button
   * @param {Element} article
   * @param {Sentence[]} all
   * @param {number} at the sentence to begin with
   */
  constructor(button, article, all, at) {
    this.button = button;
    this.all = all;
    this.at = at;
    this.voice = voiceOf(article);
    this.paused = false;
    /** @type {SpeechSynthesisUtterance | undefined} */
    this.speaking = undefined;
    this.words = inInterface(WORDS);
    this.bar = this.makeBar();
    document.body.append(this.bar);
    document.documentElement.dataset.listening = "";
    button.setAttribute("aria-pressed", "true");
    this.leave = () => this.stop();
    addEventListener("pagehide", this.leave);
    // A live page takes the article away without a word.
    this.watch = setInterval(() => { if (!all[this.at].block.checkVisibility()) this.stop(); }, 300);
    this.speak();
  }

  makeBar() {
    const { words } = this;
    const bar = element("div", { className: "kb-listening", ariaLabel: words.name, lang: interfaceLanguage() });
    bar.setAttribute("role", "region");
    const button = (/** @type {string} */ id, /** @type {string} */ label, /** @type {() => void} */ act) =>
      element("button", { type: "button", id, className: "kb-act", textContent: label, onclick: act });
    this.pauseButton = button("kb-pause", words.pause, () => this.pause());
    this.pauseButton.setAttribute("aria-pressed", "false");
    const speed = element("select", { id: "kb-speed", ariaLabel: words.speed });
    const kept = choices().speed;
    for (const value of SPEEDS) {
      const usual = value === (SPEEDS.includes(kept) ? kept : "1");
      speed.append(new Option(words.times.replace("{}", value), value, usual, usual));
    }
    speed.addEventListener("change", () => {
      choose({ speed: speed.value });
      if (!this.paused) this.speak();
    });
    this.speed = speed;
    this.message = element("p", {});
    this.message.setAttribute("role", "status");
    bar.append(
      button("kb-earlier", words.previous, () => this.move(-1)), this.pauseButton,
      button("kb-later", words.next, () => this.move(1)), speed,
      button("kb-stop", words.stop, () => {
        this.stop();
        this.button.focus();
      }), this.message);
    return bar;
  }

  // speak speaks the sentence, and then the next one. What was spoken before it ends.
  speak() {
    const { block, from, to, text } = this.all[this.at];
    this.quiet();
    const spoken = new SpeechSynthesisUtterance(text);
    this.speaking = spoken; // it must be kept, or some browsers forget it and say no end
    if (this.voice) spoken.voice = this.voice;
    spoken.lang = this.voice?.lang ?? document.documentElement.lang;
    spoken.rate = Number(this.speed?.value ?? 1);
    spoken.onend = () => {
      if (this.speaking !== spoken) return;
      if (++this.at < this.all.length) this.speak();
      else this.stop();
    };
    spoken.onerror = ({ error }) => {
      if (this.speaking !== spoken || error === "canceled" || error === "interrupted") return;
      this.pause();
      if (this.message) this.message.textContent = this.words.failed;
    };
    if (this.message) this.message.textContent = "";
    mark(block, from, to);
    speechSynthesis.speak(spoken);
  }

  // quiet ends what is being spoken.
  quiet() {
    this.speaking = undefined;
    speechSynthesis.cancel();
  }

  // pause stops in the middle of a sentence, which is then read once more: not every
  // browser can go on where it was.
  pause() {
    this.paused = !this.paused;
    this.pauseButton?.setAttribute("aria-pressed", String(this.paused));
    if (this.paused) this.quiet();
    else this.speak();
  }

  /**
   * Goes to the next paragraph, or to the one before.
   * @param {1 | -1} step
   */
  move(step) {
    const { all } = this;
    const { block } = all[this.at];
    const blocks = [...new Set(all.map((sentence) => sentence.block))];
    const to = blocks[Math.min(blocks.length - 1, Math.max(0, blocks.indexOf(block) + step))];
    this.at = all.findIndex((sentence) => sentence.block === to);
    if (this.paused) mark(to, all[this.at].from, all[this.at].to);
    else this.speak();
  }

  stop() {
    this.quiet();
    clearInterval(this.watch);
    removeEventListener("pagehide", this.leave);
    unmark();
    this.bar.remove();
    delete document.documentElement.dataset.listening;
    this.button.setAttribute("aria-pressed", "false");
    reading = undefined;
  }
}
