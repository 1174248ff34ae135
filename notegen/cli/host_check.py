"""What a host would refuse: the site as a build makes it, looked at file by file."""

from pathlib import Path

from msgspec.structs import replace

from notegen.build import build
from notegen.check.hosts import HostName, host_problems
from notegen.cli.options import Options, cache_files, cache_folder, notes_folder
from notegen.cli.setup import opened
from notegen.clock import now
from notegen.config import Config
from notegen.last_build import last_build_file, recall_build, stamps_of_inputs
from notegen.model import Garden, Place, Problem, Url
from notegen.temporary import temporary_folder
from notegen.write.manifest import listed_files


def refused_by(host: HostName, options: Options, config: Config, garden: Garden) -> tuple[Problem, ...]:
    """What the host would refuse of the site of these notes; a problem's place is among them, if it comes from there.

    The site that is there is looked at where it is of these notes, else one is made for it, and removed.
    """
    site, notes = Path(config.out), notes_folder(options.notes)
    file = last_build_file(cache_folder(config), notes, site)
    if recall_build(file, site, stamps_of_inputs(notes, config, (site, *cache_files(config))), now()):
        sizes = sizes_of(site)
    else:
        with temporary_folder() as folder, opened(options, config) as context:
            made = folder / "site"
            build(replace(context, skip=(*context.skip, site)), made)
            sizes = sizes_of(made)
    sources = {url: path for path, url in (*garden.urls.items(), *garden.assets.items())}
    return tuple(
        replace(problem, place=Place(sources.get(problem.place.path, problem.place.path)))
        for problem in host_problems(sizes, host)
    )


def sizes_of(site: Path) -> dict[Url, int]:
    """The bytes of each file that the build wrote."""
    return {url: (site / url).stat().st_size for url in listed_files(site) or ()}
