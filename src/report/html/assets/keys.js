// Keys, addresses, paper; and the start of everything.
function stepFinding(step) {
  const shown = every(".finding:not(.filtered)");
  if (!shown.length) return;
  const here = shown.findIndex((entry) => entry.classList.contains("current"));
  const next = here < 0 ? (step > 0 ? 0 : shown.length - 1) : here + step;
  const entry = shown[Math.min(Math.max(next, 0), shown.length - 1)];
  history.replaceState(null, "", `#${entry.id}`);
  goTo(entry);
}

function startKeys() {
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      for (const box of every(".choices[open]")) box.open = false;
      hideTip();
      if (event.target === one("#search") && one("#search").value) {
        one("#search").value = "";
        applyFilters();
      }
      return hold(held);
    }
    const typing = event.target.closest?.("input, select, textarea, [contenteditable]");
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "/") {
      event.preventDefault();
      one("#search").focus();
    } else if (event.key === "n") stepFinding(1);
    else if (event.key === "p") stepFinding(-1);
  });
}

function followAddress() {
  const element = addressed();
  if (!element) return;
  goTo(element);
  if (element.dataset.c) light(element.dataset.c);
}

const spoken = startControls();
for (const table of every("table:has(th[data-sort])")) startTable(table);
startFilters();
startStatements();
startHeadlines();
startFigures();
startLinks();
startKeys();
speak(spoken);
addEventListener("hashchange", followAddress);
followAddress();
