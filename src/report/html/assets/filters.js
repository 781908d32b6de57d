// What is shown: by article, language, check, severity, confidence, words, and how many tell it.
const languageOf = new Map(every("th[data-language]").map((head) => [head.dataset.d, head.dataset.language]));

/** The text of an element as it is searched; labels in it may change, so only passages are kept. */
const texts = new WeakMap();
function textOf(element) {
  if (!element.matches(".passage")) return folded(element.textContent);
  if (!texts.has(element)) texts.set(element, folded(element.textContent));
  return texts.get(element);
}

/** The articles shown, by the articles and the languages chosen; nothing chosen means all. */
function shownDocuments() {
  const [documents, languages] = [chosen("documents"), chosen("languages")];
  const shown = [...languageOf].filter(([id, language]) =>
    (!documents.length || documents.includes(id)) && (!languages.length || languages.includes(language)));
  return new Set(shown.map(([id]) => id));
}

/** Whether an element about a finding passes the filters. */
function findingTest(documents) {
  const several = chosen("documents").length > 1;
  const weighs = weightTest();
  return (element) => {
    const sides = element.dataset.documents.split(" ");
    const among = several ? sides.every((id) => documents.has(id)) : sides.some((id) => documents.has(id));
    return among && weighs(element);
  };
}

/** The elements in which words stand; they are highlighted there. */
function find(elements, words) {
  const found = words ? elements.filter((element) => textOf(element).includes(words)) : [];
  highlight(found, words);
  return new Set(found);
}

/** Rows of the columns: by view, by words, and by whether anything is left in them. */
function filterRows(documents, words, found) {
  const view = one("#view").value;
  for (const row of every(".synopsis tbody tr:not(.headlines)")) {
    const level = row.classList[0];
    const viewed = view === "everything" || view === level || (view === "shared" && level !== "one")
      || (view === "differs" && "differs" in row.dataset);
    const kept = (passage) => documents.has(passage.id.split(".")[0]) && (!words || found.has(passage));
    show(row, viewed && every(".passage", row).some(kept));
  }
}

function filterDocuments(documents) {
  for (const cell of every(".synopsis [data-d], .matrix [data-d], .likeness [data-d]")) {
    show(cell, documents.has(cell.dataset.d));
  }
  const among = (element) => element.dataset.documents.split(" ").some((id) => documents.has(id));
  for (const row of every(".events tr[data-documents], .sources tr[data-documents]")) show(row, among(row));
}

let documentsBefore = "";
function applyFilters() {
  const documents = shownDocuments();
  const words = folded(one("#search").value.trim());
  const test = findingTest(documents);
  const now = [...documents].join(" ");
  if (now !== documentsBefore) filterDocuments(documents);
  documentsBefore = now;

  const entries = every(".finding");
  const passages = every(".passage");
  const found = find([...passages, ...entries, ...every(".matrix tbody th")], words);
  filterRows(documents, words, found);
  for (const row of every(".matrix tbody tr")) {
    const told = row.dataset.documents.split(" ").filter((id) => documents.has(id));
    show(row, told.length > 0 && (!words || found.has(row.cells[0])));
  }
  const kept = new Set();
  for (const entry of entries) {
    if (test(entry)) kept.add(entry.id);
    show(entry, kept.has(entry.id) && (!words || found.has(entry)));
  }
  for (const note of every(".note")) show(note, test(note));
  for (const mark of every("mark[data-f], .ref[data-f]")) {
    mark.classList.toggle("muted", !mark.dataset.f.split(" ").some((id) => kept.has(id)));
  }
  const left = entries.filter((entry) => !entry.classList.contains("filtered")).length;
  counted = [left, entries.length, words ? passages.filter((passage) => found.has(passage)).length : null];
  tellShown();
}

/** Findings shown, findings there are, passages found. */
let counted = [0, 0, null];
function tellShown() {
  const [left, entries, passages] = counted;
  const parts = entries ? [`${label("shown")} ${left} / ${entries}`] : [];
  if (passages !== null) parts.push(`${label("passages-found")} ${passages}`);
  one("#shown").textContent = parts.join(" · ");
  tellChoices("confidence");
}

function resetFilters() {
  form.reset();
  applyFilters();
}

/** Ticks these articles and no others. */
function chooseDocuments(ids) {
  for (const box of every('input[name="documents"]', form)) box.checked = ids.includes(box.value);
  applyFilters();
}

function startFilters() {
  startForm();
  // Headings stick below the bar, wherever it ends.
  const measure = () => {
    const sticks = getComputedStyle(form).position === "sticky";
    root.style.setProperty("--bar", `${sticks ? form.offsetHeight - 1 : 0}px`);
  };
  new ResizeObserver(measure).observe(form);
  measure();
  const findings = every(".finding").length;
  counted = [findings, findings, null];
  whenSpoken.push(tellShown);
}
