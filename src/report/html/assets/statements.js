// The statements of the matrix in the reader's language, where an article makes them in it.
/** What a passage says, without what the page has put into it. */
function said(passage) {
  const copy = passage.cloneNode(true);
  for (const added of every(".verse, .ref, .also", copy)) added.remove();
  return copy.textContent.trim();
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
