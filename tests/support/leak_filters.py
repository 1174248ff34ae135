"""The filters that keep private things back, each with what it is when it is broken, and a way that leaks then."""

from pathlib import Path

from notegen.markdown.hidden import ShownText
from notegen.read.schedule import Dated, Schedule
from notegen.read.visibility import Visibility
from tests.support.files import write_files
from tests.support.leak_ways import Planted, planted

PLANTED = planted()
BY_NAME = {one.way.name: one for one in PLANTED}


def write(root: Path, *ways: Planted) -> None:
    """Writes the files of the ways."""
    for one in ways:
        write_files(root, one.files)


def _shows_all(md: object, text: str, **options: object) -> ShownText:
    return ShownText(text, tuple(text.split("\n")))


FILTERS: tuple[tuple[str, object, str], ...] = (
    ("notegen.read.visibility:meaning_of", lambda key, value: "silent", "private: true"),
    ("notegen.read.visibility:_mention", lambda text, most_words=1, locks=False: None, "title: [\nprivate: true"),
    ("notegen.read.visibility:loose_heads", lambda text, on_top: (), "under a title"),
    ("notegen.read.visibility:_mention_tag", lambda head, private: None, "title: 'it's'\ntags: [x, private]"),
    ("notegen.read.keeper:read_inline_flags", lambda *_: Visibility(), "in a first line"),
    ("notegen.read.keeper:has_private_tag", lambda *_: False, "tags: [private]"),
    ("notegen.read.exclusions:Exclusions.keep_out", lambda *_, **__: False, "excluded, posts below"),
    ("notegen.read.exclusions:Exclusions.wants_word", lambda *_: False, "pages that must say public, with .obsidian"),
    ("notegen.read.exclusions:_private_vaults", lambda settings: (), "Dendron's private vault"),
    ("notegen.read.exclusions:_texts_at", lambda file, keys: (), "templates"),
    ("notegen.read.exclusions:Exclusions.flags_of", lambda *_: (), "cascade: cascade: {draft: true}"),
    ("notegen.read.folders:FolderSettings.leaves_out", lambda *_, **__: False, "mkdocs.yml, exclude_docs"),
    ("notegen.read.folders:FolderSettings.wants_word", lambda *_: False, "Quartz, only what says so"),
    ("notegen.read.folders.statements:FolderFlags.names", lambda *_: False, "cascade, TOML, several"),
    ("notegen.read.folders.hugo:generator_of", lambda *_: None, "Zola's section, whatever a note says"),
    ("notegen.read.keeper:Keeper.keeps_file", lambda *_: False, "a linked file that is private, b.mdown"),
    ("notegen.read.discover:_ALWAYS_IGNORED", (), "a copy at logseq/bak/pages/b.md"),
    ("notegen.read.logseq.graph:_seems_public_only", lambda text: False, "config.edn, a text never closed before it"),
    ("notegen.read.logseq.graph:_seem_hidden", lambda text: [], "hidden in a broken graph"),
    ("notegen.markdown.page:leave_out_hidden", _shows_all, "hidden: over paragraphs"),
    ("notegen.markdown.hidden:_percent_end", lambda text, start: start, "hidden: over cells"),
    ("notegen.markdown.hidden:_html_end", lambda text, start: start + 4, "hidden: an HTML comment over cells"),
    ("notegen.markdown.hidden:_NOT_SHOWN", (), "hidden: a template"),
    ("notegen.markdown.hidden:_private_sections", lambda *_: (), "hidden: a section in a quote"),
    ("notegen.markdown.page:mask_private_links", lambda tokens, private, tool: None, "a card with an arrow"),
    ("notegen.parse.note:mask_properties", lambda properties, *_, **__: properties, 'front matter: up: "[[SECRET]]"'),
    ("notegen.read.keeper:schedule_of", lambda *_: Schedule(), "day: publishDate: 2090-01-01"),
    ("notegen.read.schedule:_loose_pairs", lambda front: (), "day, under a title"),
    ("notegen.read.folders:FolderSettings.dated", lambda *_: Dated(), "later date: Hugo"),
    ("notegen.read.keeper:Keeper.schedule_of_file", lambda *_: Schedule(), "day, a file that is no note"),
    ("notegen.read:names_within", lambda front: (), "a link: [[SECRET alias]]"),
)  # fmt: skip
"""What holds a filter, what it is made to be, and a way that leaks then."""
