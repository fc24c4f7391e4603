"""Measures the search for neighbours beside hnswlib and FAISS: the embeddings of MNIST's 60 000 training images by the
model of this project, and 1 000 000 synthetic ones of 128 values. Each builds the same graph (16 neighbours, 100
candidates) on all cores, and answers one query after another on one core; of theirs, the fastest setting counts that
finds at least 0.99 of the ten nearest. The exact search reads all embeddings for each query, on all cores: its measure
is how fast this machine reads memory.

It takes about ten minutes, with --quick, on 100 000 synthetic ones, two.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import faiss
import hnswlib
import numpy as np

PROJECT = Path(__file__).resolve().parent.parent
SCRIPTS = PROJECT / "scripts"
SIZE, LATENT = 128, 12
SYNTHETIC, QUICK_SYNTHETIC = 1_000_000, 100_000
QUERIES = 500
NEAREST, RECALL = 10, 0.99
NEIGHBOURS, CANDIDATES = 16, 100
SEARCHED = (10, 15, 20, 30, 40, 60, 80, 120, 160, 240, 320, 500)
ROUNDS = 3


def mnist(folder, data_dir):
    """The embeddings of all training images, and of the first test images as queries."""
    embedded = []
    for part in ("train", "t10k"):
        file = next(Path(data_dir).glob(f"{part}-images*"))
        out = folder / f"{part}.npy"
        subprocess.run([SCRIPTS / "siamese", "embed", PROJECT / "savedmodel", file, "--out", out], check=True,
                       stdout=subprocess.DEVNULL)
        embedded.append(np.load(out))
    return embedded[0], embedded[1][:QUERIES]


def synthetic(count):
    """Points of a bent surface of a few dimensions among many, with noise: embeddings fill no space."""
    random = np.random.default_rng(0)
    directions = random.standard_normal((LATENT, SIZE), dtype=np.float32)
    points = random.standard_normal((count + QUERIES, LATENT), dtype=np.float32) @ directions
    vectors = np.tanh(points / LATENT ** 0.5) + 0.05 * random.standard_normal(points.shape, dtype=np.float32)
    return vectors[:count], vectors[count:]


def recall(found, nearest):
    return np.mean([len(np.intersect1d(a, b)) / NEAREST for a, b in zip(found, nearest)])


def fastest(search, queries, nearest):
    """Milliseconds a query at the first number of candidates that finds enough, with that number and the recall."""
    for searched in SEARCHED:
        seconds = []
        for _ in range(ROUNDS):
            started = time.perf_counter()
            found = [search(query[None], searched) for query in queries]
            seconds.append(time.perf_counter() - started)
        reached = recall(found, nearest)
        if reached >= RECALL:
            break
    return {"query_ms": 1e3 * min(seconds) / len(queries), "candidates": searched, "recall": reached}


def measure_hnswlib(vectors, queries, nearest, threads):
    index = hnswlib.Index("l2", SIZE)
    index.init_index(len(vectors), ef_construction=CANDIDATES, M=NEIGHBOURS)
    started = time.perf_counter()
    index.add_items(vectors, num_threads=threads)
    build = time.perf_counter() - started

    def search(query, searched):
        index.set_ef(searched)
        return index.knn_query(query, NEAREST, num_threads=1)[0][0]

    return {"build_s": build, **fastest(search, queries, nearest)}


def measure_faiss(vectors, queries, nearest, threads):
    faiss.omp_set_num_threads(threads)
    index = faiss.IndexHNSWFlat(SIZE, NEIGHBOURS)
    index.hnsw.efConstruction = CANDIDATES
    started = time.perf_counter()
    index.add(vectors)
    build = time.perf_counter() - started
    faiss.omp_set_num_threads(1)

    def search(query, searched):
        index.hnsw.efSearch = searched
        return index.search(query, NEAREST)[1][0]

    return {"build_s": build, **fastest(search, queries, nearest)}


def exact(vectors, queries, threads):
    """The nearest of each query, and the milliseconds that FAISS takes for one."""
    faiss.omp_set_num_threads(threads)
    index = faiss.IndexFlatL2(SIZE)
    index.add(vectors)
    nearest = index.search(queries, NEAREST)[1]
    started = time.perf_counter()
    for query in queries[:20]:
        index.search(query[None], NEAREST)
    return nearest, 1e3 * (time.perf_counter() - started) / 20


def measure_ours(folder, vectors, queries):
    files = [folder / "vectors.f32", folder / "queries.f32"]
    for file, rows in zip(files, (vectors, queries)):
        rows.astype("<f4").tofile(file)
    classpath = f"{PROJECT / 'target' / 'siamese.jar'}:{(PROJECT / 'target' / 'classpath').read_text().strip()}"
    java = Path(os.environ["JAVA_HOME"]) / "bin" / "java" if os.environ.get("JAVA_HOME") else "java"
    heap = 1 + 4 * vectors.nbytes // 2 ** 30
    index = folder / f"index-{len(vectors)}"
    lines = subprocess.run([java, f"-Xmx{heap + 1}g", "-cp", classpath, SCRIPTS / "SearchBenchmark.java", *files,
                            str(SIZE), index], check=True, stdout=subprocess.PIPE, text=True).stdout
    return json.loads(lines)


def measure(folder, vectors, queries, threads):
    vectors, queries = (np.ascontiguousarray(rows, dtype=np.float32) for rows in (vectors, queries))
    ours = measure_ours(folder, vectors, queries)
    nearest, faiss_exact = exact(vectors, queries, threads)
    return {"count": len(vectors), "ours": ours, "hnswlib": measure_hnswlib(vectors, queries, nearest, threads),
            "faiss": {"exact_ms": faiss_exact, **measure_faiss(vectors, queries, nearest, threads)}}


def show(name, measured):
    ours, theirs = measured["ours"], measured["hnswlib"]
    print(f"{name}, {measured['count']:,} embeddings of {SIZE}")
    print(f"  {'':10} {'build, s':>9} {'query, ms':>10} {'recall@10':>10} {'exact, ms':>10}")
    for program in ("ours", "hnswlib", "faiss"):
        figures = measured[program]
        exact_ms = f"{figures['exact_ms']:10.2f}" if "exact_ms" in figures else ""
        print(f"  {program:10} {figures['build_s']:9.1f} {figures['query_ms']:10.3f} {figures['recall']:10.4f} {exact_ms}")
    print(f"  building {ours['build_s'] / theirs['build_s']:.2f} times as long as hnswlib (goal ≤ 2), a query"
          f" {ours['query_ms'] / theirs['query_ms']:.2f} times (goal ≤ 2), recall {ours['recall']:.4f} (goal ≥ {RECALL})")
    print(f"  exact search reads {ours['exact_bandwidth']:.1f} GB/s, {ours['exact_bandwidth'] / ours['bandwidth']:.2f}"
          f" of the {ours['bandwidth']:.1f} GB/s that Java reads here (goal ≥ 0.7)")


def main():
    parser = argparse.ArgumentParser(prog="bench --search", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--search", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--data-dir", default=os.environ.get("SIAMESE_DATA_DIR"), metavar="DIR",
                        help="the folder of the MNIST files; default: SIAMESE_DATA_DIR")
    parser.add_argument("--quick", action="store_true", help=f"{QUICK_SYNTHETIC:,} synthetic embeddings")
    parser.add_argument("--threads", type=int, default=os.cpu_count(), metavar="N", help="default: all")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the figures here")
    arguments = parser.parse_args()
    if not arguments.data_dir:
        parser.error("expected the folder of the MNIST files in --data-dir or SIAMESE_DATA_DIR, found neither")
    measured = {}
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        sets = {"MNIST": lambda: mnist(folder, arguments.data_dir),
                "synthetic": lambda: synthetic(QUICK_SYNTHETIC if arguments.quick else SYNTHETIC)}
        for name, draw in sets.items():
            print(f"{name} …", file=sys.stderr)
            measured[name] = measure(folder, *draw(), arguments.threads)
            show(name, measured[name])
            if arguments.json:
                arguments.json.write_text(json.dumps(measured, indent=2) + "\n")


if __name__ == "__main__":
    main()
