"""One file a kind of page: what it shows, in the order in which a reader meets it."""
