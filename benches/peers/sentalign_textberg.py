"""Aligns a hand-linked text with Vecalign's algorithm and with Parallax, on the same vectors; README.md tells how to run it.

The main path: read both sides and the gold, let `sentalign` align them with vectors that `parallax embed` makes, let
`parallax align` align them, score both alike.
"""

import argparse
import re
import subprocess
import tempfile
import time
from pathlib import Path

import numpy as np
from sentalign.sentalign import sentalign

BEAD = re.compile(r"\[([\d, ]*)\]:\[([\d, ]*)\]")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("left", type=Path, help="one sentence a line")
    parser.add_argument("right", type=Path, help="one sentence a line")
    parser.add_argument("gold", type=Path, help="links by hand, a line each: [0]:[0, 1]")
    parser.add_argument("--parallax", default="target/release/parallax", help="the binary")
    arguments = parser.parse_args()
    gold = beads(arguments.gold.read_text(encoding="utf-8"))
    start = time.monotonic()
    peers = peer(arguments.parallax, arguments.left, arguments.right)
    between = time.monotonic()
    own = ours(arguments.parallax, arguments.left, arguments.right)
    end = time.monotonic()
    print(f"{'aligner':<12}{'strict precision':>18}{'recall':>9}{'F1':>8}{'seconds':>10}")
    for name, found, seconds in (("sentalign", peers, between - start), ("parallax", own, end - between)):
        precision, recall = strict(found, gold)
        f1 = 2 * precision * recall / (precision + recall)
        print(f"{name:<12}{precision:>18.2%}{recall:>9.2%}{f1:>8.2%}{seconds:>10.1f}")


def beads(text: str) -> set:
    """Links from lines of the form `[0]:[0, 1]`, with or without a cost behind."""
    sides = [BEAD.match(line).groups() for line in text.splitlines() if line.strip()]
    return {(numbers(left), numbers(right)) for left, right in sides}


def numbers(list_text: str) -> tuple:
    return tuple(int(number) for number in list_text.split(",") if number.strip())


def peer(binary: str, left: Path, right: Path) -> set:
    """Links of sentalign with its own settings."""
    texts = [path.read_text(encoding="utf-8").splitlines() for path in (left, right)]
    result = sentalign(*texts, encoder=lambda sentences: vectors(binary, sentences))
    return {(tuple(link.src_indices), tuple(link.tgt_indices)) for link in result.alignments}


def vectors(binary: str, sentences: list) -> np.ndarray:
    """The vectors of sentences, `[sentences, dim]`, from the model that Parallax loads."""
    with tempfile.TemporaryDirectory() as folder:
        lines, made = Path(folder, "lines.txt"), Path(folder, "vectors.npy")
        lines.write_text("".join(f"{sentence}\n" for sentence in sentences), encoding="utf-8")
        subprocess.run([binary, "embed", "--lines", "-q", str(lines), "-f", "npy", "-o", str(made)], check=True)
        return np.load(made)


def ours(binary: str, left: Path, right: Path) -> set:
    command = [binary, "align", "--lines", "--mode", "parallel", "-q", "-f", "vecalign", str(left), str(right)]
    return beads(subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout)


def strict(found: set, gold: set) -> tuple:
    """Precision and recall of links that are right to the sentence; sentences without a counterpart count for
    precision alone, as in the scorer of Sennrich & Volk 2011."""
    links = {bead for bead in gold if all(bead)}
    return len(found & gold) / len(found), len(found & links) / len(links)


if __name__ == "__main__":
    main()
