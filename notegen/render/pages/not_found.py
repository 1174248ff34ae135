"""The page that a host shows for an address it does not have."""

from notegen.model import OutputFile, Url
from notegen.paths import HOME, INTERNAL, TAGS
from notegen.regex import regex
from notegen.render.site import Site, make_page
from notegen.theme import safe

NOT_FOUND: Url = "404.html"

_STYLE_URL = regex(r"""url\(\s*["']?(?![a-zA-Z]+:|[/#"'])""")


def not_found_page(site: Site) -> OutputFile:
    """The page that a host shows for an address it does not have; it works at any depth, on any host."""
    root = {"script": site.theme.script.url, "data": site.data}
    inline = {
        "inline_style": safe(_from_root(site.theme.style.read().decode())),
        "inline_script": safe(
            site.theme.early.read().decode() + site.theme.render("find-root.js", root).strip()
        ),
    }
    names = {
        "base": f"{site.config.base_url.rstrip('/')}/" if site.config.base_url else "",
        **({} if site.config.base_url else inline),
        "script": site.theme.script.url,
        "search": site.search or "",
        "data": site.data,
        "home": HOME,
        "tags": TAGS if site.garden.tags else "",
    }
    return make_page(
        site, "404.html", NOT_FOUND, "", names, title=site.translate("missing.title"), canonical=False
    )


def _from_root(style: str) -> str:
    """The style sheet as it stands in a page at the root, not in a file in the folder that its addresses count from."""
    return _STYLE_URL.sub(rf"\g<0>{INTERNAL}/", style)
