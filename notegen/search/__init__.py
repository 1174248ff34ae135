"""Search by word and by meaning: how a question is answered, and what a site ships so that its pages can answer it.

`query` reads the question, `filters` finds the notes that it is about, `inverted_index` scores by words (`spelling`
corrects them), `vector_index` by meaning, `fusion` makes one ranking of both, and `snippet` cuts what a hit shows.
`engine` puts them in order, and `rules` has every constant of ranking. `shards/` writes the index for the page, and
`query_table/` makes the table that stands for the encoder there. `browser/src/search/engine` is the same in TypeScript,
file by file, but for the constants, which the manifest brings; the tests hold the two together.
"""
