"""Pictures and films are published without what they say of place, time, people and camera; what shows stays."""

import base64
import random
import zlib
from pathlib import Path

import pytest

from notegen.build import build
from notegen.config import AttachmentMetadata, Config
from notegen.context import BuildContext
from notegen.metadata import cleaned_file, without_metadata
from notegen.metadata.exif import KeptExif, read_exif
from tests.support.audits import audit_of
from tests.support.leaks import build_in_memory
from tests.support.png import SIGNATURE, png_chunk

SECRET = b"Hauptstrasse 5, 52.5163N"
TURNED = KeptExif(orientation=6, copyright=b"(c) Ines")


def tiff(order: str = "big") -> bytes:
    """A TIFF of one grey dot with a maker, a right, a way to turn it, and a directory of places."""

    def number(value: int, size: int) -> bytes:
        return value.to_bytes(size, "big" if order == "big" else "little")

    places = 8 + 2 + 12 * 6 + 4
    text = places + 2 + 12 + 4
    fields = [
        (0x0100, 3, 1, number(1, 2)),
        (0x010F, 2, len(SECRET), number(text, 4)),
        (0x0112, 3, 1, number(6, 2)),
        (0x8298, 2, 9, number(text + len(SECRET), 4)),
        (0x8825, 4, 1, number(places, 4)),
        (0x9C9B, 1, len(SECRET), number(text, 4)),
    ]
    entries = b"".join(
        number(tag, 2) + number(kind, 2) + number(count, 4) + value.ljust(4, b"\0")
        for tag, kind, count, value in fields
    )
    place = number(1, 2) + number(2, 2) + number(2, 2) + number(len(SECRET), 4) + number(text, 4) + bytes(4)
    start = b"MM\0*" if order == "big" else b"II*\0"
    return start + number(8, 4) + number(6, 2) + entries + bytes(4) + place + SECRET + b"(c) Ines\0"


def segment(marker: int, held: bytes) -> bytes:
    """One of a JPEG."""
    return bytes((0xFF, marker)) + (len(held) + 2).to_bytes(2, "big") + held


def jpeg() -> bytes:
    """A JPEG with everything that telephones and programs write, before, within and behind the picture."""
    return b"".join(
        (
            b"\xff\xd8",
            segment(0xE0, b"JFIF\0\1\2\0\0\1\0\1\1\1" + SECRET),
            segment(0xE1, b"Exif\0\0" + tiff()),
            segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + SECRET),
            segment(0xE2, b"ICC_PROFILE\0\1\1colours"),
            segment(0xE2, b"MPF\0" + SECRET),
            segment(0xED, b"Photoshop 3.0\0" + SECRET),
            segment(0xFE, SECRET),
            segment(0xDB, b"table"),
            segment(0xDA, b"scan"),
            b"pixels\xff\x00more\xff\xd0pixels",
            segment(0xC4, b"table"),
            segment(0xDA, b"scan"),
            b"pixels\xff\xd9",
            SECRET,
        )
    )


def png() -> bytes:
    """A PNG with text, Exif, the day and something behind its end."""
    return SIGNATURE + b"".join(
        (
            png_chunk(b"IHDR", bytes((0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0))),
            png_chunk(b"tEXt", b"Comment\0" + SECRET),
            png_chunk(b"tEXt", b"Copyright\0(c) Ines"),
            png_chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + SECRET),
            png_chunk(b"eXIf", tiff("little")),
            png_chunk(b"prVt", SECRET),
            png_chunk(b"iCCP", b"colours"),
            png_chunk(b"IDAT", zlib.compress(b"\0\0")),
            png_chunk(b"IEND", b""),
            SECRET,
        )
    )


def webp() -> bytes:
    """A WebP with Exif and XMP."""

    def part(kind: bytes, held: bytes) -> bytes:
        return kind + len(held).to_bytes(4, "little") + held + b"\0" * (len(held) % 2)

    parts = (
        (b"VP8X", bytes((0x2C, *bytes(9)))),
        (b"ICCP", b"colours"),
        (b"VP8 ", b"pixels!"),
        (b"EXIF", tiff()),
        (b"XMP ", SECRET),
    )
    body = b"WEBP" + b"".join(part(*each) for each in parts)
    return b"RIFF" + len(body).to_bytes(4, "little") + body + SECRET


def gif() -> bytes:
    """A GIF that moves, with a comment and XMP."""
    blocks = (
        b"\x21\xff\x0bNETSCAPE2.0\x03\x01\x00\x00\x00",
        b"\x21\xfe" + bytes((len(SECRET),)) + SECRET + b"\0",
        b"\x21\xff\x0bXMP DataXMP" + bytes((len(SECRET),)) + SECRET + b"\0",
        b"\x2c" + bytes(8) + b"\0\x02\x02\x44\x01\0",
    )
    return b"GIF89a\1\0\1\0\x80\0\0" + b"colour" + b"".join(blocks) + b"\x3b" + SECRET


def box(kind: bytes, *held: bytes) -> bytes:
    """One of an MP4."""
    inside = b"".join(held)
    return (len(inside) + 8).to_bytes(4, "big") + kind + inside


def film() -> bytes:
    """A film whose maker wrote where it was, in each of four places, one of them a track that is not seen."""

    def table(kind: bytes, *numbers: int) -> bytes:
        return box(kind, bytes(4), *(number.to_bytes(4, "big") for number in numbers))

    def track(handler: bytes, start: int, size: int) -> bytes:
        tables = box(
            b"stbl", table(b"stsz", 0, 1, size), table(b"stsc", 1, 1, 1, 1), table(b"stco", 1, start)
        )
        media = box(b"mdia", box(b"hdlr", bytes(8), handler, bytes(12)), box(b"minf", tables))
        return box(b"trak", media, box(b"udta", SECRET))

    start = len(box(b"ftyp", b"isom")) + 8
    data = box(b"mdat", b"pixels", SECRET)
    tracks = track(b"vide", start, 6), track(b"meta", start + 6, len(SECRET))
    return box(b"ftyp", b"isom") + data + box(b"moov", *tracks, box(b"udta", SECRET), box(b"meta", SECRET))


def heic() -> bytes:
    """A picture of a telephone's, whose Exif lies with its pixels."""
    entry = box(b"infe", bytes((2, 0, 0, 0)), b"\0\2", b"\0\0", b"Exif", b"\0")
    info = box(b"iinf", bytes(4), b"\0\1", entry)
    start = len(box(b"ftyp", b"heic"))

    def places(at: int) -> bytes:
        part = b"\0\2" + b"\0\0" + b"\0\1" + at.to_bytes(4, "big") + len(SECRET).to_bytes(4, "big")
        return box(b"iloc", bytes(4), b"\x44\0", b"\0\1", part)

    meta_size = len(box(b"meta", bytes(4), info, places(0)))
    return (
        box(b"ftyp", b"heic")
        + box(b"meta", bytes(4), info, places(start + meta_size + 8))
        + box(b"mdat", SECRET, b"pixels")
    )


def svg() -> bytes:
    """A drawing with what programs write for themselves, and a photograph in it."""
    place = SECRET.decode()
    photograph = base64.b64encode(jpeg()).decode()
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<!-- Created by {place} -->
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x" [<!ENTITY ns "http://x">]>
<svg xmlns="http://www.w3.org/2000/svg" sodipodi:docname="{place}.svg" content="&lt;mxfile {place}"
  inkscape:export-filename='/home/{place}/a.png' viewBox="0 0 9 9"><?xpacket {place}?>
<title>The harbour</title>
<sodipodi:namedview id="v" inkscape:x="a>b {place}" /><sodipodi:namedview id="w"><x y="{place}"/></sodipodi:namedview>
<metadata><rdf:RDF><dc:creator>{place}</dc:creator><cc:license rdf:resource="https://x.example/by/4.0/"/></rdf:RDF></metadata>
<style><![CDATA[ text {{ fill: red }} /* <!-- stays --> */ ]]></style>
<image xlink:href="data:image/jpeg;base64,{photograph}" width="9"/>
<text content="stays" inkscape:label="a > b">words</text><i:pgf>{place}</i:pgf>
<!-- never closed {place}
""".encode()


FILES = {
    "a.jpg": jpeg(), "b.png": png(), "c.webp": webp(), "d.gif": gif(), "e.tif": tiff(), "f.tif": tiff("little"),
    "g.mp4": film(), "h.heic": heic(), "i.svg": svg(),
}  # fmt: skip


@pytest.mark.promise("pictures go without the place where they were taken")
@pytest.mark.parametrize("name", FILES)
def test_nothing_beside_the_picture_is_left(name: str) -> None:
    """In each format, wherever it stands; and what was cleaned is clean."""
    assert SECRET in FILES[name]
    cleaned = without_metadata(FILES[name])
    assert SECRET not in cleaned
    assert without_metadata(cleaned) == cleaned


def test_what_shows_stays() -> None:
    """Pixels, colours, movement, how the picture is turned and who may use it."""
    assert without_metadata(jpeg()) == b"".join(
        (
            b"\xff\xd8",
            segment(0xE0, b"JFIF\0\1\2\0\0\1\0\1\0\0"),
            segment(0xE1, b"Exif\0\0" + TURNED.tiff()),
            segment(0xE2, b"ICC_PROFILE\0\1\1colours"),
            segment(0xDB, b"table"),
            segment(0xDA, b"scan"),
            b"pixels\xff\x00more\xff\xd0pixels",
            segment(0xC4, b"table"),
            segment(0xDA, b"scan"),
            b"pixels\xff\xd9",
        )
    )
    kept = without_metadata(png())
    assert [part in kept for part in (b"colours", b"IDAT", b"Copyright\0(c) Ines")] == [True] * 3
    assert read_exif(kept[kept.index(b"eXIf") + 4 :]).orientation == 6
    kept = without_metadata(webp())
    assert (kept[20], b"colours" in kept, b"pixels!" in kept) == (0x28, True, True)
    assert read_exif(kept[kept.index(b"EXIF") + 8 :]) == TURNED
    assert without_metadata(gif()).count(b"NETSCAPE2.0") == 1
    for written in (tiff(), tiff("little")):
        assert read_exif(without_metadata(written)) == TURNED
    for written in (film(), heic()):
        assert (len(without_metadata(written)), b"pixels" in without_metadata(written)) == (
            len(written),
            True,
        )


def test_a_drawing_stays_with_its_words_and_its_licence() -> None:
    """Its photograph is the cleaned one, and nothing that is drawn is another."""
    kept = without_metadata(svg()).decode()
    assert base64.b64encode(without_metadata(jpeg())).decode() in kept
    for part in (
        'viewBox="0 0 9 9"',
        "<title>The harbour</title>",
        "<!-- stays -->",
        '<text content="stays" inkscape:label="a > b">words</text>',
        "<metadata>https://x.example/by/4.0/</metadata>",
        '<?xml version="1.0"',
        "<!ENTITY ns",
    ):
        assert part in kept
    for other in (
        b"<?xml version='1.0'?><gpx><!-- x --><metadata>y</metadata></gpx>",
        b"<!-- x --><html></html>",
    ):
        assert without_metadata(other) == other


def test_other_files_and_clean_ones_are_copied(tmp_path: Path) -> None:
    """Nothing is read of them but their first bytes, or of a film its boxes."""
    clean = box(b"ftyp", b"isom") + box(b"mdat", b"pixels") + box(b"moov", box(b"mvhd", bytes(4)))
    for content in (b"", b"text", b"%PDF-1.7 " + SECRET, clean, without_metadata(jpeg())):
        (tmp_path / "x").write_bytes(content)
        assert cleaned_file(tmp_path / "x") is None
    (tmp_path / "x.txt").write_bytes(jpeg())
    assert cleaned_file(tmp_path / "x.txt") == without_metadata(jpeg())


def test_cleaning_is_total() -> None:
    """Files that are cut off or spoiled anywhere are cleaned as far as they can be read."""
    chance = random.Random(1)
    for content in FILES.values():
        for _ in range(300):
            spoiled = bytearray(content)
            for _ in range(chance.randrange(1, 6)):
                spoiled[chance.randrange(len(spoiled))] = chance.randrange(256)
            without_metadata(bytes(spoiled[: chance.randrange(len(spoiled) + 1)]))


@pytest.mark.promise("pictures go without the place where they were taken")
def test_a_site_has_no_metadata_of_its_pictures(tmp_path: Path) -> None:
    """Unless it is asked for."""
    for name, content in FILES.items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "n.md").write_text("".join(f"![[{name}]]\n" for name in FILES))
    files, _ = build_in_memory(tmp_path)
    assert {name: files[name] for name in FILES} == {
        name: without_metadata(content) for name, content in FILES.items()
    }
    files, _ = build_in_memory(tmp_path, Config(attachment_metadata="keep"))
    assert {name: files[name] for name in FILES} == FILES


@pytest.mark.promise("pictures go without the place where they were taken")
@pytest.mark.parametrize("metadata", ["strip", "keep"])
def test_pictures_of_a_theme_are_cleaned_too(tmp_path: Path, metadata: AttachmentMetadata) -> None:
    """A photograph behind the pages is published as those in notes are."""
    notes = tmp_path / "notes"
    (notes / "theme").mkdir(parents=True)
    (notes / "n.md").write_text("# N\n")
    (notes / "theme/extra.css").write_text("body { background: url(shore.jpg) }")
    (notes / "theme/shore.jpg").write_bytes(jpeg())
    build(BuildContext(notes, Config(attachment_metadata=metadata), None), tmp_path / "site")
    published = (tmp_path / "site/notegen/shore.jpg").read_bytes()
    assert published == (jpeg() if metadata == "keep" else without_metadata(jpeg()))


def test_the_audit_knows_pictures_without_their_metadata(tmp_path: Path) -> None:
    """A private one is found under any name; a public one is no text to be searched."""
    notes, site = tmp_path / "notes", tmp_path / "site"
    notes.mkdir()
    (notes / "private.md").write_text("---\nprivate: true\n---\npixels ![[b.png]]\n")
    (notes / "n.md").write_text("![[a.jpg]]\n")
    for name in ("a.jpg", "b.png"):
        (notes / name).write_bytes(FILES[name])
    (site / "x").mkdir(parents=True)
    (site / "a.jpg").write_bytes(without_metadata(jpeg()))
    assert audit_of(site, notes).leaks == ()
    (site / "x/c.png").write_bytes(without_metadata(png()))
    assert [(leak.file, leak.note, leak.kind) for leak in audit_of(site, notes).leaks] == [
        ("x/c.png", "b.png", "file")
    ]
