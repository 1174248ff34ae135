"""Where the files lie that pages load later: previews of link targets, and the list of folders.

Pages hold the address of one small script, which never changes and says where those files are. So an edit that moves
them changes no other page, and a page that was open before the edit still finds them.
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
