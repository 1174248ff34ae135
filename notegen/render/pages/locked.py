"""The page that stands for an encrypted one: it says nothing of that, and how to open it."""

from notegen.model import OutputFile, Url
from notegen.render.site import LOCKED_PAGE, Site, make_page


def locked_page(site: Site, url: Url) -> OutputFile:
    """The page at an address that says nothing either; a script puts the decrypted page into its place."""
    return make_page(site, LOCKED_PAGE, url, "", {}, title=site.translate("locked.title"), canonical=False)
