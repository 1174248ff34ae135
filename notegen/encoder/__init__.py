"""Turns text into vectors: the only importer of onnxruntime and tokenizers.

`folder.py` reads what a model's folder says, `session.py` runs the model on one text, `encoder.py` runs it on
many, `table.py` reads the query table that may lie beside a model and `vocabulary.py` what one is made from where
none does; `install.py` puts a model where settings find it by its name. Neither library is imported before a text
has to be encoded: a build that finds all its vectors in the cache never loads them.
"""

from notegen.encoder.cores import usable_cores
from notegen.encoder.encoder import OnnxEncoder, load_encoder
from notegen.encoder.folder import sha256_of
from notegen.encoder.install import InstalledModel, install_model, installed_models
from notegen.encoder.table import load_table
from notegen.encoder.vocabulary import Piece, load_vocabulary

__all__ = [
    "InstalledModel",
    "OnnxEncoder",
    "Piece",
    "install_model",
    "installed_models",
    "load_encoder",
    "load_table",
    "load_vocabulary",
    "sha256_of",
    "usable_cores",
]
