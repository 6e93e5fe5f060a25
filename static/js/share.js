/* "Share" hands a link on, or copies it; without this it is the link itself. */

const status = () => document.getElementById("page-status");

function say(sentence) {
  const place = status();
  place.textContent = sentence;
  setTimeout(() => { if (place.textContent === sentence) place.textContent = ""; }, 4000);
}

async function share(link) {
  const shared = { title: document.querySelector("h1").textContent, url: link.href };
  if (navigator.share && (navigator.canShare?.(shared) ?? true)) return navigator.share(shared);
  await navigator.clipboard.writeText(link.href);
  say(link.dataset.copied);
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-share]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  share(link).catch((error) => {
    if (error.name !== "AbortError") location.assign(link.href);
  });
});
