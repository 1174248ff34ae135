"""Turn a folder of notes into a static site that is browsed by date, link, word and meaning."""

__version__ = "0.1.0"
