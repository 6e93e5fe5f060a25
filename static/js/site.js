/* Small comforts of every page; each page works without them. */

function closeMenus(except) {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (menu !== except) menu.open = false;
  }
}

document.addEventListener("click", (event) => closeMenus(event.target.closest("details.menu")));

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = event.target.closest("details.menu[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

function focusErrors(root) {
  root.querySelector(".error-summary")?.focus();
}

/* A box that scrolls sideways must be reachable with the keyboard; one that does not should not be a stop. */
function openScrollers(root) {
  for (const box of root.querySelectorAll("pre, .table-scroll, .prose > table")) {
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
  }
}

focusErrors(document);
openScrollers(document);
document.addEventListener("htmx:load", (event) => {
  const root = event.detail.elt.parentNode ?? document;
  if (event.detail.elt.matches("form[data-asked-for]")) event.detail.elt.querySelector("textarea").focus();
  focusErrors(event.detail.elt);
  openScrollers(root);
});
