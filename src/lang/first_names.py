#!/usr/bin/env python3
"""Makes `first_names.txt`: first names of people, by which a name is known to be a person's.

The names are those of the package Faker (MIT; its names come from public statistics of the countries). Names of places are left
out: Jordan, Georgia. To run it, anywhere outside the repository:

    python3 -m venv DIR/venv && DIR/venv/bin/pip install faker==40.63.0
    DIR/venv/bin/python src/lang/first_names.py src/lang/places.tsv > src/lang/first_names.txt
"""

import importlib
import re
import sys
import textwrap

LOCALES = ["de_DE", "de_AT", "lt_LT", "en_US", "en_GB", "ru_RU", "fr_FR", "it_IT", "es_ES", "pl_PL", "sv_SE", "nl_NL"]
WORD = re.compile(r"[^\W\d_]{3,}")

HEADER = """\
# First names, from the package Faker 40.63.0, copyright 2012 Daniele Faraglia, MIT licence. Made by first_names.py; edit that, not this.
"""


def first_names(locale):
    provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
    for attribute in dir(provider):
        if attribute.startswith("first_names"):
            yield from getattr(provider, attribute)


def main(places):
    with open(places, encoding="utf-8") as file:
        taken = {name for line in file if line[0] != "#" for cell in line.rstrip("\n").split("\t")[2:] for name in cell.split("|")}
    names = {name for locale in LOCALES for name in first_names(locale)}
    kept = sorted(name for name in names if WORD.fullmatch(name) and name not in taken)
    print(HEADER + textwrap.fill(" ".join(kept), 118, break_on_hyphens=False))


if __name__ == "__main__":
    main(sys.argv[1])
