/* The article form: a closed tab does not lose what was written, and new sources get their number. */

const form = document.getElementById("article_form");
let changed = form?.querySelector(".errornote") !== null;

form?.addEventListener("input", () => { changed = true; });
form?.addEventListener("submit", () => { changed = false; });
window.addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });

document.addEventListener("formset:added", ({ target }) => {
  const place = target.querySelector("[name$=-position]");
  const numbers = [...document.querySelectorAll("[name^=sources-][name$=-position]")].map((one) => Number(one.value));
  if (place) place.value = Math.max(0, ...numbers) + 1;
});
