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

/* Whoever leaves quickly does not come back here with one press; and however slow the way is, nothing is left to be read. */
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-leave]");
  if (!link) return;
  event.preventDefault();
  location.replace(link.href);
  document.title = "";
  document.body.replaceChildren();
});
document.addEventListener("htmx:load", (event) => {
  const root = event.detail.elt.parentNode ?? document;
  if (event.detail.elt.matches("form[data-asked-for]")) event.detail.elt.querySelector("textarea").focus();
  focusErrors(event.detail.elt);
  openScrollers(root);
});

/* What is kept in this browser of texts that were not sent (drafts.js) goes once the server has it, and on signing out. */
function forgetDrafts(isMeant) {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith("draft:") && isMeant(key)) localStorage.removeItem(key);
  } catch {
    // A browser that keeps nothing has nothing to forget.
  }
}

const kept = document.querySelector("[data-draft-kept]")?.dataset.draftKept;
if (kept) forgetDrafts((key) => key === `draft:${kept}`);

document.addEventListener("submit", ({ target }) => {
  if (new URL(target.action, location).pathname !== "/accounts/logout/") return;
  document.dispatchEvent(new Event("signs-out"));
  forgetDrafts(() => true);
  try {
    // Other tabs hear of it.
    localStorage.setItem("signed-out", "");
    localStorage.removeItem("signed-out");
  } catch {
    // Nor do they keep anything then.
  }
});
