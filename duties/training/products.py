"""Matrix products by numpy while training.

thinc's own product (BLIS) does not use the widest instructions of the processor that trained the model; numpy's (OpenBLAS)
does, and is twice as fast with one thread (``OPENBLAS_NUM_THREADS=1``). The shipped pipeline keeps thinc's, which
starts no threads whatever the environment says.
"""

from __future__ import annotations

from typing import Any

import numpy
from thinc.backends.numpy_ops import NumpyOps  # type: ignore[import-not-found]


def use_numpy_products() -> None:
    """Let thinc multiply matrices by numpy from now on, in this process."""

    def gemm(self: Any, x: Any, y: Any, out: Any = None, trans1: bool = False, trans2: bool = False) -> Any:
        return numpy.matmul(x.T if trans1 else x, y.T if trans2 else y, out=out)

    NumpyOps.gemm = gemm
