"""The few words that parsing puts into a note's text, which are English there, in the language of the text.

Parsing knows no language, so that its result holds for any: titles of callouts whose author gave none, and what check
boxes are called.
"""

import re
from html import escape, unescape

from notegen.i18n import Language

_CALLOUT = re.compile(
    r'(?P<head>data-callout="(?P<name>[^"<>]*)"[^<>]*>\s*<(?P<tag>p|summary) class="callout-title">)'
    r"(?P<title>[^<>]*)(?=</(?P=tag)>)"
)
_CHECK_BOX = re.compile(
    r'(?P<head><input [^<>]*\baria-label=")(?P<label>to do|done|marked (?P<mark>[^"<>]+))(?=")'
)
_KEYS = {"to do": "text.to_do", "done": "text.done"}


def localize_text(language: Language, html: str) -> str:
    """The text with these words in the language; a title that its author chose stays, unless it is the usual one."""
    if "data-callout" in html:
        html = _CALLOUT.sub(lambda callout: callout["head"] + _callout_title(language, callout), html)
    if 'type="checkbox"' in html:
        html = _CHECK_BOX.sub(lambda box: box["head"] + _check_box_label(language, box), html)
    return html


def _callout_title(language: Language, callout: re.Match[str]) -> str:
    name, title = callout["name"], callout["title"]
    usual = title == name.replace("-", " ").capitalize()
    key = f"callout.{name}"
    return escape(language.translate(key), quote=False) if usual and key in language.messages else title


def _check_box_label(language: Language, box: re.Match[str]) -> str:
    if box["mark"] is None:
        return escape(language.translate(_KEYS[box["label"]]))
    return escape(language.translate("text.marked", mark=unescape(box["mark"])))
