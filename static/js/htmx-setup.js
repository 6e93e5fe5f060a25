/* What a person is told when a fragment could not be fetched. The settings of htmx are in components/htmx_config.html. */

const status = () => document.getElementById("page-status");

function say(sentence) {
  const place = status();
  if (place && sentence) place.textContent = sentence;
}

document.addEventListener("htmx:beforeRequest", () => {
  const place = status();
  if (place) place.textContent = "";
});

document.addEventListener("htmx:sendError", () => say(status()?.dataset.offline));

document.addEventListener("htmx:responseError", (event) => {
  const page = new DOMParser().parseFromString(event.detail.xhr.responseText, "text/html");
  const refusal = page.querySelector("[data-refusal]")?.textContent.trim();
  say(refusal || status()?.dataset.failed);
});
