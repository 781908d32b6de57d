// The segments of a translation: which are shown, in which order, and how keys lead through them.
const list = one(".segments");
const segments = every(".segment", list);

const number = (selector, otherwise) => Number(one(selector)?.value ?? otherwise);
const texts = new Map(segments.map((segment) =>
  [segment, folded(every(".pair, .anchor", segment).map((part) => part.textContent).join("\n"))]));

let order = "file";
function arrange() {
  const wanted = one("#order").value;
  if (wanted === order) return;
  order = wanted;
  const score = ({ dataset }) => Number(dataset.score ?? 101);
  const weight = ({ dataset }) => SEVERITIES.indexOf(dataset.severity);
  const sorted = [...segments];
  if (order === "score") sorted.sort((a, b) => score(a) - score(b));
  if (order === "severity") sorted.sort((a, b) => weight(b) - weight(a) || score(a) - score(b));
  list.append(...sorted);
}

function applyFilters() {
  const words = folded(one("#search").value.trim());
  const test = weightTest();
  const everything = one("#view").value === "everything";
  const most = number("#score", 100);
  const kept = new Set();
  for (const segment of segments) {
    const notes = every("[data-check]", segment);
    for (const note of notes) {
      show(note, test(note));
      if (test(note)) kept.add(note.id);
    }
    const told = notes.some((note) => kept.has(note.id));
    const low = most === 100 || Number(segment.dataset.score ?? 101) <= most;
    show(segment, (everything || told) && low && (!words || texts.get(segment).includes(words)));
  }
  for (const mark of every("mark[data-f]", list)) {
    mark.classList.toggle("muted", !mark.dataset.f.split(" ").some((id) => kept.has(id)));
  }
  arrange();
  highlight(segments.filter((segment) => !segment.classList.contains("filtered")), words);
  tellShown();
}

function tellShown() {
  const left = segments.filter((segment) => !segment.classList.contains("filtered")).length;
  one("#shown").textContent = `${label("segments-shown")} ${left} / ${segments.length}`;
  tellChoices("confidence", "score");
}

function resetFilters() {
  form.reset();
  one("#view").value = "everything";
  applyFilters();
}

function startFilters() {
  startForm();
  document.addEventListener("click", (event) => {
    const mark = event.target.closest?.("mark[data-f]:not(.muted)");
    const note = mark && document.getElementById(mark.dataset.f.split(" ")[0]);
    if (note) goTo(note);
  });
  whenSpoken.push(tellShown);
  if (!one("[data-check]", list)) one("#view").value = "everything";
  applyFilters();
}

function stepSegment(step) {
  const shown = every(".segment:not(.filtered)");
  if (!shown.length) return;
  const here = shown.findIndex((segment) => segment.matches(".current, :has(.current)"));
  const next = here < 0 ? (step > 0 ? 0 : shown.length - 1) : here + step;
  const segment = shown[Math.min(Math.max(next, 0), shown.length - 1)];
  history.replaceState(null, "", `#${segment.id}`);
  goTo(segment);
}

function startKeys() {
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      for (const box of every(".choices[open]")) box.open = false;
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
    } else if (event.key === "n") stepSegment(1);
    else if (event.key === "p") stepSegment(-1);
  });
}

function followAddress() {
  const element = addressed();
  if (element) goTo(element);
}

const spoken = startControls();
startFilters();
startKeys();
speak(spoken);
addEventListener("hashchange", followAddress);
followAddress();
