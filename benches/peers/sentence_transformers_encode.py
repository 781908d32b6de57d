"""Encodes the lines of a file with sentence-transformers on torch, in floats; a peer of benches/encode.rs.

Usage: sentence_transformers_encode.py MODEL.onnx TOKENIZER.json LINES THREADS PREFIX SOURCE

SOURCE is the folder with the float weights; a folder as sentence-transformers wants it is made beside MODEL, which is not read.
Prints `ready`, then for each line `BATCH` on standard input encodes the file once, in batches of so many texts, and prints the
seconds it took.
"""

import json
import shutil
import sys
import time
from pathlib import Path


def folder_of(beside: Path, tokenizer: Path, source: Path) -> Path:
    import numpy as np
    from safetensors.numpy import load_file, save_file

    folder = beside / "sentence-transformers-model"
    folder.mkdir(exist_ok=True)
    tensors = load_file(source / "encoder.safetensors")
    words = load_file(source / "word_embeddings.safetensors")
    tensors["embeddings.word_embeddings.weight"] = words["weight_int8"] * words["row_scale"].astype(np.float32)
    save_file({name: tensor.astype(np.float32) for name, tensor in tensors.items()}, folder / "model.safetensors", {"format": "pt"})
    shutil.copy(source / "config.json", folder / "config.json")
    shutil.copy(tokenizer, folder / "tokenizer.json")
    names = {"bos_token": "<s>", "eos_token": "</s>", "unk_token": "<unk>", "pad_token": "<pad>"}
    described = {"tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": 512, **names}
    (folder / "tokenizer_config.json").write_text(json.dumps(described))
    return folder


def main(model: str, tokenizer: str, lines_file: str, threads: str, prefix: str, source: str):
    import torch
    from sentence_transformers import SentenceTransformer, models

    torch.set_num_threads(int(threads))
    transformer = models.Transformer(str(folder_of(Path(model).parent, Path(tokenizer), Path(source))))
    modules = [transformer, models.Pooling(transformer.get_word_embedding_dimension()), models.Normalize()]
    encoder = SentenceTransformer(modules=modules, device="cpu")
    with open(lines_file, encoding="utf-8") as file:
        texts = [prefix + line.rstrip("\n") for line in file]
    print("ready", flush=True)
    for request in sys.stdin:
        start = time.perf_counter()
        encoder.encode(texts, batch_size=int(request), show_progress_bar=False)
        print(time.perf_counter() - start, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:7])
