/* A tag that is offered takes the place of the last word in the field. */

document.addEventListener("click", (event) => {
  const offered = event.target.closest("[data-tag]");
  const field = offered && document.querySelector("input[data-tags]");
  if (!field) return;
  const before = field.value.split(",").slice(0, -1).map((word) => word.trim());
  field.value = [...before, offered.dataset.tag].join(", ") + ", ";
  offered.closest("[data-tags-offered]").replaceChildren();
  field.focus();
});
