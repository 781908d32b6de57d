// The form of `parallax serve`: gathers files and texts, asks for a comparison or a check, and goes to its report.
"use strict";

const LABELS = {
  de: {
    about: "Vergleicht Texte über dieselbe Sache und prüft Übersetzungen, auf Deutsch, Litauisch, Englisch und Russisch. Die Texte bleiben auf diesem Rechner.",
    job: "Was tun?", "job-compare": "Artikel über dasselbe Ereignis vergleichen", "job-check": "Eine Übersetzung prüfen",
    drop: "Dateien hierher ziehen oder auswählen",
    "formats-compare": "Gespeicherte Seiten, Text, Markdown, Feeds, E-Mails, Dokumente, Tabellen mit Texten; auch gepackt",
    "formats-check": "Eine Datei mit beiden Seiten (XLIFF, TMX, PO, TSV, CSV), oder erst das Original, dann die Übersetzung",
    "paste-compare": "Oder Texte einfügen, je einen Artikel", "paste-check": "Oder Original und Übersetzung einfügen",
    another: "Noch ein Text", chosen: "Ausgewählt", "start-compare": "Vergleichen", "start-check": "Prüfen",
    remove: "Entfernen", text: "Text", source: "Original", target: "Übersetzung",
    "running-compare": "Die Texte werden verglichen …", "running-check": "Die Übersetzung wird geprüft …",
    "few-compare": "Mindestens ein Text fehlt.", "few-check": "Es braucht ein Original und eine Übersetzung, oder eine Datei mit beidem.",
    failed: "Der Server antwortet nicht.", open: "Bericht öffnen", skipped: "Nicht gelesen:",
  },
  lt: {
    about: "Lygina tekstus apie tą patį dalyką ir tikrina vertimus vokiečių, lietuvių, anglų ir rusų kalbomis. Tekstai lieka šiame kompiuteryje.",
    job: "Ką daryti?", "job-compare": "Palyginti straipsnius apie tą patį įvykį", "job-check": "Patikrinti vertimą",
    drop: "Nutempkite failus čia arba pasirinkite",
    "formats-compare": "Išsaugoti puslapiai, tekstai, Markdown, sklaidos kanalai, laiškai, dokumentai, tekstų lentelės; ir suglaudinti",
    "formats-check": "Vienas failas su abiem pusėmis (XLIFF, TMX, PO, TSV, CSV) arba pirma originalas, paskui vertimas",
    "paste-compare": "Arba įklijuokite tekstus, po vieną straipsnį", "paste-check": "Arba įklijuokite originalą ir vertimą",
    another: "Dar vienas tekstas", chosen: "Pasirinkta", "start-compare": "Palyginti", "start-check": "Patikrinti",
    remove: "Pašalinti", text: "Tekstas", source: "Originalas", target: "Vertimas",
    "running-compare": "Tekstai lyginami…", "running-check": "Vertimas tikrinamas…",
    "few-compare": "Trūksta bent vieno teksto.", "few-check": "Reikia originalo ir vertimo arba failo su abiem.",
    failed: "Serveris neatsako.", open: "Atverti ataskaitą", skipped: "Neperskaityta:",
  },
  en: {
    about: "Compares texts about the same thing, and checks translations, in German, Lithuanian, English and Russian. The texts stay on this computer.",
    job: "What to do", "job-compare": "Compare articles on the same event", "job-check": "Check a translation",
    drop: "Drop files here, or choose them",
    "formats-compare": "Saved pages, plain text, Markdown, feeds, mails, documents, tables of texts; packed ones too",
    "formats-check": "One file with both sides (XLIFF, TMX, PO, TSV, CSV), or first the original, then the translation",
    "paste-compare": "Or paste texts, one article each", "paste-check": "Or paste the original and the translation",
    another: "Another text", chosen: "Chosen", "start-compare": "Compare", "start-check": "Check",
    remove: "Remove", text: "Text", source: "Original", target: "Translation",
    "running-compare": "Comparing the texts …", "running-check": "Checking the translation …",
    "few-compare": "At least one text is needed.", "few-check": "An original and a translation are needed, or a file with both.",
    failed: "The server does not answer.", open: "Open the report", skipped: "Not read:",
  },
  ru: {
    about: "Сравнивает тексты об одном и том же и проверяет переводы на немецком, литовском, английском и русском языках. Тексты остаются на этом компьютере.",
    job: "Что сделать?", "job-compare": "Сравнить статьи об одном событии", "job-check": "Проверить перевод",
    drop: "Перетащите файлы сюда или выберите их",
    "formats-compare": "Сохранённые страницы, тексты, Markdown, ленты, письма, документы, таблицы с текстами; в том числе сжатые",
    "formats-check": "Один файл с обеими сторонами (XLIFF, TMX, PO, TSV, CSV) или сначала оригинал, затем перевод",
    "paste-compare": "Или вставьте тексты, по одной статье", "paste-check": "Или вставьте оригинал и перевод",
    another: "Ещё один текст", chosen: "Выбрано", "start-compare": "Сравнить", "start-check": "Проверить",
    remove: "Убрать", text: "Текст", source: "Оригинал", target: "Перевод",
    "running-compare": "Тексты сравниваются…", "running-check": "Перевод проверяется…",
    "few-compare": "Нужен хотя бы один текст.", "few-check": "Нужны оригинал и перевод или файл с обоими.",
    failed: "Сервер не отвечает.", open: "Открыть отчёт", skipped: "Не прочитано:",
  },
};

const language = navigator.languages.map((tag) => tag.slice(0, 2)).find((code) => code in LABELS) || "en";
const label = (name) => LABELS[language][name];
const element = (id) => document.getElementById(id);
const job = () => document.querySelector("#job input:checked").value;
const files = [];

/** Says everything in the reader's language, as the job chosen has it. */
function speak() {
  document.documentElement.lang = language;
  for (const node of document.querySelectorAll("[data-label]")) {
    node.textContent = label(node.dataset.label + ("byJob" in node.dataset ? `-${job()}` : ""));
  }
  const checks = job() === "check";
  element("another").hidden = checks;
  const areas = [...element("pastes").querySelectorAll("label")];
  for (const [index, area] of areas.entries()) {
    area.hidden = checks && index > 1;
    area.firstChild.textContent = checks ? label(index ? "target" : "source") : `${label("text")} ${index + 1}`;
  }
  element("status").replaceChildren();
  element("problems").replaceChildren();
  showList();
}

function addPaste() {
  const box = document.createElement("label");
  const area = document.createElement("textarea");
  box.append(document.createElement("span"), area);
  element("pastes").append(box);
  speak();
  return area;
}

function showList() {
  element("list-heading").hidden = !files.length;
  element("list").replaceChildren(...files.map((file, index) => {
    const item = document.createElement("li");
    const name = document.createElement("span");
    const role = job() === "check" && files.length > 1 ? `${label(index ? "target" : "source")}: ` : "";
    name.textContent = `${role}${file.name} (${Math.ceil(file.size / 1024)} KB)`;
    const remove = document.createElement("button");
    remove.type = "button";
    remove.textContent = label("remove");
    remove.setAttribute("aria-label", `${label("remove")}: ${file.name}`);
    remove.addEventListener("click", () => { files.splice(index, 1); showList(); });
    item.append(name, remove);
    return item;
  }));
}

function take(list) {
  files.push(...list);
  showList();
}

async function encoded(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = "";
  for (let start = 0; start < bytes.length; start += 32768) {
    text += String.fromCharCode(...bytes.subarray(start, start + 32768));
  }
  return { name: file.name, base64: btoa(text) };
}

/** What is asked for, or nothing where a text is missing. */
async function request() {
  const areas = [...element("pastes").querySelectorAll("label:not([hidden]) textarea")];
  const checks = job() === "check";
  const pasted = areas.filter((area) => area.value.trim()).map((area) => (
    { name: area.closest("label").firstChild.textContent, text: area.value }));
  const documents = [...await Promise.all(files.map(encoded)), ...pasted];
  if (!checks) return documents.length ? { path: "/api/reports", content: { documents } } : null;
  const [source, target, ...others] = documents;
  if (!source || others.length || (!target && pasted.length)) return null;
  return { path: "/api/reports/check", content: target ? { source, target } : { file: source } };
}

async function start() {
  element("problems").replaceChildren();
  element("start").disabled = true;
  try {
    const asked = await request();
    if (!asked) {
      element("status").textContent = label(`few-${job()}`);
      return;
    }
    element("status").textContent = label(`running-${job()}`);
    const answer = await fetch(asked.path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(asked.content),
    });
    show(answer.ok, await answer.json());
  } catch {
    element("status").textContent = label("failed");
  } finally {
    element("start").disabled = false;
  }
}

function show(worked, answer) {
  if (!worked) {
    element("status").textContent = `${answer.error}. ${answer.hint}.`;
    return;
  }
  if (answer.skipped.length === 0) {
    location.assign(answer.location);
    return;
  }
  const link = document.createElement("a");
  link.href = answer.location;
  link.textContent = label("open");
  element("status").replaceChildren(...((answer.documents ?? answer.segments) > 0 ? [link, " "] : []), label("skipped"));
  element("problems").replaceChildren(...answer.skipped.map((skipped) => {
    const item = document.createElement("li");
    item.textContent = `${skipped.source}: ${skipped.error} (${skipped.hint})`;
    return item;
  }));
}

addPaste();
addPaste();
element("another").addEventListener("click", () => addPaste().focus());
element("files").addEventListener("change", (event) => { take(event.target.files); event.target.value = ""; });
element("start").addEventListener("click", start);
element("job").addEventListener("change", speak);
for (const kind of ["dragenter", "dragover"]) {
  document.addEventListener(kind, (event) => { event.preventDefault(); element("drop").classList.add("over"); });
}
document.addEventListener("dragleave", () => element("drop").classList.remove("over"));
document.addEventListener("drop", (event) => {
  event.preventDefault();
  element("drop").classList.remove("over");
  take(event.dataTransfer.files);
});
