/* Beside the form of an article: the page as readers would see it, and who else has the article open. */

const PAUSE = 500;
const BEAT = 20_000;
const side = document.querySelector("[data-beside]");
const form = side.closest("form");
side.hidden = false;
const others = document.querySelector("[data-others]");
const pane = side.querySelector("[data-look-page]");
const status = side.querySelector("[data-look-status]");
// In a tree of its own the page has the site's style sheets and none of the admin's, and its ids meet no others.
const root = pane.attachShadow({ mode: "open" });
const page = document.createElement("div");
page.className = "look";
root.append(side.querySelector("[data-look-styles]").content.cloneNode(true), page);
let timer;
let request;
let shown;
let isWriting = document.querySelector(".errornote") !== null;

function typed() {
  const fields = new FormData(form);
  for (const [name, value] of [...fields]) if (typeof value !== "string") fields.delete(name);
  fields.set("form", side.dataset.path);
  return fields;
}

const headers = () => ({ "X-CSRFToken": form.elements.csrfmiddlewaretoken.value, Accept: "application/json" });

// The page

function lookSoon() {
  clearTimeout(timer);
  timer = setTimeout(look, PAUSE);
}

async function look() {
  if (![...side.querySelectorAll("details")].some(({ open }) => open)) return;
  const body = typed();
  const asked = new URLSearchParams(body).toString();
  if (asked === shown) return;
  request?.abort();
  request = new AbortController();
  try {
    const response = await fetch(side.dataset.look, { method: "POST", body, headers: headers(), signal: request.signal });
    const answer = await response.json();
    status.textContent = answer.error ?? "";
    if (answer.error) return;
    shown = asked;
    const top = pane.scrollTop;
    page.innerHTML = answer.page;
    pane.scrollTop = top;
    side.querySelector("[data-notes]").innerHTML = answer.notes;
    side.querySelector("[data-notes-count]").textContent = answer.count;
  } catch (error) {
    if (error.name !== "AbortError") status.textContent = side.dataset.unreachable;
  }
}

/* The part of the page that is being written comes into view. */
function follow(field) {
  const headings = [...page.querySelectorAll(".prose [id^=section-]")];
  const before = field.value.slice(0, field.selectionStart);
  const passed = field.name === "body" ? before.match(/^#{1,6} +\S/gm)?.length ?? 0 : 0;
  const marks = { help_emergency: "#help-emergency", help_soon: "#help-soon", help_visit: "#help-visit", key_points: "#in-short" };
  const target = field.name === "body" ? headings[passed - 1] ?? page.querySelector(".prose") : page.querySelector(marks[field.name] ?? "h1");
  if (target) pane.scrollTop += target.getBoundingClientRect().top - pane.getBoundingClientRect().top - 16;
}

form.addEventListener("input", () => {
  lookSoon();
  if (isWriting) return;
  isWriting = true;
  if (others) beat();
});
form.addEventListener("change", lookSoon);
form.addEventListener("draft:came", lookSoon);
form.addEventListener("focusin", ({ target }) => { if (target.matches("textarea, .vTextField")) follow(target); });
form.addEventListener("keyup", ({ target }) => { if (target.name === "body") follow(target); });
side.addEventListener("toggle", lookSoon, true);
// The preview leads nowhere: a link opens beside it, a mark moves within it.
root.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  const isButton = event.target.closest("button");
  if (link || isButton) event.preventDefault();
  const hash = link?.getAttribute("href")?.match(/^#(.+)/);
  if (hash) root.getElementById(hash[1])?.scrollIntoView({ block: "nearest" });
  else if (link) open(link.href, "_blank", "noopener");
});
look();

// Who else is here

async function beat() {
  if (document.visibilityState === "hidden") return;
  const body = new FormData();
  body.set("based_on", form.elements.based_on.value);
  if (isWriting) body.set("is_writing", "1");
  try {
    const response = await fetch(others.dataset.others, { method: "POST", body, headers: headers() });
    if (!response.ok || response.redirected) return;
    const said = await response.text();
    // Said once, not with every beat.
    if (said.trim() !== others.dataset.said) others.innerHTML = said;
    others.dataset.said = said.trim();
  } catch {
    // The next beat may get through.
  }
}

if (others) {
  beat();
  setInterval(beat, BEAT);
  document.addEventListener("visibilitychange", beat);
}
