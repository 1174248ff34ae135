"""Turns text into vectors: the only importer of onnxruntime and tokenizers.

`folder.py` reads what a model's folder says, `session.py` runs the model on one text, `encoder.py` runs it on
many, `table.py` reads the query table that may lie beside a model. Neither library is imported before a text
has to be encoded: a build that finds all its vectors in the cache never loads them.
"""

from notegen.encoder.cores import usable_cores
from notegen.encoder.encoder import OnnxEncoder, load_encoder
from notegen.encoder.table import load_table

__all__ = ["OnnxEncoder", "load_encoder", "load_table", "usable_cores"]
