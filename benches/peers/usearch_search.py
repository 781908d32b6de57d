"""Searches vectors with usearch, a graph of near neighbours; the approximate peer of benches/search.rs.

Usage: usearch_search.py VECTORS QUERIES DIM THREADS COUNT FOUND EXPANSION...

VECTORS and QUERIES hold 32-bit floats, row after row. Prints the seconds that building the index took, then for each
EXPANSION (how many candidates a search keeps) the seconds for all queries, and writes the COUNT numbers found for each query to
FOUND.EXPANSION as 64-bit integers.
"""

import sys
import time


def main(vectors_file: str, queries_file: str, dim: int, threads: int, count: int, found_file: str, *expansions: str):
    import numpy as np
    from usearch.index import Index

    vectors = np.fromfile(vectors_file, np.float32).reshape(-1, dim)
    queries = np.fromfile(queries_file, np.float32).reshape(-1, dim)
    index = Index(ndim=dim, metric="cos", dtype="i8")
    start = time.perf_counter()
    index.add(np.arange(len(vectors), dtype=np.uint64), vectors, threads=threads)
    print(time.perf_counter() - start, flush=True)
    for expansion in expansions:
        index.expansion_search = int(expansion)
        start = time.perf_counter()
        found = index.search(queries, count, threads=threads)
        print(time.perf_counter() - start, flush=True)
        found.keys.astype(np.uint64).tofile(f"{found_file}.{expansion}")


if __name__ == "__main__":
    arguments = sys.argv[1:]
    main(*arguments[:2], *map(int, arguments[2:5]), *arguments[5:])
