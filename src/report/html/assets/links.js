// What belongs together is highlighted together: the passages of a statement, the places of a finding. Hover and
// focus show it for the moment, a click or Enter holds it.
const groups = new Map();
let lit = [];
let held = null;

/** The elements that belong to a statement (`c4`) or a finding (`f12`). */
function group(key) {
  if (!groups.has(key)) {
    const selector = key.startsWith("c") ? `[data-c="${key}"]` : `[data-f~="${key}"]`;
    groups.set(key, every(selector));
  }
  return groups.get(key);
}

/** The key of what an element belongs to. */
function keyOf(element) {
  const part = element?.closest?.("[data-f], [data-c], .strip [data-s]");
  if (!part) return null;
  if (part.dataset.s) return document.getElementById(part.dataset.s)?.dataset.c ?? null;
  return part.dataset.f?.split(" ")[0] ?? part.dataset.c;
}

function light(key) {
  for (const element of lit) element.classList.remove("lit", "held");
  lit = key ? group(key).flatMap((element) => [element, ...piecesOf(element)]) : [];
  for (const element of lit) {
    if (element.matches("tr")) continue;
    element.classList.add("lit");
    element.classList.toggle("held", key === held);
  }
}

/** The piece of a strip that stands for a passage. */
let pieces = null;
function piecesOf(passage) {
  pieces ??= new Map(every(".strip [data-s]").map((piece) => [piece.dataset.s, piece]));
  const piece = pieces.get(passage.id);
  return piece ? [piece] : [];
}

function hold(key) {
  held = held === key ? null : key;
  light(held);
}

function startLinks() {
  // A page that scrolls under a pointer at rest points at nothing.
  let rest = "";
  const place = (event) => `${event.screenX} ${event.screenY}`;
  document.addEventListener("pointerover", (event) => {
    if (place(event) !== rest) light(keyOf(event.target) ?? held);
  });
  document.addEventListener("pointermove", (event) => { rest = place(event); }, { passive: true });
  document.addEventListener("focusin", (event) => light(keyOf(event.target) ?? held));
  document.addEventListener("click", (event) => {
    const mark = event.target.closest("mark[data-f]");
    if (mark) location.hash = mark.dataset.f.split(" ")[0];
    else if (!event.target.closest("a")) {
      const passage = event.target.closest(".passage[data-c]");
      if (passage) hold(passage.dataset.c);
    }
  });
  for (const table of every(".synopsis")) startPassages(table);
}

/** One stop of the tabulator for the passages of a table; arrow keys go down a column and across a row. */
function startPassages(table) {
  const passages = every(".passage[data-c]", table);
  for (const passage of passages) passage.tabIndex = -1;
  if (passages.length) passages[0].tabIndex = 0;
  table.addEventListener("keydown", (event) => {
    const passage = event.target.closest(".passage[data-c]");
    if (!passage || event.target.closest("a")) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      return hold(passage.dataset.c);
    }
    const next = neighbour(passages, passage, event.key);
    if (!next) return;
    event.preventDefault();
    passage.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  });
}

/** The passage that an arrow key leads to. */
function neighbour(passages, passage, key) {
  const shown = (other) => !other.closest(".filtered");
  const column = (other) => other.closest("td").cellIndex;
  if (key === "ArrowDown" || key === "ArrowUp") {
    const same = passages.filter((other) => shown(other) && column(other) === column(passage));
    return same[same.indexOf(passage) + (key === "ArrowDown" ? 1 : -1)];
  }
  if (key === "ArrowLeft" || key === "ArrowRight") {
    const linked = passages.filter((other) => shown(other) && other.dataset.c === passage.dataset.c);
    linked.sort((a, b) => column(a) - column(b));
    return linked[linked.indexOf(passage) + (key === "ArrowRight" ? 1 : -1)];
  }
  return null;
}
