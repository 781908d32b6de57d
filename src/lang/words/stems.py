#!/usr/bin/env python3
"""Makes `stems.lt.txt`, `stems.en.txt`, `stems.ru.txt`, `stems.de.txt`, `stems.de-nouns.txt`: starts of the stems of words that are no names.

    npm install --prefix DIR --no-save dictionary-lt@2.0.0 dictionary-ru@3.0.0 dictionary-en@4.0.0
    python3 -m venv DIR/venv && DIR/venv/bin/pip install snowballstemmer==3.1.1 german-nouns==1.2.5
    DIR/venv/bin/python src/lang/words/stems.py DIR DATA

Lithuanian, Russian and English: words that the spelling dictionaries write in lower case (BSD-3-Clause: Albertas Agejevas and
contributors; Alexander I. Lebedev; SCOWL, Kevin Atkinson and others, MIT and BSD). German writes nouns with a capital: there it is
words in lower case, and words behind an article or an adjective, of the German side of the texts that words.py reads (DATA, CC0),
which the English side does not have. A stem is cut to LENGTH letters: the list tells words that are certainly known from
words that may be names, and a few names that start like a word are lost.

German nouns in all their forms are those of the German Wiktionary (package german-nouns, CC BY-SA 4.0), without the names
there. Compounds are left out that words.rs knows by their parts.
"""

import collections
import csv
import importlib.resources
import pathlib
import re
import sys
import textwrap
import tomllib

import snowballstemmer

LENGTH = 6
LANGUAGES = {"lt": "lithuanian", "ru": "russian", "en": "english"}
WORD = re.compile(r"[^\W\d_]+")
ARTICLES = set(
    "der die das den dem des ein eine einen einem einer eines kein keine keinen im am zum zur vom beim ins seine seiner seinen seinem"
    " ihre ihrer ihren ihrem diese dieser dieses diesen diesem jede jeder jedes jeden alle viele einige mehrere zwei drei".split()
)
HEAD = "# Starts of stems of words that are no names. Made by stems.py, which says from what.\n"


def dictionary(folder, code, stem):
    lines = (folder / f"node_modules/dictionary-{code}/index.dic").read_text(encoding="utf-8").splitlines()[1:]
    for line in lines:
        word = line.split("/")[0].split("\t")[0].strip()
        if word.isalpha() and word.islower() and len(word) > 2:
            yield stem(word)[:LENGTH]


def german(data, stem):
    nouns, english = collections.Counter(), set()
    for path, source, target in [("da-en-de-train.tsv", 0, 1), ("critical-en-de-train.tsv", 1, 2)]:
        for line in open(data / path, encoding="utf-8"):
            fields = line.rstrip("\n").split("\t")
            copied = set(WORD.findall(fields[source]))
            english |= {word for word in copied if word[0].isupper()}
            words = WORD.findall(fields[target])
            for before, word in zip([""] + words, words):
                behind = before in ARTICLES or before.islower() and before.endswith(("en", "er", "es", "em", "e")) and len(before) > 4
                if word.islower() or word.istitle() and behind and word not in copied:
                    nouns[word.lower()] += 1
    names = {word.lower() for word in english}
    for word, count in nouns.items():
        if len(word) > 2 and (count > 1 or word not in names):
            yield stem(word)


NAMES = ("Toponym", "Vorname", "Nachname", "Eigenname", "Straßenname", "Abkürzung", "Wortverbindung")


def nouns(stem):
    """Stems of German nouns; those that only names have are left out."""
    found, lemmas, names = set(), set(), set()
    path = importlib.resources.files("german_nouns") / "nouns.csv"
    for row in csv.DictReader(open(path, encoding="utf-8")):
        lemma = row["lemma"].lower()
        if any(kind in row["pos"] for kind in NAMES):
            names.add(lemma)
            continue
        lemmas.add(lemma)
        forms = (value.split() for key, value in row.items() if value and key != "pos" and not key.startswith("genus"))
        found |= {form.lower() for forms in forms for form in forms if form.isalpha() and form[0].isupper() and len(form) > 2}
    return {stem(word) for word in found} - {stem(name) for name in names - lemmas}


def without_compounds(stems, known, stem, ends_of_names):
    """Without those that words.rs knows by their parts."""
    kept = set(known)

    def parts(word):
        return any(
            word[at:] in kept
            and word[at:] not in ends_of_names
            and (stem(word[:at]) in kept or word[at - 1] == "s" and stem(word[: at - 1]) in kept)
            for at in range(4, len(word) - 3)
        )

    for word in sorted(stems, key=lambda word: (len(word), word)):
        if not parts(word):
            kept.add(word)
    return kept - set(known)


def write(code, stems):
    body = textwrap.fill(" ".join(sorted(set(stems))), 128, break_on_hyphens=False)
    pathlib.Path(__file__).with_name(f"stems.{code}.txt").write_text(HEAD + body + "\n", encoding="utf-8")


def main(folder, data):
    for code, language in LANGUAGES.items():
        write(code, dictionary(folder, code, snowballstemmer.stemmer(language).stemWord))
    stem = snowballstemmer.stemmer("german").stemWord
    words = set(german(data, stem))
    write("de", words)
    profile = tomllib.loads((pathlib.Path(__file__).parent.parent / "de.toml").read_text(encoding="utf-8"))
    ends = set(profile["names"]["name_endings"])
    write("de-nouns", without_compounds(nouns(stem) - words, words, stem, ends))


main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
