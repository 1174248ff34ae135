"""The kinds of callouts, by each name that notes call them by."""

CALLOUT_KINDS = {
    name: kind
    for kind, names in {
        "note": "note",
        "abstract": "abstract summary tldr",
        "info": "info",
        "todo": "todo",
        "tip": "tip hint important",
        "success": "success check done",
        "question": "question help faq",
        "warning": "warning caution attention",
        "failure": "failure fail missing",
        "danger": "danger error",
        "bug": "bug",
        "example": "example",
        "quote": "quote cite",
    }.items()
    for name in names.split()
}
"""A name that is not here looks like a note and keeps its own title."""
