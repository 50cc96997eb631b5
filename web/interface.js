// The language of the interface, which the reader may have chosen. A part of the scripts
// that say something.

/** Returns the language of the interface: what the reader has chosen, else the page's. */
export function interfaceLanguage() {
  const { dataset, lang } = document.documentElement;
  return dataset.lang && ["zh-Hans", "zh-Hant", "en"].includes(dataset.lang) ? dataset.lang : lang;
}

/**
 * Returns the words in the language of the interface.
 * @template T
 * @param {Record<string, T>} words by language
 */
export const inInterface = (words) => words[interfaceLanguage()] ?? words["zh-Hans"];
