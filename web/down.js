// Sets an article from top to bottom: with the quotation marks and figures that stand
// upright there, and a scroller that a wheel and a keyboard move. A part of han.js.

/** @type {Record<string, string>} */
const QUOTES = { "\u201c": "\u300e", "\u201d": "\u300f", "\u2018": "\u300c", "\u2019": "\u300d" };

/**
 * Returns a text for vertical lines, as long as it was: with corner brackets for
 * quotation marks, and short figures and years upright, one digit below the other.
 * Longer figures lie on their side, as words in Latin letters do.
 * @param {string} text
 * @param {number} most digits of a short figure
 */
export function upright(text, most) {
  if (!/\p{Script=Han}/u.test(text)) return text;
  const wide = (/** @type {string} */ digits) => digits.replace(/\d/g, (d) => String.fromCharCode(d.charCodeAt(0) + 0xfee0));
  return text
    .replace(/[\u201c\u201d\u2018]|(?<!\w)\u2019|\u2019(?!\w)/g, (mark) => QUOTES[mark])
    .replace(/(?<![\w.,:/+-])\d{1,4}(?![\w.,:/%\u2030\u2103-])/g, (digits, at) =>
      digits.length <= most || digits.length === 4 && text[at + 4] === "\u5e74" ? wide(digits) : digits);
}

const SHORT = /(?<![\w.,:/+-])\d{2,3}(?![\w.,:/%\u2030\u2103-])/g;

/**
 * Has figures of two or three digits stand upright, side by side in the place of one
 * character.
 * @param {Text} node
 */
export function combine(node) {
  if (node.parentElement?.closest(".kb-upright")) return;
  for (const { 0: figure, index } of [...node.data.matchAll(SHORT)].reverse()) {
    const rest = node.splitText(index);
    rest.splitText(figure.length);
    const span = document.createElement("span");
    span.className = "kb-upright";
    rest.replaceWith(span);
    span.append(rest);
  }
}

/** Puts together what combine has cut. */
export function uncombine() {
  for (const span of document.querySelectorAll(".kb-upright")) {
    const parent = span.parentNode;
    span.replaceWith(...span.childNodes);
    parent?.normalize();
  }
}

/**
 * Has articles scroll by wheel and keyboard, or no longer.
 * @param {boolean} down
 */
export function scrollers(down) {
  for (const article of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".kb-article"))) {
    if (down === (article.tabIndex === 0)) continue;
    if (!down) {
      article.removeAttribute("tabindex");
      article.removeEventListener("wheel", turn);
      continue;
    }
    article.tabIndex = 0;
    article.addEventListener("wheel", turn, { passive: false });
  }
}

/**
 * Scrolls an article on, and the page where the article ends.
 * @param {WheelEvent} event
 */
function turn(event) {
  const article = /** @type {HTMLElement} */ (event.currentTarget);
  const before = article.scrollLeft;
  if (event.ctrlKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) return;
  article.scrollLeft -= event.deltaY * (event.deltaMode ? 24 : 1);
  if (article.scrollLeft !== before) event.preventDefault();
}
