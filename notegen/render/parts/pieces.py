"""Where the pieces lie that pages load later: what each link shows of its goal, and the list of the folders.

Pages know the address of one small script, which never changes, and that says where the pieces are: an edit that moves
these changes no other page, and a page that was open before it finds them.
"""

from notegen.model import OutputFile, Url
from notegen.page_data import data_script
from notegen.paths import INTERNAL
from notegen.render.parts.explorer import Explorer
from notegen.render.parts.previews import Previews

PIECES_POINTER: Url = f"{INTERNAL}/pieces.js"


def pieces_pointer(previews: Previews | None, explorer: Explorer | None) -> OutputFile:
    """The script that says where they are; browser/src/lib/pieces.ts reads it."""
    places = {
        "previews": [f"{previews.folder}/", previews.count] if previews else None,
        "folders": [f"{explorer.folder}/", len(explorer.files)] if explorer else None,
    }
    return OutputFile(
        PIECES_POINTER, data_script("pieces", {name: place for name, place in places.items() if place})
    )
