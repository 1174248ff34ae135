"""`notegen book`: the notes as one file, for e-readers or for browsers and printing."""

from pathlib import Path
from typing import get_args

import click
from msgspec.structs import asdict

from notegen.book import make_book
from notegen.book.contents import Order
from notegen.cli.named_path import NAMED_PATH
from notegen.cli.options import Options, common_options, extension_option, read_settings, with_extensions
from notegen.cli.report import echo_json, echo_lines
from notegen.cli.setup import opened
from notegen.reports import report_book


@click.command("book")
@click.argument("notes", required=False, type=NAMED_PATH)
@click.option(
    "-o",
    "--out",
    type=NAMED_PATH,
    default="book.epub",
    show_default=True,
    metavar="FILE",
    help="The book, whose name ends in .epub or .html.",
)
@click.option("--under", default="", metavar="FOLDER", help="Only the notes in this folder of NOTES.")
@click.option("--tag", default="", metavar="TAG", help="Only the notes with this tag.")
@click.option(
    "--order",
    type=click.Choice(get_args(Order)),
    default="folder",
    show_default=True,
    help="How chapters follow each other.",
)
@extension_option
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@common_options
def book_command(
    notes: Path | None,
    out: Path,
    under: str,
    tag: str,
    order: Order,
    extensions: tuple[str, ...],
    as_json: bool,
    common: Options,
) -> None:
    """Make a book of NOTES, or of a folder or tag of them: an EPUB, or one HTML file.

    It has what the site has: private notes are not in it, and neither are encrypted ones. The book before is replaced
    whole, or, when anything fails, left as it was.

    \b
    Example:
      notegen book ~/vault --under travel -o ~/travel.epub
    """
    options = common.of(notes, for_machines=as_json)
    settings, _ = with_extensions(read_settings(options), extensions)
    with opened(options, settings, needs_meaning=False) as context:
        made = make_book(context, out, folder=under, tag=tag, order=order)
        seconds = context.clock.seconds()
    if as_json:
        echo_json({"book": str(out), **asdict(made), "seconds": seconds})
    elif not options.quiet:
        home = out.resolve().as_uri()
        echo_lines(report_book(book=str(out), **asdict(made), seconds=sum(seconds.values()), home=home))
