// J and K walk through the worklist, Enter opens the chart, C the call, N the next step.
// Nothing here is needed: each has a link on the page.
const rows = () => [...document.querySelectorAll("[data-worklist] [data-row]")];
const here = () => rows().indexOf(document.activeElement.closest?.("[data-row]"));

function move(by) {
  const all = rows();
  const next = here() < 0 ? (by > 0 ? 0 : all.length - 1) : here() + by;
  const link = all[Math.max(0, Math.min(all.length - 1, next))]?.querySelector("th a");
  link?.focus();
  link?.scrollIntoView({ block: "nearest" });
}

const acts = {
  j: () => move(1),
  k: () => move(-1),
  c: (row) => row && location.assign(row.dataset.call),
  n: (row) => row?.querySelector("td:last-child a")?.click(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, [contenteditable]")) return;
  const act = acts[event.key.toLowerCase()];
  if (!act) return;
  event.preventDefault();
  act(rows()[here()]);
});
