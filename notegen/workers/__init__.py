"""Processes that work beside the build's own, each forked from it, so that several cores have something to do.

| module | what it is for |
|---|---|
| `forked` | one process, the channel to it, when one may be forked, how it begins and ends |
| `from_the_end` | a line that others go through from its end, and this process from its beginning: reading |
| `in_order` | a line of which little may be in memory at a time: pages of large gardens |
| `helpers` | a line whose things are handed over, to processes that hold no notes: mentions, words |
| `jobs` | single jobs: parts of an index, a half of the audit |
| `encoder` | the encoder, with all that its libraries leave behind |
| `second` | the map, the index and the audit of a garden that fits into memory twice |

Whatever becomes of one of them, this process does its work, and says what is wrong.
"""
