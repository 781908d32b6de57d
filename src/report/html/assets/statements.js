// Statements of the matrix and headlines of events in the reader's language, where an article has them in it.
/** What a passage says, without what the page has put into it. */
function said(passage) {
  const copy = passage.cloneNode(true);
  for (const added of every(".verse, .ref, .also", copy)) added.remove();
  return copy.textContent.trim();
}

/** Names of events and stories, each with the id of its section. */
function namedSections() {
  const inside = every(".event > h3 bdi, .story > h2 bdi").map((name) => [name, name.closest("section").id]);
  const events = every(".events th a bdi").map((name) => [name, name.parentElement.getAttribute("href").slice(1)]);
  const stories = every(".events tr[data-story] bdi").map((name) => [name, name.closest("tr").dataset.story]);
  return [...inside, ...events, ...stories];
}

function startHeadlines() {
  const names = namedSections().map(([name, section]) => [name, section, name.textContent]);
  whenSpoken.push(() => {
    for (const [name, section, written] of names) {
      const own = one(`[id="${section}"] .headline .passage[lang="${root.lang}"]`);
      name.textContent = own ? said(own) : written;
    }
  });
}

function startStatements() {
  const passages = new Map();
  for (const passage of every(".synopsis .passage[data-c]")) {
    const key = `${passage.dataset.c} ${passage.lang}`;
    if (!passages.has(key)) passages.set(key, passage);
  }
  const links = every(".matrix tbody th a");
  const written = links.map((link) => [link.textContent, link.lang, link.getAttribute("href")]);
  whenSpoken.push(() => {
    for (const [index, link] of links.entries()) {
      const own = passages.get(`${link.closest("tr").dataset.c} ${root.lang}`);
      const [text, language, place] = own ? [said(own), own.lang, `#${own.id}`] : written[index];
      link.textContent = text;
      link.lang = language;
      link.setAttribute("href", place);
    }
  });
}
