// Tables that sort: a click on a heading, ascending first for words, descending first for numbers.
function startTable(table) {
  const headings = every("thead th[data-sort]", table);
  for (const heading of headings) {
    const button = made("button", "sort", heading.textContent);
    button.type = "button";
    button.dataset.l = heading.dataset.l;
    delete heading.dataset.l;
    heading.replaceChildren(button);
    button.addEventListener("click", () => sortBy(table, heading, headings));
  }
}

function sortBy(table, heading, headings) {
  const numbers = heading.dataset.sort === "numbers";
  const before = heading.ariaSort;
  const ascending = before ? before === "descending" : !numbers;
  for (const other of headings) other.removeAttribute("aria-sort");
  heading.ariaSort = ascending ? "ascending" : "descending";
  const column = heading.cellIndex;
  const value = (row) => row.cells[column].dataset.v ?? row.cells[column].textContent.trim();
  const words = new Intl.Collator(root.lang, { numeric: true });
  const compare = numbers ? (a, b) => Number(a) - Number(b) : words.compare;
  const body = table.tBodies[0];
  const rows = [...body.rows].map((row) => [value(row), row]);
  rows.sort(([a], [b]) => (ascending ? compare(a, b) : compare(b, a)));
  body.append(...rows.map(([, row]) => row));
}
