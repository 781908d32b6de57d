"""Makes en.txt and de.txt: the words that a language commonly writes in lower case.

    python3 words.py DATA

DATA holds da-en-de-train.tsv, da-ru-en-train.tsv and critical-en-de-train.tsv (source and translation by line; CC0: the
direct assessments of the WMT quality estimation task and its critical error data). A word of English is one that
occurs in at least three segments. The German side is machine translation and has English left in it: a word counts
there if it occurs where the source does not have it, or is inflected somewhere else.

lt.txt and ru.txt are kept by hand: Lithuanian words that are spelt like English or German ones, and words in Latin
script that Russian uses as they are.
"""

import collections
import pathlib
import re
import sys
import textwrap

WORD = re.compile(r"[^\W\d_]+")
ENDINGS = ("e", "en", "er", "es", "em")
HEAD = "# Words that {} commonly writes in lower case. Made by words.py from texts under CC0.\n"
# The texts are in part talk pages; abuse is of no use here.
LEFT_OUT = """anal ass asshole bastard bitch cock crap cum cunt dick fag fuck haha homo lol motherf nazi nigg penis piss plz porn
retard shit slut twat vandal wank whore""".split()
# Loans that German writes as English does, which the texts have too seldom to show.
LOANS = "extra fit immune live minus mobile modern okay online plus progressive solo vegan warm wild".split()


def lower(text):
    return {word for word in WORD.findall(text) if word.islower() and len(word) > 1}


def segments(path, source, target):
    for number, line in enumerate(open(path, encoding="utf-8")):
        fields = line.rstrip("\n").split("\t")
        if number or source:
            yield fields[source], fields[target]


def decent(word):
    return not any(word == out or len(out) > 3 and word.startswith(out) for out in LEFT_OUT)


def write(name, language, words):
    body = textwrap.fill(" ".join(sorted(words)), 118, break_on_hyphens=False)
    pathlib.Path(__file__).with_name(name).write_text(HEAD.format(language) + body + "\n", encoding="utf-8")


def main(data):
    german_pairs = list(segments(data / "da-en-de-train.tsv", 0, 1))
    german_pairs += segments(data / "critical-en-de-train.tsv", 1, 2)
    english, german, uncopied = collections.Counter(), collections.Counter(), collections.Counter()
    for source, target in german_pairs:
        english.update(lower(source))
        german.update(lower(target))
        uncopied.update(lower(target) - {word.lower() for word in WORD.findall(source)})
    for _, target in segments(data / "da-ru-en-train.tsv", 0, 1):
        english.update(lower(target))

    def inflected(word):
        stem = word.removesuffix("e")
        return any(stem + ending in uncopied for ending in ENDINGS if stem + ending != word)

    def is_german(word):
        return uncopied[word] > 1 or german[word] > 1 and inflected(word)

    write("en.txt", "English", [w for w, n in english.items() if n > 2 and w.isascii() and decent(w)])
    cognates = [w for w, n in english.items() if n > 2 and w.endswith("e") and inflected(w) and w[:-1] in german]
    write("de.txt", "German", {w for w in german if is_german(w) and decent(w)} | {*cognates, *LOANS})


main(pathlib.Path(sys.argv[1]))
