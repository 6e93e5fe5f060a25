/* "Quote" puts the passage that is selected, or the beginning of the post, into the answer that is being written below;
   where none can be, and without this, it leads to the page with the form. */

const LONGEST = 600;

function passage(prose) {
  const selection = getSelection();
  const isHere = !selection.isCollapsed && prose.contains(selection.anchorNode) && prose.contains(selection.focusNode);
  const text = (isHere ? selection.toString() : prose.innerText).trim();
  return text.length > LONGEST ? text.slice(0, LONGEST).replace(/\s+\S*$/, "") + " …" : text;
}

function quotation(link, text) {
  const wrote = link.dataset.quote.replace(/[\\`*_[\]<>]/g, "\\$&");
  const lines = text.split("\n").map((line) => `> ${line}`.trimEnd());
  return `[${wrote}](${link.dataset.place}):\n\n${lines.join("\n")}\n\n`;
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-quote]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const field = document.querySelector("#your-answer textarea[name=body]");
  const prose = link.closest("article, li").querySelector(":scope > .prose");
  if (!field || !prose) return;
  event.preventDefault();
  const before = field.value.trimEnd();
  field.value = (before ? `${before}\n\n` : "") + quotation(link, passage(prose));
  field.closest("details")?.setAttribute("open", "");
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
  field.setSelectionRange(field.value.length, field.value.length);
});
