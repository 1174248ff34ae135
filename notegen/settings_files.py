"""Which files, beside the notes, say how these are read: what a build depends on though it is no part of the site."""

import re

_SETTINGS = re.compile(
    r"""(?:.*/)?(?:
      \.emanoteignore | notegen\.toml | notegen-addresses\.jsonl
      | dendron\.ya?ml | foam\.json | index\.yaml | logseq/config\.edn
      | _config\.ya?ml | mkdocs\.ya?ml | (?:hugo|config)\.(?:toml|ya?ml|json) | zola\.toml
      | config/[^/]+/(?:hugo|config|cascade|module)(?:\.\w+)?\.(?:toml|ya?ml|json)
      | _index(?:\.[\w-]+)?\.(?:md|markdown|html?) | [^/]*\.11tydata\.(?:json|[cm]?js)
      | (?P<folder>[^/]+)/(?P=folder)\.json | _(?:data|defaults|directory)\.(?:json|ya?ml)
      | quartz\.config\.(?:[jt]s|ya?ml|json) | docusaurus\.config\.[cm]?[jt]s | \.vitepress/config\.[cm]?[jt]s
      | \.vuepress/config\.[cm]?[jt]s | _?meta(?:\.[\w-]+)?\.(?:json|[jt]sx?)
      | \.(?:eleventy|mint|book|mkdocs|quartz)ignore
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
