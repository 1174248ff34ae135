"""Processors that one machine can pass for: what a BLAS, numpy and the mathematics library are told not to have.

`OPENBLAS_CORETYPE` chooses numpy's matrix products, `NPY_DISABLE_CPU_FEATURES` its loops, `GLIBC_TUNABLES` whether
logarithms and sines use fused products. On another BLAS or system some of them do nothing.
"""

import hashlib
from collections.abc import Mapping
from pathlib import Path

import numpy as np

Variables = Mapping[str, str]


def _numpy_features() -> str:
    """All that numpy looks for when it starts, and this processor has."""
    module = np._core._multiarray_umath  # type: ignore[attr-defined]
    return " ".join(name for name in module.__cpu_dispatch__ if module.__cpu_features__.get(name))


_PLAIN_NUMPY = {"NPY_DISABLE_CPU_FEATURES": _numpy_features()}
_PLAIN_LOGARITHMS = {
    "GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX2,-FMA,-FMA4,-AVX2_Usable,-FMA_Usable,-FMA4_Usable"
}


def _threads(count: int) -> Variables:
    return {"OPENBLAS_NUM_THREADS": str(count), "OMP_NUM_THREADS": str(count)}


OLD: Variables = {"OPENBLAS_CORETYPE": "Nehalem", **_PLAIN_NUMPY, **_PLAIN_LOGARITHMS, **_threads(1)}
"""A processor of 2008, as far as it can be passed for: of an older one numpy says that it does not run there."""

CAN_PASS_FOR_AVX2 = np.lib.NumpyVersion(np.__version__) < "2.5.0"
"""Whether a processor with AVX-512 can pass for one with AVX2 only: with the OpenBLAS of numpy 2.5 some products of
doubles end the process by SIGSEGV there, as they do not on a Haswell that QEMU emulates."""

MACHINES: Mapping[str, Variables] = {
    "one thread": _threads(1),
    "four threads": _threads(4),
    "Nehalem": {"OPENBLAS_CORETYPE": "Nehalem"},
    "Sandybridge": {"OPENBLAS_CORETYPE": "Sandybridge"},
    **({core: {"OPENBLAS_CORETYPE": core} for core in ("Haswell", "Zen")} if CAN_PASS_FOR_AVX2 else {}),
    "SkylakeX": {"OPENBLAS_CORETYPE": "SkylakeX"},
    "numpy without vectors": _PLAIN_NUMPY,
    "logarithms without fused products": _PLAIN_LOGARITHMS,
    "old in everything": OLD,
}


def hash_of(site: Path) -> str:
    """One digest of the names and bytes of all its files."""
    digest = hashlib.sha256()
    for file in sorted(path for path in site.rglob("*") if path.is_file()):
        digest.update(f"{file.relative_to(site)}\0".encode() + file.read_bytes())
    return digest.hexdigest()
