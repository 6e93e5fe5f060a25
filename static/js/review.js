/* Choosing a rule suggests what to write to the author, unless something of one's own stands there already. */

const form = document.querySelector("[data-decision]");
const words = form?.elements.words;

form?.addEventListener("change", ({ target }) => {
  if (target.name !== "rule") return;
  const suggested = [...form.elements.rule].map((option) => option.dataset.words ?? "");
  const own = words.value.trim();
  if (own === "" || suggested.includes(own)) words.value = target.dataset.words ?? "";
});
