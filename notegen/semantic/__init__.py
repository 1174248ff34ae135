"""What notes mean: passages and their vectors, and what follows from them.

`passages` cuts notes, `embed` asks the encoder for vectors, `note_vectors` gives each note one and compares all notes,
and `near_duplicates` and `outliers` define what these are. `related/` lists the notes close to each note and why,
`map/` shows the whole garden at once, and `embedding_card` shows what one note's vector looks like.
"""
