/* Related articles by their titles: found while one types, kept as a line each in the field that is sent. */

const MOST = 5;
const PAUSE = 200;
const box = document.querySelector("[data-pins]");
const part = (name) => box.querySelector(`[data-pins-${name}]`);
const field = box.querySelector("textarea");
const input = part("find");
const titles = new Map([...part("list").children].map((item) => [item.dataset.slug, item.textContent]));
const offered = new Map();
let timer;

const chosen = () => field.value.split("\n").map((line) => line.trim().replace(/\/+$/, "").split("/").pop()).filter(Boolean);

function show() {
  const items = chosen().map((slug, place) => {
    const item = part("row").content.cloneNode(true).firstElementChild;
    const title = titles.get(slug) ?? slug;
    item.dataset.slug = slug;
    item.querySelector("[data-title]").textContent = title;
    for (const button of item.querySelectorAll("button")) button.querySelector("span").append(` ${title}`);
    item.querySelector("[data-up]").disabled = place === 0;
    return item;
  });
  part("list").replaceChildren(...items);
}

function put(slugs, sentence = "") {
  field.value = slugs.join("\n");
  field.dispatchEvent(new Event("input", { bubbles: true }));
  part("status").textContent = sentence;
  show();
}

function add() {
  const typed = input.value.trim();
  if (!typed) return;
  const slug = offered.get(typed);
  const slugs = chosen();
  if (!slug) part("status").textContent = box.dataset.unknown;
  else if (slugs.length >= MOST && !slugs.includes(slug)) part("status").textContent = box.dataset.full;
  else {
    titles.set(slug, typed);
    input.value = "";
    put([...new Set([...slugs, slug])]);
  }
}

async function find() {
  try {
    const answer = await fetch(`${box.dataset.find}?q=${encodeURIComponent(input.value.trim())}`);
    const { found } = await answer.json();
    for (const { slug, title } of found) offered.set(title, slug);
    part("found").replaceChildren(...found.map(({ title }) => new Option("", title)));
  } catch {
    // Nothing is offered then.
  }
}

input.addEventListener("input", () => {
  clearTimeout(timer);
  if (offered.has(input.value.trim())) add();
  else if (input.value.trim()) timer = setTimeout(find, PAUSE);
});
input.addEventListener("keydown", (event) => {
  if (event.key !== "Enter") return;
  event.preventDefault();
  add();
});
part("add").addEventListener("click", add);
part("list").addEventListener("click", ({ target }) => {
  const item = target.closest("li");
  const slugs = chosen();
  const place = slugs.indexOf(item?.dataset.slug);
  if (target.closest("[data-remove]")) {
    put(slugs.toSpliced(place, 1));
    input.focus();
  } else if (target.closest("[data-up]") && place > 0) {
    put([...slugs.slice(0, place - 1), slugs[place], slugs[place - 1], ...slugs.slice(place + 1)]);
    part("list").children[place - 1].querySelector("button:not(:disabled)").focus();
  }
});
field.form.addEventListener("draft:came", show);

part("typed").hidden = true;
part("chosen").hidden = false;
show();
