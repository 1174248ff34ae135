"""Numbers that come out the same on every processor: what is summed in floats here reaches a byte of the site.

A sum of floats depends on its order, and a BLAS orders it by processor, threads and block size; logarithms and sines
differ in their last digit by what a processor has. So `products` multiplies matrices of whole numbers, whose sums are
exact in any order, `axes` and `functions` use additions, products, quotients and roots of single numbers only, which
IEEE 754 fixes to the last bit, and `convolution` takes both instead of a Fourier transform.
"""

from notegen.exact.axes import axes_by_shares, axes_of_rows, principal_axes
from notegen.exact.convolution import Convolution, even_kernel, odd_kernel
from notegen.exact.functions import arc_sine, cosine_and_sine, logarithm, logarithms
from notegen.exact.products import (
    WHOLE,
    Whole,
    cosines_of,
    exact_product,
    fine_product,
    gram_matrix,
    round_rows,
    short_fine_product,
    whole_rows,
)

__all__ = [
    "WHOLE",
    "Convolution",
    "Whole",
    "arc_sine",
    "axes_by_shares",
    "axes_of_rows",
    "cosine_and_sine",
    "cosines_of",
    "even_kernel",
    "exact_product",
    "fine_product",
    "gram_matrix",
    "logarithm",
    "logarithms",
    "odd_kernel",
    "principal_axes",
    "round_rows",
    "short_fine_product",
    "whole_rows",
]
