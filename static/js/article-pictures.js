/* Choosing a picture for an article: one of the library, or a new one, always with what it shows in words. */

import { smaller } from "./smaller.js";

const PAUSE = 300;
const dialog = document.querySelector("[data-pictures]");
const form = document.getElementById("article_form");
const part = (name) => dialog.querySelector(`[data-pictures-${name}]`);
const top = form.querySelector("[data-picture-input]");
const editor = form.querySelector("[data-markdown-editor]");
let chosen = null;
let use = null;
let timer;

function say(sentence = "") {
  part("status").textContent = sentence;
}

async function load(query) {
  try {
    const answer = await fetch(`${dialog.dataset.list}?${query}`, { headers: { "HX-Request": "true" } });
    if (answer.ok && !answer.redirected) part("found").innerHTML = await answer.text();
    else say(dialog.dataset.unreachable);
  } catch {
    say(dialog.dataset.unreachable);
  }
}

function show(url) {
  const picture = new Image();
  picture.src = url;
  picture.alt = "";
  part("shown").replaceChildren(picture);
}

function open(then) {
  use = then;
  chosen = null;
  part("shown").replaceChildren();
  part("alt").value = part("find").value = part("file").value = "";
  say();
  dialog.showModal();
  load("");
}

function takeFile(file) {
  if (!file) return;
  chosen = { file };
  const reader = new FileReader();
  reader.onload = () => show(reader.result);
  if (file.size < 20_000_000) reader.readAsDataURL(file);
  say();
  part("alt").value = "";
  part("alt").focus();
}

async function finish() {
  const alt = part("alt").value.trim();
  if (!chosen || !alt) {
    say(chosen ? dialog.dataset.describe : dialog.dataset.choose);
    (chosen ? part("alt") : part("file")).focus();
    return;
  }
  const body = new FormData();
  body.set("alt", alt);
  if (chosen.file) body.set("image", await smaller(chosen.file));
  else body.set("id", chosen.id);
  say(dialog.dataset.sending);
  part("use").disabled = true;
  try {
    const headers = { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value, Accept: "application/json" };
    const answer = await (await fetch(dialog.dataset.add, { method: "POST", body, headers })).json();
    if (answer.error) {
      say(answer.error);
      return;
    }
    dialog.close();
    use(answer);
  } catch {
    say(dialog.dataset.unreachable);
  } finally {
    part("use").disabled = false;
  }
}

function tell(control) {
  control.dispatchEvent(new Event("input", { bubbles: true }));
}

function atTheTop({ id, url, alt }) {
  form.elements.hero.value = id;
  form.elements["hero-remove"].checked = false;
  form.elements.hero_alt.value = alt;
  const picture = new Image();
  picture.src = url;
  picture.alt = alt;
  top.querySelector("[data-picture-shown]").replaceChildren(picture);
  top.querySelector("[data-picture-there]").hidden = false;
  tell(form.elements.hero_alt);
  form.elements.hero_focus.focus();
}

function inTheText({ url, alt }) {
  editor.dispatchEvent(new CustomEvent("markdown:insert", { bubbles: true, detail: `![${alt.replace(/[[\]]/g, "")}](${url})` }));
}

document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-choose-picture]");
  if (button) open(button.dataset.choosePicture === "top" ? atTheTop : inTheText);
});
dialog.addEventListener("click", (event) => {
  const item = event.target.closest("[data-id]");
  const page = event.target.closest(".pager a");
  if (item) {
    chosen = { id: item.dataset.id };
    show(item.dataset.url);
    part("alt").value = item.dataset.alt;
    say();
    part("alt").focus();
  } else if (page) {
    event.preventDefault();
    load(new URL(page.href).searchParams);
  } else if (event.target.closest("[data-pictures-use]")) finish();
  else if (event.target.closest("[data-pictures-close]")) dialog.close();
});
part("alt").addEventListener("input", () => say());
part("alt").addEventListener("keydown", (event) => { if (event.key === "Enter") finish(); });
part("find").addEventListener("input", ({ target }) => {
  clearTimeout(timer);
  timer = setTimeout(() => load(new URLSearchParams({ q: target.value })), PAUSE);
});
part("file").addEventListener("change", ({ target }) => takeFile(target.files[0]));
dialog.addEventListener("paste", ({ clipboardData }) => takeFile([...clipboardData.files].find(({ type }) => type.startsWith("image/"))));
for (const kind of ["dragover", "drop"]) {
  for (const place of [dialog, top]) {
    place.addEventListener(kind, (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      if (kind === "dragover") return;
      if (!dialog.open) open(atTheTop);
      takeFile(event.dataTransfer.files[0]);
    });
  }
}

form.elements["hero-remove"].addEventListener("change", ({ target }) => {
  if (!target.checked) return;
  form.elements.hero.value = "";
  top.querySelector("[data-picture-shown]").replaceChildren();
  top.querySelector("[data-picture-there]").hidden = true;
  top.querySelector("[data-choose-picture]").focus();
});
top.querySelector("[data-picture-file]").hidden = true;
top.querySelector("[data-choose-picture]").hidden = false;
editor.querySelector("[data-tools]").prepend(document.querySelector("[data-choose-for-text]").content.cloneNode(true));
