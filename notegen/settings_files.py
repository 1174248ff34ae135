"""Which files, beside the notes, say how these are read: what a build depends on though it is no part of the site."""

import re

_SETTINGS = re.compile(
    r"""(?:.*/)?(?:
      \.emanoteignore | notegen\.toml | notegen-addresses\.jsonl
      | dendron\.ya?ml | foam\.json | index\.yaml | logseq/config\.edn
      | \.obsidian[^/]*/(?:
          (?:app|daily-notes|publish|templates|zk-prefixer)\.json
          | plugins/(?:templater-obsidian|periodic-notes)/data\.json
        )
    )""",
    re.VERBOSE | re.DOTALL,
)


def is_settings_file(path: str) -> bool:
    """Whether the file, by its path in the notes folder, is one that some tool's notes are read by."""
    return _SETTINGS.fullmatch(path) is not None
