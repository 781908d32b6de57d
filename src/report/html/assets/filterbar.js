// The filter bar that pages share: what is chosen, what of it a finding passes, and the words that are searched.
const SEVERITIES = ["info", "minor", "major", "critical"];
const form = one("#filters");

const chosen = (name) => every(`input[name="${name}"]:checked`, form).map((box) => box.value);
const show = (element, shown) => element.classList.toggle("filtered", !shown);
const folded = (text) => text.normalize("NFKC").toLowerCase();

/** Whether an element about a finding is of a check chosen, severe and sure enough. */
function weightTest() {
  const checks = chosen("checks");
  const least = Math.max(0, SEVERITIES.indexOf(one("#severity")?.value));
  const confidence = Number(one("#confidence")?.value ?? 0);
  return ({ dataset }) => (!checks.length || checks.includes(dataset.check))
    && SEVERITIES.indexOf(dataset.severity) >= least && Number(dataset.confidence) >= confidence;
}

/** Highlights words in elements without touching their text. */
function highlight(elements, words) {
  const ranges = [];
  for (const element of words ? elements : []) {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = node.data.toLowerCase();
      for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + words.length)) {
        if (at + words.length > node.length) break;
        const range = new Range();
        range.setStart(node, at);
        range.setEnd(node, at + words.length);
        ranges.push(range);
      }
    }
  }
  if (globalThis.Highlight) CSS.highlights.set("found", new Highlight(...ranges));
}

/** Says the values of sliders, given by their names, and how many boxes of each list are ticked. */
function tellChoices(...sliders) {
  for (const name of sliders) {
    const value = one(`#${name}`)?.value;
    if (value !== undefined) one(`#${name}-value`).textContent = `${value} %`;
  }
  for (const box of every(".choices")) {
    const ticked = every("input:checked", box).length;
    one(".chosen", box).textContent = ticked ? String(ticked) : "";
  }
}

/** Shows the bar, and applies what is chosen there once typing rests; a click elsewhere closes its lists. */
function startForm() {
  form.hidden = false;
  let wait = 0;
  form.addEventListener("input", () => {
    clearTimeout(wait);
    wait = setTimeout(applyFilters, 80);
  });
  form.addEventListener("reset", () => setTimeout(applyFilters));
  form.addEventListener("submit", (event) => event.preventDefault());
  document.addEventListener("click", (event) => {
    for (const box of every(".choices[open]")) if (!box.contains(event.target)) box.open = false;
  });
}
