"""The description of a model's files in its manifest."""

import hashlib
import json
from pathlib import Path

FILE = "manifest.json"


def describe(path: Path, role: str) -> dict:
    content = path.read_bytes()
    return {"role": role, "name": path.name, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}


def read(directory: Path) -> dict:
    return json.loads((directory / FILE).read_text(encoding="utf-8"))


def write(directory: Path, manifest: dict):
    (directory / FILE).write_text(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def replace(path: Path, role: str) -> dict:
    """Lists a file in its folder's manifest, in the place of another of its role; gives its description."""
    manifest, entry = read(path.parent), describe(path, role)
    manifest["files"] = [file for file in manifest["files"] if file["role"] != role] + [entry]
    write(path.parent, manifest)
    return entry
