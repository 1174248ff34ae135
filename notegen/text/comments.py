"""What hides words: what programs take for a comment, beside Obsidian's and HTML's, and elements no browser shows."""

COMMENT_BLOCKS = (
    (r"\{::comment\}", r"\{:/(?:comment)?\}"),
    (r"\{\{[<%][ \t]*comment[ \t]*[>%]\}\}", r"\{\{[<%][ \t]*/[ \t]*comment[ \t]*[>%]\}\}"),
    (r"\{%-?[ \t]*comment[ \t]*-?%\}", r"\{%-?[ \t]*endcomment[ \t]*-?%\}"),
)
"""What begins a comment, and what ends it; never closed, it reaches to the end of the text."""
COMMENTS_IF_CLOSED = (
    (r"\{\{-?[ \t]*/\*", r"\*/[ \t]*-?\}\}"),
    (r"\{/\*", r"\*/\}"),
    (r"\{#(?=-?[ \t\n])", r"#\}"),
    (r"\{%-?[ \t]*#", r"%\}"),
    (r"\\begin\{comment\}", r"\\end\{comment\}"),
    (r"\\iffalse\b", r"\\fi\b"),
    (
        r"\{%-?[ \t]*if[ \t]+(?:visitor\b[^{}%\n]*|(?:false|nil)[ \t]*-?"
        r"|jekyll\.environment[ \t]*==[ \t]*[\"']development[\"'][ \t]*-?)%\}",
        r"\{%-?[ \t]*endif[ \t]*-?%\}",
    ),
    (r"\{%-?[ \t]*unless[ \t]+true[ \t]*-?%\}", r"\{%-?[ \t]*endunless[ \t]*-?%\}"),
    (r"\{\{!--", r"--\}\}"),
    (r"<%--", r"--%>"),
    (r"<%#", r"%>"),
    (r"<%[-_]?\*", r"%>"),
    (
        # With what is in it, other braces too, where that ends well.
        r"\{\{(?:\[\[)?[cC]omment(?:\]\])?[ \t]*:"
        r"(?>(?:(?>(?:[^{}]|\{(?!\{)|\}(?!\})|\{\{[^{}]{0,5000}\}\}){0,5000})(?=\}\}))?)",
        r"\}\}",
    ),
)
"""The same for those that are comments only where they are closed."""
NOT_SHOWN = ("template", "script", "style")
"""Elements that no browser shows, and of which everything below is one where they are not closed."""
SHOWN_INSTEAD = tuple(
    "noscript noembed noframes datalist head title iframe canvas dialog object metadata desc annotation".split()
)
"""What a browser shows only instead of something else, or on demand; named in prose too, so only where it is closed."""
