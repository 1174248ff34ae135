"""The table of vectors that stands for the encoder in the page: distilled from a model, then tuned to the garden."""
