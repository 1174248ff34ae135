"""The few words that parsing puts into a note's text, which are English there, in the language of the text.

Parsing knows no language, so that its result holds for any: titles of callouts whose author gave none, and what check
boxes are called.
"""

from functools import lru_cache
from html import escape, unescape
from itertools import pairwise

from notegen.i18n import Language
from notegen.text.html_tags import HtmlTag, replace_tags, tags_of

_KEYS = {"to do": "text.to_do", "done": "text.done"}
_MARKED = "marked "
_CALLOUT = "callout."
_TITLE = ' class="callout-title"'


def localize_text(language: Language, html: str) -> str:
    """The text with these words in the language; a title that its author chose stays, unless it is the usual one."""
    if "data-callout" in html and any(title in html for title in _changed_titles(language)):
        html = _with_callout_titles(language, html)
    if 'type="checkbox"' in html:
        html = replace_tags(html, lambda tag: _localized_box(language, tag), "input")
    return html


@lru_cache(maxsize=64)
def _changed_titles(language: Language) -> tuple[str, ...]:
    """The usual titles for which the language has another word, as they are written; none in English.

    A text without one of them need not be taken apart: that was a twelfth of what pages with callouts took.
    """
    keys = [key for key in language.messages if key.startswith(_CALLOUT)]
    titles = [(_usual_title(key.removeprefix(_CALLOUT)), language.form(key)) for key in keys]
    return tuple(f"{_TITLE}>{title}<" for title, said in titles if escape(said, quote=False) != title)


def _usual_title(name: str) -> str:
    return name.replace("-", " ").capitalize()


def _with_callout_titles(language: Language, html: str) -> str:
    tags = list(tags_of(html))
    pieces: list[str] = []
    position = 0
    for (callout, opening), closing in zip(pairwise(tags), tags[2:], strict=False):
        name = callout.attributes.get("data-callout") if opening.rest == _TITLE else None
        title = html[opening.end : closing.start]
        key = f"{_CALLOUT}{name}"
        if name and title == _usual_title(name) and key in language.messages:
            pieces += (html[position : opening.end], escape(language.translate(key), quote=False))
            position = closing.start
    return "".join([*pieces, html[position:]])


def _localized_box(language: Language, box: HtmlTag) -> str | None:
    label = box.attributes.get("aria-label", "")
    if label in _KEYS:
        said = language.translate(_KEYS[label])
    elif label.startswith(_MARKED):
        said = language.translate("text.marked", mark=unescape(label.removeprefix(_MARKED)))
    else:
        return None
    # The label comes last, where a task's box is written.
    return f'<input{box.without("aria-label")} aria-label="{escape(said)}">'
