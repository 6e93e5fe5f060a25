// The Markdown editor: a live preview, and pictures by button, paste or drop. No key is taken from the browser.
// Everything is heard on the document, so editors that are added to the page later work like the first ones.

import { smaller } from "./smaller.js";

const previews = new WeakMap();

const editorOf = (element) => element.closest?.("[data-markdown-editor]");
const part = (editor, name) => editor.querySelector(`[data-${name}]`);
const textOf = (editor) => editor.querySelector("textarea");
const tokenOf = (editor) => editor.closest("form")?.querySelector("[name=csrfmiddlewaretoken]")?.value;

function wake(root) {
  for (const editor of root.querySelectorAll("[data-markdown-editor]")) {
    // Readers who are not signed in have a form without a token: for them it is a plain field.
    if (!tokenOf(editor)) continue;
    part(editor, "tools").hidden = false;
    const box = part(editor, "preview-box");
    if (box) box.hidden = false;
  }
}

function say(editor, sentence, isRefusal = false) {
  const status = part(editor, "status");
  status.textContent = sentence;
  status.classList.toggle("error", isRefusal);
}

// The answer to a POST, or null once the person has been told why there is none.
async function send(editor, url, fields, signal) {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  try {
    const response = await fetch(url, {
      method: "POST",
      body,
      signal,
      headers: { "X-CSRFToken": tokenOf(editor), Accept: "application/json" },
    });
    if (response.ok && !response.redirected) return response;
    const isSentence = response.headers.get("Content-Type")?.startsWith("application/json");
    say(editor, isSentence ? (await response.json()).error : editor.dataset.unreachable, true);
  } catch (error) {
    if (error.name !== "AbortError") say(editor, editor.dataset.unreachable, true);
  }
  return null;
}

// Preview

function previewSoon(editor) {
  const state = previews.get(editor) ?? {};
  previews.set(editor, state);
  clearTimeout(state.timer);
  state.timer = setTimeout(() => preview(editor, state), Number(textOf(editor).dataset.markdownxLatency));
}

async function preview(editor, state) {
  if (!part(editor, "preview-box")?.open) return;
  const text = textOf(editor);
  if (text.value === state.shown) return;
  state.request?.abort();
  state.request = new AbortController();
  const asked = text.value;
  const fields = { ...Object.fromEntries(new URLSearchParams(editor.dataset.preview)), content: asked };
  const response = await send(editor, text.dataset.markdownxUrlsPath, fields, state.request.signal);
  if (!response) return;
  const html = await response.text().catch(() => null);
  if (html === null) return;
  part(editor, "preview-text").innerHTML = html;
  state.shown = asked;
  if (part(editor, "status").classList.contains("error")) say(editor, "");
}

// Pictures

async function addPictures(editor, files) {
  const text = textOf(editor);
  const before = { value: text.value, start: text.selectionStart, end: text.selectionEnd };
  const codes = [];
  for (const file of files) {
    say(editor, editor.dataset.sending);
    const response = await send(editor, text.dataset.markdownxUploadUrlsPath, { image: await smaller(file) });
    if (!response) break;
    codes.push((await response.json()).image_code);
  }
  if (!codes.length) return;
  insert(editor, codes.join("\n\n"), before);
  if (codes.length === files.length) say(editor, editor.dataset.added);
}

// As a paragraph of its own, where the cursor is; its description is selected, to be typed over. Who went on writing
// while the picture was sent is not interrupted: it then stands below the line they are in.
function insert(editor, code, before) {
  const text = textOf(editor);
  const { value, selectionStart: caret, selectionEnd: caretEnd, scrollTop } = text;
  const isUntouched = value === before.value && caret === before.start && caretEnd === before.end;
  const lineEnd = value.indexOf("\n", caretEnd);
  const below = lineEnd < 0 ? value.length : lineEnd;
  const [from, to] = isUntouched ? [caret, caretEnd] : [below, below];
  const paragraph = newlines(value.slice(0, from), /\n*$/) + code + newlines(value.slice(to), /^\n*/);
  const isElsewhere = document.activeElement !== document.body && !editor.contains(document.activeElement);
  if (!isElsewhere) text.focus();
  text.setSelectionRange(from, to);
  // The only way to change a field so that Ctrl+Z undoes it; it needs the focus.
  if (isElsewhere || !document.execCommand("insertText", false, paragraph)) {
    text.setRangeText(paragraph, from, to, "end");
    text.dispatchEvent(new Event("input", { bubbles: true }));
  }
  if (isUntouched) {
    const description = text.value.indexOf("[", from) + 1;
    text.setSelectionRange(description, text.value.indexOf("]", description));
  } else {
    text.setSelectionRange(caret, caretEnd);
    text.scrollTop = scrollTop;
  }
}

// Those that lack for an empty line between `neighbour` and a paragraph.
function newlines(neighbour, present) {
  return neighbour && "\n".repeat(Math.max(0, 2 - neighbour.match(present)[0].length));
}

// What people do

document.addEventListener("input", ({ target }) => {
  const editor = editorOf(target);
  if (editor && target === textOf(editor)) previewSoon(editor);
});
document.addEventListener("focusin", ({ target }) => {
  const editor = editorOf(target);
  if (editor && target === textOf(editor) && !previews.has(editor)) previewSoon(editor);
});
document.addEventListener(
  "toggle",
  ({ target }) => {
    // A box that is open from the start toggles at page load; it waits until somebody begins to write.
    const editor = editorOf(target);
    if (editor && target.open && editor.contains(document.activeElement)) previewSoon(editor);
  },
  true,
);
document.addEventListener("click", ({ target }) => {
  const button = target.closest?.("[data-add-picture]");
  if (button) part(editorOf(button), "picture").click();
});
// A picture that was chosen elsewhere: its Markdown.
document.addEventListener("markdown:insert", ({ target, detail }) => {
  const { value, selectionStart: start, selectionEnd: end } = textOf(target);
  textOf(target).focus();
  insert(target, detail, { value, start, end });
});
document.addEventListener("change", ({ target }) => {
  if (!target.matches?.("[data-picture]")) return;
  const files = [...target.files];
  target.value = "";
  addPictures(editorOf(target), files);
});
document.addEventListener("paste", (event) => {
  const editor = editorOf(event.target);
  const files = [...(event.clipboardData?.files ?? [])].filter((file) => file.type.startsWith("image/"));
  // A word processor puts a picture of the words beside the words.
  if (!editor || !tokenOf(editor) || !files.length || event.clipboardData.types.includes("text/plain")) return;
  event.preventDefault();
  addPictures(editor, files);
});
for (const kind of ["dragover", "drop"]) {
  document.addEventListener(kind, (event) => {
    const editor = editorOf(event.target);
    if (!editor || !tokenOf(editor) || !event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    if (kind === "drop") addPictures(editor, [...event.dataTransfer.files]);
  });
}

for (const kind of ["formset:added", "htmx:load"]) {
  document.addEventListener(kind, ({ target }) => wake(target));
}
wake(document);
