"""Code that is written as HTML with its language, `<pre><code class="language-rust">`, has colours as a fence's has.

Only where nothing else stands in the block, as in what is put in for the code of another file.
"""

from html import unescape

from markdown_it.rules_core import StateCore

from notegen.regex import regex

_CODE = regex(r"\s*<pre><code class=\"language-(?P<language>[\w+-]{1,20})\">(?P<code>[^<>]*)</code></pre>\s*")


def read_html_code(state: StateCore) -> None:
    """Makes fences of such blocks."""
    if "<pre><code class=" not in state.src:
        return
    for token in state.tokens:
        if token.type == "html_block" and (found := _CODE.fullmatch(token.content)):
            token.type, token.tag, token.markup, token.info = "fence", "code", "```", found["language"]
            token.content = unescape(found["code"]).removesuffix("\n") + "\n"
