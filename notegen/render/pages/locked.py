"""The page that stands for an encrypted one: it says nothing of that, and how to open it."""

from notegen.model import OutputFile, Url
from notegen.render.site import Site, make_page


def locked_page(site: Site, url: Url) -> OutputFile:
    """The page at an address that says nothing either; a script puts the decrypted page into its place."""
    return make_page(site, "locked.html", url, "", {}, title=site.translate("locked.title"), canonical=False)
