"""How a query is ranked: the rules that the terminal and the page share.

`browser/src` holds the same rules in TypeScript, file by file, and the tests hold the two together. Here they stand
as plain functions: `query` and `lexicon` for the words' ranking, `meaning` for vectors, `fuse` for both.
"""
