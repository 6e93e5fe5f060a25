/* That a suggestion was opened is counted, of nobody in particular. Who finds none of them is led on. */

function isOpened({ type, button }) {
  return type === "click" || button === 1;
}

for (const kind of ["click", "auxclick"]) {
  document.addEventListener(kind, (event) => {
    const link = event.target.closest("a[data-opened]");
    if (!link || !isOpened(event)) return;
    const { suggestions } = link.closest("[data-suggestions]").dataset;
    navigator.sendBeacon(suggestions, new URLSearchParams({ suggestion: link.dataset.opened }));
  });
}

/* The button that was pressed is gone: whoever uses the keyboard goes on from what took its place, or from below. */
document.addEventListener("htmx:afterSettle", () => {
  const told = document.querySelector("#suggestions-told");
  if (!told || told.dataset.seen) return;
  told.dataset.seen = "";
  told.focus();
});
