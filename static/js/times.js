/* Makes <time data-relative datetime="..."> read "3 hours ago"; the exact moment moves into the title. */

const STEPS = [
  ["minute", 60],
  ["hour", 3600],
  ["day", 86400],
];
const KEEP_DATE_AFTER = 7 * 86400;

const language = document.documentElement.lang || "en";
const relative = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
const exact = new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short" });

const midnight = (moment) => new Date(moment.getFullYear(), moment.getMonth(), moment.getDate());

function words(moment) {
  const seconds = (moment - Date.now()) / 1000;
  const distance = Math.abs(seconds);
  if (distance > KEEP_DATE_AFTER) return null;
  const [unit, size] = STEPS.findLast(([, size]) => distance >= size) ?? STEPS[0];
  // "Yesterday" is the day before today, not any moment between 24 and 48 hours ago.
  if (unit === "day") return relative.format(Math.round((midnight(moment) - midnight(new Date())) / 86_400_000), unit);
  return relative.format(Math.trunc(seconds / size), unit);
}

function refresh(root) {
  for (const time of root.querySelectorAll("time[data-relative]")) {
    const moment = new Date(time.dateTime);
    if (Number.isNaN(moment.valueOf())) continue;
    time.dataset.printed ??= time.textContent;
    time.title = exact.format(moment);
    const text = words(moment) ?? time.dataset.printed;
    if (time.textContent !== text) time.textContent = text;
  }
}

refresh(document);
setInterval(() => refresh(document), 60_000);
document.addEventListener("htmx:load", (event) => refresh(event.detail.elt.parentNode ?? document));
window.addEventListener("beforeprint", () => {
  for (const time of document.querySelectorAll("time[data-printed]")) time.textContent = time.dataset.printed;
});
window.addEventListener("afterprint", () => refresh(document));
