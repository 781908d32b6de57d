// The ground of the page: looking things up, the reader's language, light or dark, and what is remembered.
const one = (selector, root = document) => root.querySelector(selector);
const every = (selector, root = document) => [...root.querySelectorAll(selector)];
const labels = JSON.parse(one("#labels").textContent);
const root = document.documentElement;

/** A value kept from visit to visit; a browser that forbids it forgets. */
const remembered = {
  get(name) { try { return localStorage.getItem(`parallax-${name}`); } catch { return null; } },
  set(name, value) { try { localStorage.setItem(`parallax-${name}`, value); } catch { /* forgotten */ } },
};

/** The words of a label in the reader's language. */
const label = (key) => labels[key]?.[root.lang] ?? labels[key]?.en ?? key;

/** What has to be said again in another language. */
const whenSpoken = [];

function speak(language) {
  const changes = root.lang !== language;
  root.lang = language;
  for (const say of whenSpoken) say();
  if (!changes) return;
  for (const element of every("[data-l]")) element.textContent = label(element.dataset.l);
  for (const element of every("[data-ln]")) element.dataset.name = label(element.dataset.ln);
  document.title = label(root.dataset.title);
}

/** An element with a class and children; strings become text. */
function made(tag, className, ...children) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...children);
  return element;
}

function startControls() {
  const language = one("#language");
  const known = [...language.options].map((option) => option.value);
  const wished = [remembered.get("language"), ...navigator.languages.map((tag) => tag.slice(0, 2))];
  language.value = wished.find((code) => known.includes(code)) ?? root.lang;
  language.addEventListener("change", () => {
    remembered.set("language", language.value);
    speak(language.value);
  });
  const theme = one("#theme");
  const show = () => {
    if (theme.value) root.dataset.theme = theme.value;
    else delete root.dataset.theme;
  };
  theme.value = remembered.get("theme") ?? "";
  show();
  theme.addEventListener("change", () => { remembered.set("theme", theme.value); show(); });
  one("#print").addEventListener("click", () => print());
  one("#controls").hidden = false;
  return language.value;
}

/** Scrolls to an element that may lie in something closed or filtered out, and gives it the focus. */
function goTo(element) {
  for (let box = element.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
  if (element.closest(".filtered")) resetFilters();
  for (const other of every(".current")) other.classList.remove("current");
  element.classList.add("current");
  if (!element.matches("a, button, input, [tabindex]")) element.tabIndex = -1;
  element.focus({ preventScroll: true });
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  element.scrollIntoView({ block: element.matches("section") ? "start" : "center", behavior: calm ? "instant" : "auto" });
}

/** The element that the address names. */
function addressed() {
  const id = decodeURIComponent(location.hash.slice(1));
  return id ? document.getElementById(id) : null;
}
