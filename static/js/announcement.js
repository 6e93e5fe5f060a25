/* Who has closed an announcement does not see it again in this browser; the next one they do. */
{
  const bar = document.getElementById("announcement");
  const button = bar.querySelector("button");
  try {
    bar.hidden = localStorage.getItem("announcement") === bar.dataset.announcement;
    button.hidden = false;
  } catch {
    // A browser that keeps nothing shows it every time.
  }
  button.addEventListener("click", () => {
    localStorage.setItem("announcement", bar.dataset.announcement);
    bar.hidden = true;
    document.getElementById("main").focus();
  });
}
