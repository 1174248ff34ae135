"""What is wrong with an EPUB, as far as EPUB 3.3 can be held without its own checker: structure, links, media types.

`python -m tests.support.epub FILE…` says it of files.
"""

import re
import sys
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit
from zipfile import ZIP_STORED, ZipFile

OPF = "{http://www.idpf.org/2007/opf}"
XHTML = "{http://www.w3.org/1999/xhtml}"
NCX = "{http://www.daisy.org/z3986/2005/ncx/}"
DC = "{http://purl.org/dc/elements/1.1/}"
EPUB = "{http://www.idpf.org/2007/ops}"
CONTAINER = "{urn:oasis:names:tc:opendocument:xmlns:container}"
PACKAGE = "EPUB/package.opf"
FIRST_BYTES = {
    "image/png": rb"\x89PNG",
    "image/jpeg": rb"\xff\xd8\xff",
    "image/gif": rb"GIF8",
    "image/webp": rb"RIFF....WEBP",
    "image/svg+xml": rb"(?s)[\s\xef\xbb\xbf]*<.*<svg|[\s\xef\xbb\xbf]*<svg",
    "text/css": rb"",
    "application/xhtml+xml": rb"<\?xml",
    "application/x-dtbncx+xml": rb"<\?xml",
}
_NO_ID = re.compile(r"\s|^$")


def faults(file: Path) -> Iterator[str]:
    """Each in a line; none for a good one."""
    with ZipFile(file) as archive:
        infos = archive.infolist()
        files = {info.filename: archive.read(info) for info in infos}
    if infos[0].filename != "mimetype" or infos[0].compress_type != ZIP_STORED or infos[0].extra:
        yield "the media type does not come first, and as it is"
    if files.pop("mimetype") != b"application/epub+zip":
        yield "the media type is another"
    container = ET.fromstring(files.pop("META-INF/container.xml"))
    if [root.get("full-path") for root in container.iter(f"{CONTAINER}rootfile")] != [PACKAGE]:
        yield "the container names another package"
    yield from _faults_of_package(ET.fromstring(files.pop(PACKAGE)), files)


def _faults_of_package(package: ET.Element, files: Mapping[str, bytes]) -> Iterator[str]:
    items = {item.get("id", ""): item for item in package.iter(f"{OPF}item")}
    hrefs = {f"EPUB/{item.get('href')}": item for item in items.values()}
    if hrefs.keys() != files.keys():
        yield f"manifest and files differ: {sorted(hrefs.keys() ^ files.keys())}"
    for href, item in hrefs.items():
        kind = item.get("media-type", "")
        if kind not in FIRST_BYTES or not re.match(FIRST_BYTES[kind], files.get(href, b""), re.DOTALL):
            yield f"{href} is no {kind}"
    for name in ("identifier", "title", "language"):
        if not (package.findtext(f".//{DC}{name}") or "").strip():
            yield f"there is no {name}"
    modified = [
        one.text or "" for one in package.iter(f"{OPF}meta") if one.get("property") == "dcterms:modified"
    ]
    if len(modified) != 1 or not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", modified[0]):
        yield "it does not say when it was modified"
    spine = [item.get("idref", "") for item in package.iter(f"{OPF}itemref")]
    if len(set(spine)) != len(spine) or not set(spine) <= items.keys():
        yield "the spine names what is not there, or twice"
    pages = {href: ET.fromstring(files[href]) for href in hrefs if href.endswith(".xhtml")}
    in_spine = {f"EPUB/{items[id].get('href')}" for id in spine}
    if in_spine != pages.keys():
        yield "a page is not in the spine"
    ids = {
        href: [one.get("id", "") for one in page.iter() if "id" in one.attrib] for href, page in pages.items()
    }
    twice = [id for id, count in Counter(id for some in ids.values() for id in some).items() if count > 1]
    yield from (f"the id {id!r} is there twice" for id in twice)
    for href, page in pages.items():
        yield from _faults_of_page(href, page, hrefs[href], ids, files.keys())
    nav = pages["EPUB/nav.xhtml"]
    toc = next(one for one in nav.iter(f"{XHTML}nav") if one.get(f"{EPUB}type") == "toc")
    named = [f"EPUB/{link.get('href')}" for link in toc.iter(f"{XHTML}a")]
    if named != [f"EPUB/{items[id].get('href')}" for id in spine if id not in ("title", "nav")]:
        yield "the contents are not the spine, in its order"
    ncx = ET.fromstring(files["EPUB/toc.ncx"])
    if [f"EPUB/{one.get('src')}" for one in ncx.iter(f"{NCX}content")] != named:
        yield "the contents for older readers are others"


def _faults_of_page(
    href: str, page: ET.Element, item: ET.Element, ids: Mapping[str, list[str]], files: object
) -> Iterator[str]:
    tags = [str(one.tag) for one in page.iter()]
    properties = (item.get("properties") or "").split()
    for name, namespace in (("mathml", "1998/Math/MathML"), ("svg", "2000/svg")):
        if (name in properties) != any(f"/{namespace}}}" in tag for tag in tags):
            yield f"{href} is not said to have {name}, or has none"
    for one in page.iter():
        if str(one.tag) in (
            f"{XHTML}script",
            f"{XHTML}iframe",
            f"{XHTML}object",
            f"{XHTML}video",
            f"{XHTML}audio",
        ):
            yield f"{href} has a {one.tag}"
        if "id" in one.attrib and _NO_ID.search(one.attrib["id"]):
            yield f"{href} has the id {one.attrib['id']!r}"
        source = one.get("src")
        if source is not None and not source.startswith("data:image/") and f"EPUB/{source}" not in files:  # type: ignore[operator]
            yield f"{href} shows {source}"
        goal = one.get("href")
        if goal is None or urlsplit(goal).scheme in ("http", "https", "mailto", "tel"):
            continue
        path, _, fragment = goal.partition("#")
        target = normpath(join(dirname(href), unquote(path))) if path else href
        if target not in files:  # type: ignore[operator]
            yield f"{href} leads to {goal}"
        elif fragment and unquote(fragment) not in ids[target]:
            yield f"{href} leads to a place that is not there, {goal}"


if __name__ == "__main__":
    for name in sys.argv[1:]:
        for fault in faults(Path(name)):
            print(f"{name}: {fault}")
