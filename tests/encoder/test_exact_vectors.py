"""The bundled model gives a text the same vector everywhere: on any processor, beside any texts, in any thread."""

import shutil
import subprocess
import sys

import pytest

from tests.conftest import ROOT
from tests.support.exact_vectors import DIGESTS, TEXTS, digests

EMULATOR = shutil.which("qemu-x86_64")

PROCESSORS = ("Haswell", "SandyBridge")
"""With AVX2 and fused products, and with AVX only; neither has VNNI."""

FEW = 8
"""Texts for an emulated processor, which takes a second or two for each."""


def test_vectors_are_those_of_every_processor() -> None:
    """Whatever runs this test: the digests were written down once."""
    assert tuple(digests(TEXTS)) == DIGESTS


@pytest.mark.parametrize("threads", [1, 2, 5])
def test_neighbours_order_and_threads_do_not_count(threads: int) -> None:
    """The last first, each twice, and alone."""
    turned = digests([*reversed(TEXTS), *TEXTS], threads=threads)
    assert tuple(turned) == (*reversed(DIGESTS), *DIGESTS)
    assert digests([TEXTS[2]], threads=threads) == [DIGESTS[2]]


@pytest.mark.skipif(
    EMULATOR is None,
    reason="99 MB that `make test` does not install: there is no qemu-x86_64 (Debian: qemu-user)",
)
@pytest.mark.parametrize("processor", PROCESSORS)
def test_another_processor_gives_the_same_vectors(processor: str) -> None:
    """An emulated one runs the kernels that onnxruntime has for it."""
    assert EMULATOR is not None
    done = subprocess.run(
        [EMULATOR, "-cpu", processor, sys.executable, "-m", "tests.support.exact_vectors", str(FEW)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert tuple(done.stdout.split()) == DIGESTS[:FEW]
