// Figures tell their numbers on hover and focus, and lead to what they stand for.
const SCORES = [
  "score-overall", "score-narrative", "score-entities", "score-geography", "score-time", "score-style", "score-tone",
];

const line = (name, value) => made("div", "", made("span", "", name), made("b", "", value));

/** What a cell of the likeness of two articles says. */
function pairNumbers(cell) {
  const [left, right] = cell.dataset.pair.split(" ");
  const numbers = cell.dataset.numbers.split(" ");
  return [
    made("div", "", made("b", "", `${left} : ${right}`)),
    ...SCORES.map((key, index) => line(label(key), numbers[index])),
    line(`${left} ${label("told-in")} ${right}`, `${numbers[7]} %`),
    line(`${right} ${label("told-in")} ${left}`, `${numbers[8]} %`),
    line(label("linked"), numbers[9]),
  ];
}

function sentenceOf(piece) {
  const passage = document.getElementById(piece.dataset.s);
  return passage ? [made("div", "", passage.textContent)] : [];
}

/** Shows two articles beside each other and nothing else. */
function choosePair(cell) {
  const pair = cell.dataset.pair.split(" ");
  hideTip();
  chooseDocuments(pair);
  const head = document.getElementById(pair[0]);
  if (head) goTo(head.closest("section"));
}

function startFigures() {
  document.body.append(tip);
  const told = (target) => target.closest?.("[data-numbers], .strip [data-s]");
  const show = (event) => {
    const element = told(event.target);
    if (!element) return hideTip();
    showTip(element, element.dataset.numbers ? pairNumbers(element) : sentenceOf(element));
  };
  document.addEventListener("pointerover", show);
  document.addEventListener("focusin", show);
  document.addEventListener("scroll", hideTip, { passive: true });
  document.addEventListener("click", (event) => {
    const element = told(event.target);
    if (!element) return;
    if (element.dataset.pair) choosePair(element);
    else location.hash = element.dataset.s;
  });
  for (const table of every(".likeness")) startGrid(table);
}

/** One stop of the tabulator for a whole grid; arrow keys go from cell to cell. */
function startGrid(table) {
  const cells = every("td[data-pair]", table);
  for (const cell of cells) {
    cell.tabIndex = -1;
    cell.setAttribute("role", "button");
    cell.setAttribute("aria-describedby", "tip");
    cell.ariaLabel = `${cell.dataset.pair.replace(" ", " : ")} ${cell.textContent}`;
  }
  if (cells.length) cells[0].tabIndex = 0;
  table.addEventListener("keydown", (event) => {
    const cell = event.target.closest("td[data-pair]");
    if (!cell) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      return choosePair(cell);
    }
    const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
    if (!step) return;
    event.preventDefault();
    let [row, column] = [cell.parentElement, cell.cellIndex];
    do {
      row = step[0] < 0 ? row.previousElementSibling : step[0] > 0 ? row.nextElementSibling : row;
      column += step[1];
    } while (row?.cells[column] && !row.cells[column].dataset.pair);
    const next = row?.cells[column];
    if (!next?.dataset.pair) return;
    cell.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  });
}
