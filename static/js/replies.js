/* Choosing a saved reply fills the field below it, unless something of one's own stands there already: then its button adds it. */

document.addEventListener("change", ({ target }) => {
  if (!target.matches("[data-replies]")) return;
  const form = target.form;
  const field = form.elements.words;
  const offered = [...form.querySelectorAll("[data-words]")].map((one) => filled(one.dataset.words, form));
  const own = field.value.trim();
  if (own === "" || offered.includes(own)) field.value = filled(target.selectedOptions[0].dataset.words ?? "", form);
});

/* The rule may have been chosen after the page came. */
function filled(words, form) {
  const chosen = form.querySelector("[name=rule]:checked:not([value=other])");
  const rule = chosen?.labels[0]?.querySelector(".hint")?.textContent;
  return rule ? words.replaceAll("{rule}", rule) : words;
}
