#!/usr/bin/env python3
"""Makes `stems.lt.txt`, `stems.en.txt`, `stems.ru.txt`, `stems.de.txt`: starts of the stems of words that are no names.

    npm install --prefix DIR --no-save dictionary-lt@2.0.0 dictionary-ru@3.0.0 dictionary-en@4.0.0
    python3 -m venv DIR/venv && DIR/venv/bin/pip install snowballstemmer==3.1.1
    DIR/venv/bin/python src/lang/words/stems.py DIR DATA

Lithuanian, Russian and English: words that the spelling dictionaries write in lower case (BSD-3-Clause: Albertas Agejevas and
contributors; Alexander I. Lebedev; SCOWL, Kevin Atkinson and others, MIT and BSD). German writes nouns with a capital: there it is
words in lower case, and words behind an article or an adjective, of the German side of the texts that words.py reads (DATA, CC0),
which the English side does not have. A stem is cut to LENGTH letters: the list tells words that are certainly known from
words that may be names, and a few names that start like a word are lost.
"""

import collections
import pathlib
import re
import sys
import textwrap

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


def write(code, stems):
    body = textwrap.fill(" ".join(sorted(set(stems))), 128, break_on_hyphens=False)
    pathlib.Path(__file__).with_name(f"stems.{code}.txt").write_text(HEAD + body + "\n", encoding="utf-8")


def main(folder, data):
    for code, language in LANGUAGES.items():
        write(code, dictionary(folder, code, snowballstemmer.stemmer(language).stemWord))
    write("de", german(data, snowballstemmer.stemmer("german").stemWord))


main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
