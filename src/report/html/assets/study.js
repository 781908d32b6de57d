// A study: which comparisons are shown, what its figures tell, and how keys lead through the sentences.
const rows = every(".comparisons tbody tr");
const behind = new Map(every(".behind details").map((box) => [box.dataset.test, box]));
const texts = new Map(rows.map((row) =>
  [row, folded(`${row.textContent}\n${behind.get(row.dataset.test)?.textContent ?? ""}`)]));

function applyFilters() {
  const words = folded(one("#search").value.trim());
  const [analyses, groups] = [chosen("analyses"), chosen("groups")];
  const found = one("#view").value === "found";
  for (const section of every(".analysis")) {
    show(section, !analyses.length || analyses.includes(section.dataset.analysis));
  }
  for (const row of rows) {
    const { group, against, test } = row.dataset;
    const among = !groups.length || groups.includes(group) || groups.includes(against);
    const kept = among && (!found || "found" in row.dataset) && (!words || texts.get(row).includes(words));
    show(row, kept);
    if (behind.has(test)) show(behind.get(test), kept);
  }
  highlight(words ? [...rows, ...behind.values()].filter((each) => !each.matches(".filtered")) : [], words);
  tellShown();
}

function tellShown() {
  const left = rows.filter((row) => !row.matches(".filtered, .filtered *")).length;
  one("#shown").textContent = `${label("comparisons-shown")} ${left} / ${rows.length}`;
  tellChoices();
}

function resetFilters() {
  form.reset();
  applyFilters();
}

function startPlates() {
  document.body.append(tip);
  const title = (event) => event.target.closest?.(".plate :is(circle, rect, path)")?.querySelector("title");
  document.addEventListener("pointerover", (event) => {
    const told = title(event);
    if (told) showTip(told.parentNode, [made("div", "", told.textContent)]);
    else hideTip();
  });
  document.addEventListener("scroll", hideTip, { passive: true });
  document.addEventListener("click", (event) => {
    const test = event.target.closest?.(".plate [data-t]")?.dataset.t;
    if (test && behind.has(test)) location.hash = test;
  });
}

function stepComparison(step) {
  const shown = [...behind.values()].filter((box) => !box.matches(".filtered, .filtered *"));
  if (!shown.length) return;
  const here = shown.findIndex((box) => box.matches(".current"));
  const next = here < 0 ? (step > 0 ? 0 : shown.length - 1) : here + step;
  const box = shown[Math.min(Math.max(next, 0), shown.length - 1)];
  history.replaceState(null, "", `#${box.id}`);
  goTo(box);
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
      return;
    }
    const typing = event.target.closest?.("input, select, textarea, [contenteditable]");
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "/") {
      event.preventDefault();
      one("#search").focus();
    } else if (event.key === "n") stepComparison(1);
    else if (event.key === "p") stepComparison(-1);
  });
}

function followAddress() {
  const element = addressed();
  if (element) goTo(element);
}

const spoken = startControls();
for (const table of every("table:has(th[data-sort])")) startTable(table);
startForm();
whenSpoken.push(tellShown);
startPlates();
startKeys();
speak(spoken);
applyFilters();
addEventListener("hashchange", followAddress);
followAddress();
