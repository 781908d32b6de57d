// The form of `parallax serve`: gathers files and texts, asks for a comparison, and goes to its report.
"use strict";

const LABELS = {
  de: {
    about: "Vergleicht Texte über dieselbe Sache auf Deutsch, Litauisch, Englisch und Russisch. Sie bleiben auf diesem Rechner.",
    drop: "Dateien hierher ziehen oder auswählen",
    formats: "Gespeicherte Seiten, Text, Markdown, Feeds, E-Mails, Dokumente, Tabellen mit Texten; auch gepackt",
    paste: "Oder Texte einfügen, je einen Artikel", another: "Noch ein Text", chosen: "Ausgewählt", compare: "Vergleichen",
    remove: "Entfernen", text: "Text", running: "Die Texte werden verglichen …", few: "Mindestens ein Text fehlt.",
    failed: "Der Server antwortet nicht.", open: "Bericht öffnen", skipped: "Nicht gelesen:",
  },
  lt: {
    about: "Lygina tekstus apie tą patį dalyką vokiečių, lietuvių, anglų ir rusų kalbomis. Jie lieka šiame kompiuteryje.",
    drop: "Nutempkite failus čia arba pasirinkite",
    formats: "Išsaugoti puslapiai, tekstai, Markdown, sklaidos kanalai, laiškai, dokumentai, tekstų lentelės; ir suglaudinti",
    paste: "Arba įklijuokite tekstus, po vieną straipsnį", another: "Dar vienas tekstas", chosen: "Pasirinkta", compare: "Palyginti",
    remove: "Pašalinti", text: "Tekstas", running: "Tekstai lyginami…", few: "Trūksta bent vieno teksto.",
    failed: "Serveris neatsako.", open: "Atverti ataskaitą", skipped: "Neperskaityta:",
  },
  en: {
    remove: "Remove", text: "Text", running: "Comparing the texts …", few: "At least one text is needed.",
    failed: "The server does not answer.", open: "Open the report", skipped: "Not read:",
  },
  ru: {
    about: "Сравнивает тексты об одном и том же на немецком, литовском, английском и русском языках. Они остаются на этом компьютере.",
    drop: "Перетащите файлы сюда или выберите их",
    formats: "Сохранённые страницы, тексты, Markdown, ленты, письма, документы, таблицы с текстами; в том числе сжатые",
    paste: "Или вставьте тексты, по одной статье", another: "Ещё один текст", chosen: "Выбрано", compare: "Сравнить",
    remove: "Убрать", text: "Текст", running: "Тексты сравниваются…", few: "Нужен хотя бы один текст.",
    failed: "Сервер не отвечает.", open: "Открыть отчёт", skipped: "Не прочитано:",
  },
};

const language = navigator.languages.map((tag) => tag.slice(0, 2)).find((code) => code in LABELS) || "en";
const label = (name) => LABELS[language][name];
const element = (id) => document.getElementById(id);
const files = [];

document.documentElement.lang = language;
for (const node of document.querySelectorAll("[data-label]")) {
  node.textContent = label(node.dataset.label) || node.textContent;
}

function addPaste() {
  const area = document.createElement("textarea");
  const number = element("pastes").querySelectorAll("textarea").length + 1;
  area.setAttribute("aria-label", `${label("text")} ${number}`);
  element("pastes").append(area);
  return area;
}

function showList() {
  element("list").replaceChildren(...files.map((file, index) => {
    const item = document.createElement("li");
    const name = document.createElement("span");
    name.textContent = `${file.name} (${Math.ceil(file.size / 1024)} KB)`;
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

async function compare() {
  const areas = [...element("pastes").querySelectorAll("textarea")];
  const pasted = areas.filter((area) => area.value.trim())
    .map((area, index) => ({ name: `${label("text")} ${index + 1}`, text: area.value }));
  element("problems").replaceChildren();
  if (files.length + pasted.length === 0) {
    element("status").textContent = label("few");
    return;
  }
  element("compare").disabled = true;
  element("status").textContent = label("running");
  try {
    const documents = [...await Promise.all(files.map(encoded)), ...pasted];
    const answer = await fetch("/api/reports", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ documents }),
    });
    show(answer.ok, await answer.json());
  } catch {
    element("status").textContent = label("failed");
  } finally {
    element("compare").disabled = false;
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
  element("status").replaceChildren(...(answer.documents > 0 ? [link, " "] : []), label("skipped"));
  element("problems").replaceChildren(...answer.skipped.map((skipped) => {
    const item = document.createElement("li");
    item.textContent = `${skipped.error} (${skipped.hint})`;
    return item;
  }));
}

addPaste();
addPaste();
element("another").addEventListener("click", () => addPaste().focus());
element("files").addEventListener("change", (event) => { take(event.target.files); event.target.value = ""; });
element("compare").addEventListener("click", compare);
for (const kind of ["dragenter", "dragover"]) {
  document.addEventListener(kind, (event) => { event.preventDefault(); element("drop").classList.add("over"); });
}
document.addEventListener("dragleave", () => element("drop").classList.remove("over"));
document.addEventListener("drop", (event) => {
  event.preventDefault();
  element("drop").classList.remove("over");
  take(event.dataTransfer.files);
});
