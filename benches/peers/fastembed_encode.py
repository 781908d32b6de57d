"""Encodes the lines of a file with fastembed on the float graph; a peer of benches/encode.rs.

Usage: fastembed_encode.py MODEL.onnx TOKENIZER.json LINES THREADS PREFIX

fastembed takes models from a hub or from a folder; a folder is made beside MODEL. Prints `ready`, then for each line `BATCH`
on standard input encodes the file once, in batches of so many texts, and prints the seconds it took.
"""

import json
import shutil
import sys
import time
from pathlib import Path

NAME = "parallax/default"


def folder_of(model: Path, tokenizer: Path) -> Path:
    folder = model.parent / "fastembed-model"
    folder.mkdir(exist_ok=True)
    shutil.copy(model, folder / "model.onnx")
    shutil.copy(tokenizer, folder / "tokenizer.json")
    names = {"bos_token": "<s>", "eos_token": "</s>", "unk_token": "<unk>", "pad_token": "<pad>"}
    described = {
        "config.json": {"pad_token_id": 1},
        "tokenizer_config.json": {"model_max_length": 512, **names},
        "special_tokens_map.json": names,
    }
    for name, content in described.items():
        (folder / name).write_text(json.dumps(content))
    return folder


def main(model: str, tokenizer: str, lines_file: str, threads: str, prefix: str):
    from fastembed import TextEmbedding
    from fastembed.common.model_description import ModelSource, PoolingType

    TextEmbedding.add_custom_model(
        model=NAME,
        pooling=PoolingType.MEAN,
        normalization=True,
        sources=ModelSource(hf=NAME),
        dim=384,
        model_file="model.onnx",
    )
    folder = folder_of(Path(model), Path(tokenizer))
    embedding = TextEmbedding(NAME, specific_model_path=str(folder), threads=int(threads))
    with open(lines_file, encoding="utf-8") as file:
        texts = [prefix + line.rstrip("\n") for line in file]
    print("ready", flush=True)
    for request in sys.stdin:
        start = time.perf_counter()
        for _ in embedding.embed(texts, batch_size=int(request)):
            pass
        print(time.perf_counter() - start, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:6])
