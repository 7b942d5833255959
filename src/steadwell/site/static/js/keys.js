// Keys that work on every page. Nothing here is needed: each has a link or a button.
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "p") { // on a link to a chart: look without the clock
    const chart = event.target.closest?.("a[href^='/patients/']");
    if (chart && !document.querySelector("[data-clock]")) location.href = `${chart.href.split("?")[0]}?peek=1`;
  }
  if (event.key === "/") {
    const search = document.getElementById("q");
    if (search) {
      event.preventDefault();
      search.focus();
    }
  }
});
