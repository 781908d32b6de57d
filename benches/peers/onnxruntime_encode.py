"""Encodes the lines of a file with onnxruntime's dynamic int8 quantisation; the peer of benches/encode.rs.

Usage: onnxruntime_encode.py prepare FLOAT.onnx INT8.onnx
       onnxruntime_encode.py INT8.onnx TOKENIZER.json LINES.txt THREADS PREFIX

The second prints `ready`, then for each line `BUDGET` on standard input encodes the file once, in length-sorted batches of at
most that many padded tokens, and prints the seconds it took.
"""

import sys
import time


def prepare(float_model: str, integer_model: str):
    from onnxruntime.quantization import QuantType, quantize_dynamic

    quantize_dynamic(
        float_model,
        integer_model,
        weight_type=QuantType.QInt8,
        per_channel=True,
        op_types_to_quantize=["MatMul", "Gather"],
    )


def serve(model: str, tokenizer_file: str, lines_file: str, threads: int, prefix: str):
    import onnxruntime
    from tokenizers import Tokenizer

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    tokenizer = Tokenizer.from_file(tokenizer_file)
    with open(lines_file, encoding="utf-8") as file:
        texts = [prefix + line.rstrip("\n") for line in file]
    print("ready", flush=True)
    for request in sys.stdin:
        start = time.perf_counter()
        encode(session, tokenizer, texts, int(request))
        print(time.perf_counter() - start, flush=True)


def encode(session, tokenizer, texts: list[str], budget: int):
    import numpy as np

    rows = sorted((encoding.ids[:512] for encoding in tokenizer.encode_batch(texts)), key=len)
    vectors = []
    start = 0
    while start < len(rows):
        end = start + 1
        while end < len(rows) and len(rows[end]) * (end + 1 - start) <= budget:
            end += 1
        batch = rows[start:end]
        ids = np.ones((len(batch), len(batch[-1])), np.int64)
        mask = np.zeros_like(ids)
        for index, row in enumerate(batch):
            ids[index, : len(row)] = row
            mask[index, : len(row)] = 1
        states = session.run(None, {"input_ids": ids, "attention_mask": mask})[0]
        means = (states * mask[..., None]).sum(axis=1) / mask.sum(axis=1, keepdims=True)
        vectors.append(means / np.linalg.norm(means, axis=1, keepdims=True))
        start = end
    return np.concatenate(vectors)


if __name__ == "__main__":
    if sys.argv[1] == "prepare":
        prepare(*sys.argv[2:4])
    else:
        serve(*sys.argv[1:4], int(sys.argv[4]), sys.argv[5])
