"""The last look at a site before anybody else's: its bytes are searched for what is private.

    notes folder --> collect --> needles --> forget what is public --.
    site folder  --> readings ------------------------------------> search --> verdict --> Audit

`collect` says what is private by two witnesses, of which one asks nothing of the code that keeps things back;
`notes/how-it-works/audit.md` says why, and what that can and cannot find.
"""

from notegen.audit.collect import Collection, collect
from notegen.audit.needles import make_needles
from notegen.audit.search import Collected, collect_needles, prepare_audit, with_past
from notegen.audit.verdict import Known
from notegen.audit.words import words_of

__all__ = [
    "Collected",
    "Collection",
    "Known",
    "collect",
    "collect_needles",
    "make_needles",
    "prepare_audit",
    "with_past",
    "words_of",
]
