/* The sources of an article: rows that are moved, added by their address and taken out. The numbers in the text follow,
   and the last step can be undone. */

const box = document.querySelector("[data-sources]");
const form = box.closest("form");
const list = box.querySelector("[data-source-rows]");
const link = box.querySelector("[data-source-link]");
const undo = box.querySelector("[data-source-undo]");
const REFERENCE = /\[\^(\d{1,2})\]/g;
const REFERRING = ["body", "key_points", "help_emergency", "help_soon", "help_visit"];
let last = null;

const rows = () => [...list.children];
const cell = (row, name) => row.querySelector(`[name$="-${name}"]`);
const isBlank = (row) => ["title", "publisher", "url"].every((name) => !cell(row, name).value.trim());
const texts = () => REFERRING.map((name) => form.elements[name]);

// As the text refers to it: rows without a word do not count.
function numbers() {
  const filled = rows().filter((row) => !isBlank(row));
  return new Map(filled.map((row, place) => [row, place + 1]));
}

function settle() {
  const numbered = numbers();
  for (const [place, row] of rows().entries()) {
    for (const control of row.querySelectorAll("[name^=sources-]")) {
      control.name = control.name.replace(/^sources-(\d+|__prefix__)/, `sources-${place}`);
      control.id = `id_${control.name}`;
    }
    cell(row, "position").value = numbered.get(row) ?? numbered.size + 1;
    row.querySelector("[data-source-up]").disabled = place === 0;
    row.querySelector("[data-source-down]").disabled = place === rows().length - 1;
  }
  form.elements["sources-TOTAL_FORMS"].value = rows().length;
}

function say(sentence, from, to) {
  const said = (sentence ?? "").replaceAll("%(from)s", from).replaceAll("%(to)s", to);
  box.querySelector("[data-source-status]").textContent = said;
}

function tellForm() {
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

/* Do something to the rows; the text refers to the same sources as before. */
function change(act, sentence, row) {
  last = { rows: rows(), values: texts().map((text) => text.value) };
  const before = numbers();
  act();
  settle();
  const after = numbers();
  const became = new Map([...before].map(([one, number]) => [number, after.get(one)]));
  for (const text of texts()) {
    const { selectionStart, selectionEnd, value } = text;
    const mended = value.replace(REFERENCE, (whole, number) => {
      if (!became.has(Number(number))) return whole;
      const now = became.get(Number(number));
      return now ? `[^${now}]` : "";
    });
    if (mended === value) continue;
    text.value = mended;
    text.setSelectionRange(selectionStart, selectionEnd);
  }
  say(sentence, before.get(row) ?? rows().length, after.get(row) ?? before.get(row));
  undo.hidden = false;
  tellForm();
}

function add() {
  list.append(box.querySelector("[data-source-blank]").content.cloneNode(true));
  settle();
  return list.lastElementChild;
}

function move(row, place) {
  const others = rows().filter((one) => one !== row);
  const to = Math.min(Math.max(place, 0), others.length);
  if (rows()[to] === row) return;
  const focused = document.activeElement;
  change(() => list.insertBefore(row, others[to] ?? null), box.dataset.moved, row);
  (focused.disabled ? cell(row, "position") : focused).focus();
}

async function addLink() {
  const url = link.value.trim();
  if (url && !/^https?:\/\/[^/\s]+\.[^/\s]+/.test(url)) {
    say(box.dataset.refused);
    return;
  }
  const free = rows().at(-1);
  const row = free && isBlank(free) && url ? free : add();
  cell(row, "title").focus();
  if (!url) return;
  link.value = "";
  cell(row, "url").value = url;
  settle();
  undo.hidden = true;
  say(box.dataset.added, "", numbers().get(row));
  tellForm();
  try {
    const answer = await fetch(`${box.dataset.sourceUrl}?url=${encodeURIComponent(url)}`);
    if (!answer.ok) return;
    for (const [name, value] of Object.entries(await answer.json())) {
      if (value && !cell(row, name).value) cell(row, name).value = value;
    }
    tellForm();
  } catch {
    // Then the editor writes title and publisher.
  }
}

box.addEventListener("click", ({ target }) => {
  const row = target.closest("[data-source]");
  const place = rows().indexOf(row);
  if (target.closest("[data-source-up]")) move(row, place - 1);
  else if (target.closest("[data-source-down]")) move(row, place + 1);
  else if (target.closest("[data-source-remove]")) {
    const next = rows()[place + 1] ?? rows()[place - 1];
    change(() => row.remove(), isBlank(row) ? "" : box.dataset.gone, row);
    (next ? next.querySelector("[data-source-remove]") : link).focus();
  } else if (target.closest("[data-source-add]")) addLink();
});

box.addEventListener("change", ({ target }) => {
  if (target.name?.endsWith("-position")) move(target.closest("[data-source]"), Number(target.value) - 1);
  else settle();
});

link.addEventListener("keydown", (event) => {
  if (event.key !== "Enter") return;
  event.preventDefault();
  addLink();
});
link.addEventListener("paste", () => setTimeout(addLink));

undo.addEventListener("click", () => {
  list.replaceChildren(...last.rows);
  for (const [place, text] of texts().entries()) text.value = last.values[place];
  settle();
  say("");
  undo.hidden = true;
  link.focus();
  tellForm();
});

// What was kept may have more rows, or fewer.
form.addEventListener("draft:comes", ({ detail }) => {
  const wanted = Number(detail["sources-TOTAL_FORMS"] ?? rows().length);
  while (rows().length < wanted) add();
  while (rows().length > wanted) list.lastElementChild.remove();
  settle();
});
form.addEventListener("draft:came", settle);
// Once something else is typed, undoing would take that away too.
form.addEventListener("input", ({ target }) => { if (REFERRING.includes(target.name)) undo.hidden = true; });

settle();
