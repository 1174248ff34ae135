"""Which properties of a note are for readers, and which only for the tool that its site was once made with.

`sidebar_position: 3` says where Docusaurus lists a page, and nothing to whoever reads it. A name is here if its tool's
documentation gives it such a sense and hardly anybody would give it another; one that people use too, such as `type`,
`status` or `parent`, is shown. What is not shown is searched for all the same.
"""

from functools import lru_cache

from notegen.model import Tool
from notegen.regex import regex

_EVERYWHERE = frozenset(
    # Docusaurus, Starlight, VitePress, VuePress, Nextra, Mintlify, GitBook
    "sidebarposition sidebarlabel sidebarclassname sidebarcustomprops sidebartitle displayedsidebar hidetitle "
    "hidetableofcontents tocminheadinglevel tocmaxheadinglevel paginationlabel paginationnext paginationprev "
    "parsenumberprefixes customediturl wrapperclassname canonicalurl titletemplate tableofcontents editurl editlink "
    "lastupdatedat pageclass pagefind asindexpage searchable openapi icontype hideheader hidefooter hidenav "
    # MkDocs Material, Just the Docs, Minimal Mistakes, Chirpy, Jekyll
    "hide navorder navexclude navfold navtitle haschildren hastoc searchexclude layout authorprofile readtime "
    "excerptseparator renderwithliquid mathjax katex tocsticky toclabel tocicon "
    # Hugo, Eleventy, Quartz, Obsidian's Digital Garden
    "markup outputs linktitle slug showtoc tocopen hidemeta hidesummary shownavbar disableshare disablehljs "
    "searchhidden showreadingtime showbreadcrumbs showpostnavlinks showwordcount templateengineoverride "
    "eleventynavigation eleventyexcludefromcollections eleventycomputed enabletoc nocomments noindex sitemap "
    "robots dghome dghomelink dgshowbacklinks dgshowlocalgraph dgshowinlinetitle dgshowfiletree dgenablesearch "
    "dgshowtoc dglinkpreview dgshowtags dgpinned dghide dghideintree dgpermalink dgmetatags dgpassfrontmatter dgpath "
    # Dendron, Foam, Zettlr, Emanote
    "traitids traitid stub pods nosync sortorder documentid revisionid foamtemplate zettlr noteicon "
    # Obsidian and its plugins
    "cssclass cssclasses kanbanplugin excalidrawplugin excalidrawexport excalidrawautoexport excalidrawopenmd "
    "obsidianuimode obsidianeditingmode bannerx bannery bannericon bannerlock bannerheader bannericonx sticker icon "
    "iconcolor linteryamltitlealias foldernote waypoint dbfolder basename tpconfig "
    # Pandoc, Quarto, Marp, R Markdown
    "geometry fontsize documentclass headerincludes includebefore includeafter linkcolor mainfont papersize "
    "classoption numbersections colorlinks csl bibliography marp paginate jupyter execute".split()
)
_SWITCHES = frozenset(
    "hero features head sidebar header footer nav navbar next prev pagination menu menus format output comments toc "
    "outline".split()
)
"""Names that people use too: those of tools hold a table, a number, or say yes or no."""
_OF_SITES = frozenset({"weight"})
"""Names that are a tool's in the pages of site generators, and people's own in a diary."""
_PLACE = frozenset({"latitude", "longitude", "altitude"})
"""Joplin's, on every note: where it was begun, which nobody wrote down."""
_SWITCH = regex(r"(?:true|false|deep|[\d, ]+)\Z|[\w-]+: ")
_SIGNS = regex(r"[\W_]")


def is_for_readers(name: str, value: str, names: frozenset[str], tool: Tool) -> bool:
    """Whether a page shows the property.

    Args:
        value: as HTML.
        names: of all of the note's properties.
    """
    plain = _plain(name)
    if plain in _EVERYWHERE or (name in _PLACE and names >= _PLACE):
        return False
    if plain in _OF_SITES:
        return tool not in ("plain", "jekyll")
    return plain not in _SWITCHES or not _SWITCH.match(value)


@lru_cache(maxsize=4096)
def _plain(name: str) -> str:
    return _SIGNS.sub("", name).lower()
