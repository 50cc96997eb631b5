// Opens what an author has folded around something that is to be seen.

/** @param {Element} element */
export function unfold(element) {
  const fold = element.closest("details");
  if (!fold) return;
  // Its summary is seen, folded or not.
  if (element.closest("summary")?.parentElement !== fold) fold.open = true;
  if (fold.parentElement) unfold(fold.parentElement);
}
