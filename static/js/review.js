/* The review queue: what was decided goes and the next item comes without a new page; what happens meanwhile is told. */

const main = () => document.getElementById("main");

/* Choosing a rule suggests what to write to the author, unless something of one's own stands there already. */
document.addEventListener("change", ({ target }) => {
  const form = target.closest("[data-decision]");
  if (!form || target.name !== "rule") return;
  const words = form.elements.words;
  const suggested = [...form.elements.rule].map((option) => option.dataset.words ?? "");
  const own = words.value.trim();
  if (own === "" || suggested.includes(own)) words.value = target.dataset.words ?? "";
});

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  // Whoever comes too late reads what happened, and finds what they wrote.
  if (detail.xhr.status === 409) {
    detail.shouldSwap = true;
    detail.isError = false;
  }
  // A page that is no part of the queue, such as the one to sign in, takes the place of nothing here.
  if (detail.target.id === "waiting" && !detail.serverResponse.includes('id="waiting"')) detail.shouldSwap = false;
  if (detail.target.id === "main" && !detail.serverResponse.includes("data-review")) location.assign(detail.xhr.responseURL);
});

/* Whoever moves or types here is still at the item, which the page says when it asks what happened meanwhile. */
let isHere = false;
for (const sign of ["keydown", "input", "pointerdown", "scroll"]) {
  document.addEventListener(sign, () => { isHere = true; }, { capture: true, passive: true });
}
document.addEventListener("htmx:beforeRequest", () => {
  document.getElementById("page-status").classList.remove("visually-hidden");
});
document.addEventListener("htmx:configRequest", ({ detail }) => {
  if (detail.elt.id !== "live") return;
  if (isHere) detail.parameters.is_here = "yes";
  isHere = false;
});

/* The eye and the keyboard go to the new item. What was done stands on top of it, and is only said aloud here: shown
   once more at the foot of a phone it would lie on the buttons. */
document.addEventListener("htmx:afterSettle", ({ detail }) => {
  if (detail.elt !== main()) return;
  const status = document.getElementById("page-status");
  status.textContent = document.querySelector(".messages")?.textContent.trim() ?? "";
  status.classList.add("visually-hidden");
  const form = document.querySelector("[data-decision]");
  const field = form?.querySelector("input:not([type=hidden]), textarea");
  if (!document.activeElement || document.activeElement === document.body) {
    (field ?? document.getElementById("item-title") ?? main()).focus();
  }
});

/* Keys. They rest after something new has come, so that nobody decides about what they have not seen; and they are off
   while somebody types, and where this browser was told so. */

const REST = 600;
let changedAt = performance.now();
document.addEventListener("htmx:afterSwap", ({ detail }) => {
  if (["main", "news"].includes(detail.elt.id)) changedAt = performance.now();
});
document.addEventListener("htmx:oobAfterSwap", () => { changedAt = performance.now(); });

function usesKeys() {
  try {
    return localStorage.getItem("review-keys") !== "no";
  } catch {
    return true;
  }
}

function openKeys() {
  const dialog = document.getElementById("keys");
  dialog.querySelector("[data-uses-keys]").checked = usesKeys();
  dialog.showModal();
}

function move(step) {
  const lines = [...document.querySelectorAll("#waiting .queue-item")];
  const here = lines.findIndex((line) => line.getAttribute("aria-current"));
  (lines[here + step] ?? lines[here])?.click();
}

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input:not([type=checkbox], [type=radio]), textarea, select, dialog");
  if (typing || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (event.key === "?") return openKeys();
  if (!usesKeys() || performance.now() - changedAt < REST) return;
  if (event.key === "j") return move(1);
  if (event.key === "k") return move(-1);
  if (/^[a-z]$/.test(event.key)) document.querySelector(`[data-key="${event.key}"]`)?.click();
});

document.addEventListener("click", ({ target }) => {
  if (target.closest("[data-keys]")) openKeys();
  if (target.closest("[data-close-keys]")) document.getElementById("keys").close();
});

document.addEventListener("change", ({ target }) => {
  if (!target.matches("[data-uses-keys]")) return;
  try {
    localStorage.setItem("review-keys", target.checked ? "yes" : "no");
  } catch {
    // A browser that keeps nothing keeps the keys on.
  }
});

const showKeys = () => document.querySelector("[data-keys]")?.removeAttribute("hidden");
showKeys();
document.addEventListener("htmx:afterSettle", showKeys);
