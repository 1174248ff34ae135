"""What the terminal shows that is no error: reports, counts, progress, and what `notegen serve` is doing.

Problems and errors have their words in `errors/`. Here as there, whoever has something to say gives facts, and the
voice is one: lower case, names in backticks. What a command is for stands with the command, where click reads it, and
how a line is coloured is for `cli` to say.
"""

import json
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from msgspec import Struct

from notegen.errors.notes import MARKDOWN_TEXTS
from notegen.errors.phrases import as_argument, count_endings, count_of, in_backticks
from notegen.errors.problems import level_of, word_problem
from notegen.errors.site import word_leak
from notegen.model import (
    Audit,
    Code,
    Neighbour,
    Outlier,
    PeriodUnit,
    Problem,
    Reason,
    Report,
    Scheduled,
    ToolRoot,
)

MAX_NAMED_CHANGES = 3
"""How many changed files are named; of more, only their number."""

MAX_NAMED_SETTINGS = 5
"""How many settings that a build could not follow it names; of more, only their number."""

_OF_SETTINGS = frozenset(
    {Code.SETTING_NAMES_NOTHING, Code.SETTING_TAG_UNUSED, Code.TOOL_SETTINGS_INVALID, Code.PIN_MISSING}
)

MIN_UNFAMILIAR_SHARE = 0.1
"""The share of unfamiliar notes from which on that is reported: a few in another language are no news."""

MIN_EVERY_SHARE = 0.9
"""The share of notes from which on a report speaks of all."""

_PROGRESS = {
    "read": "finding notes",
    "parse": "reading notes",
    "link": "links between notes",
    "embed": "meaning: understanding passages",
    "draft": "meaning: learning words",
    "unlinked_mentions": "mentions without a link",
    "graph": "graph",
    "related": "similar notes",
    "map": "map and topics",
    "index": "search files",
    "render": "pages",
    "write": "putting the site in its place",
    "audit": "looking for what is private in it",
    "merge": "merging caches",
    "send": "sending",
}
"""Stages in the words of who waits for them; those that are over at once are not named."""


def name_progress(stage: str) -> str:
    """What stands before the bar while a stage goes on; empty for a stage that is not shown."""
    return _PROGRESS.get(stage, "")


def name_pace(speed: float) -> str:
    """What stands after it: how many notes or passages a second."""
    return f"{speed:,.0f} a second" if speed >= 10 else f"{speed:.1f} a second"


def about_notes_for_agents(title: str) -> str:
    """What a server tells an agent of itself before anything is asked."""
    return (
        f"The published notes of “{title}”. Search them by words and by meaning with `search`, read one with `read`, "
        "and follow `related` and `backlinks` from there. Name notes by the paths that these give."
    )


# -- init ------------------------------------------------------------------------------------------


class InitFacts(Struct, frozen=True):
    """What `init` found in a folder of notes."""

    notes: int
    tools: tuple[ToolRoot, ...] = ()
    first_day: str = ""
    last_day: str = ""
    undated: int = 0
    """Notes that nothing dates."""
    languages: tuple[tuple[str, int], ...] = ()
    """Tags, with how many notes are in it, the most frequent first."""
    withheld: tuple[str, ...] = ()
    """Notes that are private, or templates."""
    encrypted: tuple[str, ...] = ()
    """Notes that are published for who has the password."""
    others: tuple[tuple[str, int], ...] = ()
    """What files that are no notes end in, with how many do."""
    extensions: tuple[str, ...] = ()
    """What notes end in, as proposed."""
    tool: str = "auto"
    """What they were written with, as proposed."""


INIT_QUESTIONS = {
    "title": "Title of the site",
    "author": "Author, for the foot of each page (`-` for none)",
    "base_url": "Address the site will have (empty where it is not known yet)",
    "language": "Language of the pages",
    "publish": "What is public: `all` that is not private, or `opt-in`, only what says `publish: true`",
}
"""The questions, by the setting that each answer is for."""


def report_init(facts: InitFacts) -> list[str]:
    """What a folder holds, in a few lines."""
    lines = [f"notes     {facts.notes:,}{_read_as(facts.tools)}"]
    if facts.first_day:
        lines.append(span_days(facts.first_day, facts.last_day, facts.undated))
    if facts.languages:
        lines.append(f"languages {', '.join(f'{language} {count:,}' for language, count in facts.languages)}")
    if facts.withheld:
        lines.append(f"private   {len(facts.withheld):,}: {list_names(facts.withheld, 3)}")
    if facts.encrypted:
        lines.append(f"encrypted {len(facts.encrypted):,}: {list_names(facts.encrypted, 3)}")
    if facts.extensions[1:]:
        lines.append(f"endings   {in_backticks(facts.extensions[1:])} too, which are read as Markdown")
    if texts := tuple(one for one in facts.others if one[0] in MARKDOWN_TEXTS):
        lines.append(f"left out  {count_endings(texts)}; `extensions` in notegen.toml has such read as notes")
    files = tuple(one for one in facts.others if one not in texts)
    if files:
        lines.append(
            f"files     {count_endings(files)}, of which a site has those that notes show or link to"
        )
    return lines


def answer_is_wrong(message: str, hint: str) -> str:
    """Why a question is asked again."""
    return f"{message}; {hint}" if hint else message


def next_after_init(file: str, notes: str, *, has_notes: bool) -> list[str]:
    """What was written, and what to do now."""
    folder = as_argument(notes)
    begin = [] if has_notes else [f'begin     notegen new {folder} "My first note"']
    return [f"written   {file}", *begin, f"build     notegen build {folder}"]


def no_settings_yet(notes: str) -> str:
    """After the first build without a notegen.toml."""
    return f"settings  none; `notegen init {as_argument(notes)}` proposes some"


def settings_text(
    facts: InitFacts, *, title: str, author: str, address: str, language: str, publish: str
) -> str:
    """A notegen.toml with what was chosen, and in remarks what else most people settle."""
    more = ", ".join(
        map(_toml_text, (".md", next((e for e, _ in facts.others if e in MARKDOWN_TEXTS), ".txt")))
    )
    endings = ", ".join(map(_toml_text, facts.extensions))
    has_more, has_tool = len(facts.extensions) > 1, facts.tool != "auto"
    return f"""\
# The settings of notegen for these notes. A line that begins with # says nothing; without the # it counts.

# The name of the site.
title = {_toml_text(title)}

# One sentence about it, for its first page and for search engines.
# description = "What the sea did, day by day."

# Who wrote the notes, for the foot of each page.
{_setting("author", author, "Ines")}

# The address the site will have, for search engines and feeds.
{_setting("base_url", address, "https://me.example/notes/")}

# Where `notegen publish` sends the site; without it, to the branch gh-pages of the repository that the notes are in.
# publishing.to = "me@example.org:/srv/www/notes"

# Whether builds keep the addresses of notes, in a file beside this one, so that links to one that moves still work.
# keep_addresses = true

# The language of the pages, and of the notes that name none.
language = {_toml_text(language)}

# Which notes are published: "all" that are not private, or with "opt-in" only those that say `publish: true`.
publish = {_toml_text(publish)}

# Tags and folders whose notes are private; so are notes that say `private: true` or `publish: false`.
# private_tags = ["private"]
# private_folders = ["Diary/"]

# Files and folders to leave out, as in a .gitignore.
# ignore = ["Templates/", "*.draft.md"]

# What files end in that are read as notes in Markdown.
{f"extensions = [{endings}]" if has_more else f"# extensions = [{more}]"}

# What the notes were written with; "auto" looks at what tools leave in their folders.
{f"tool = {_toml_text(facts.tool)}" if has_tool else '# tool = "obsidian"'}

# How 4/5/23 is read: "dmy" or "mdy".
# date_order = "dmy"
"""


def _setting(key: str, value: str, example: str) -> str:
    return f"{key} = {_toml_text(value)}" if value else f"# {key} = {_toml_text(example)}"


def _toml_text(value: str) -> str:
    """A text in quotes; JSON's escapes are TOML's too, but for DEL, which JSON lets stand."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


# -- build -----------------------------------------------------------------------------------------


def report_build(report: Report, *, site: str, home: str, notes: str) -> list[str]:
    """A build in a few lines; `home` is the address of the site's first page."""
    encrypted = f", {report.encrypted:,} encrypted" if report.encrypted else ""
    withheld = f"{encrypted}, {report.withheld} withheld" if report.withheld else encrypted
    withheld += templates_left_out(report.templates)
    meaning = count_of(report.passages, "passage") if report.semantic else "by words only"
    slowest = sorted(report.seconds.items(), key=lambda item: -item[1])[:3]
    stages = ", ".join(f"{stage} {seconds:.1f}" for stage, seconds in slowest if seconds >= 0.05)
    lines = [f"notes     {report.notes:,}{withheld}; {meaning}"]
    lines += (f"days      {words}" for words in count_scheduled(report.scheduled))
    if report.unfamiliar >= max(1, report.notes * MIN_UNFAMILIAR_SHARE):
        lines.append(f"meaning   {meaning_counts_little(report)}")
    if report.problems:
        lines.append(f"problems  {count_problems(report.problems)}; `notegen check {notes}` lists them")
        lines += _settings_that_fail(report.problems)
    state = "; nothing has changed" if report.is_unchanged else ""
    return [
        *lines,
        f"site      {site}: {report.written.files:,} files, {report.written.size / 1e6:.1f} MB{state}",
        *(f"left      {path}: {reason}" for path, reason in report.written.left),
        f"time      {sum(report.seconds.values()) - report.beside:.1f} s"
        + (f" ({stages})" if stages else ""),
        f"open      {home}",
    ]


def _settings_that_fail(problems: Sequence[Problem]) -> list[str]:
    """Settings that have no effect: they may be meant to keep something private, and no count of warnings says so."""
    found = [problem for problem in problems if problem.code in _OF_SETTINGS]
    lines = [
        f"settings  {_where(problem)}: {word_problem(problem)}" for problem in found[:MAX_NAMED_SETTINGS]
    ]
    more = len(found) - len(lines)
    return [*lines, f"          {more_of_kind(more)}"] if more else lines


def _where(problem: Problem) -> str:
    place = problem.place
    return f"{place.path}:{place.line}" if place.line else place.path


def meaning_counts_little(report: Report) -> str:
    """Why a site finds its notes by words, and what to do about it."""
    every = report.unfamiliar >= report.notes * MIN_EVERY_SHARE
    where = "here" if every else f"for {report.unfamiliar:,} of {count_of(report.notes, 'note')}"
    knows = "English" if report.encoder_language == "en" else f"`{report.encoder_language}`"
    return f"counts little {where}: the model knows {knows}; see the note on languages"


def templates_left_out(count: int) -> str:
    """What follows the number of notes where some are templates; empty for none."""
    return f", {count_of(count, 'template')} left out" if count else ""


def count_scheduled(scheduled: Scheduled) -> list[str]:
    """Which notes are missing since it is not their time, in a line; none where none are."""
    parts = []
    if scheduled.waiting:
        waits = "waits for its day" if scheduled.waiting == 1 else "wait for their day"
        following = "the next on" if scheduled.waiting > 1 else "on"
        parts.append(f"{count_of(scheduled.waiting, 'note')} {waits}, {following} {scheduled.next}")
    if scheduled.over:
        ends = "is no longer shown" if scheduled.over == 1 else "are no longer shown"
        parts.append(f"{count_of(scheduled.over, 'note')} {ends}")
    return ["; ".join(parts)] if parts else []


def day_has_come() -> str:
    """What a rebuild is for when no file has changed."""
    return "the day of some notes has come, or is over"


def waiting_for_build() -> str:
    """Why nothing seems to happen."""
    return "note: another build is writing this site; waiting for it"


def waiting_for_publish() -> str:
    """Why nothing seems to happen."""
    return "note: another publish or build is at work there; waiting for it"


def ask_password(*, again: bool) -> str:
    """What stands before the place to type; `again` where the site has another password, or none yet."""
    if again:
        return "Once more, since the site that is there has not this password"
    return "Password of the encrypted notes"


def password_is_short(letters: int) -> str:
    """What is said of a password that a program finds by trying."""
    return (
        f"warning: a password of {letters} letters is found by trying, by whoever has the site's files; "
        "take six words drawn by dice"
    )


def still_needed() -> str:
    """Why a staging folder is left."""
    return "the next build goes on with it"


# -- check -----------------------------------------------------------------------------------------


def count_problems(problems: Iterable[Problem], *, kinds: bool = True) -> str:
    """`3 warnings (2 link-missing, 1 url-taken), 1 piece of advice`, or that without the kinds."""
    codes = Counter((level_of(problem), problem.code.value) for problem in problems)
    parts = []
    for level, thing, more in (("warning", "warning", ""), ("advice", "piece", " of advice")):
        of_level = [(code, n) for (found, code), n in codes.most_common() if found == level]
        if total := sum(n for _, n in of_level):
            named = ", ".join(f"{n:,} {code}" for code, n in of_level)
            parts.append(f"{count_of(total, thing)}{more}" + (f" ({named})" if kinds else ""))
    return ", ".join(parts) or "no problems"


def report_check(
    notes: int, roots: Iterable[ToolRoot], problems: Iterable[Problem], *, templates: int = 0
) -> str:
    """`749 notes, read as obsidian: 2 warnings`: which tools' folders were recognised, and what was found."""
    counted = f"{count_of(notes, 'note')}{templates_left_out(templates)}{_read_as(roots)}"
    return f"{counted}: {count_problems(problems, kinds=False)}"


def _read_as(roots: Iterable[ToolRoot]) -> str:
    tools = [f"{root.tool} in `{root.path}`" if root.path else root.tool for root in roots]
    return f", read as {', '.join(tools)}" if tools else ""


def undated_notes(count: int, notes: int) -> str:
    """`nothing says when 1,873 of 1,873 notes are from`: one sentence for all of them."""
    return f"nothing says when {count:,} of {count_of(notes, 'note')} {'is' if count == 1 else 'are'} from"


def without_dates(names: str) -> str:
    """What becomes of notes without a date, with some of their names."""
    return f"without a date, last: {names}"


def count_kind(summary: str, count: int, files: int) -> str:
    """`a link leads nowhere: 115 in 40 files`; where `files` is 0, each file has it once, as a whole."""
    if not files:
        return f"{summary}: {count_of(count, 'file')}"
    return f"{summary}: once" if count == 1 else f"{summary}: {count:,} in {count_of(files, 'file')}"


def count_same(count: int, first: str) -> str:
    """What stands after words that several problems share."""
    return f": {count:,} times, first in {first}"


def is_met_at(place: str) -> str:
    """What stands after the words of one problem."""
    return f": {place}"


def missing_in_folder(folder: str) -> str:
    """What missing files have in common; without a folder, that they are named so."""
    return f"files in `{folder}/`" if folder else "files named without a folder"


def found_in_folder(folder: str) -> str:
    """What links have in common that were found below a folder that they do not name."""
    return f"found in `{folder}`"


def more_of_kind(count: int) -> str:
    """Lines that there is no room for."""
    return f"… and {count:,} others"


def list_names(names: Sequence[str], most: int) -> str:
    """`a.md, b.md and 3 more`."""
    left = len(names) - most
    return ", ".join(names[:most]) + (f" and {left:,} more" if left > 0 else "")


def how_to_list_all() -> str:
    """What to do about a list that is shortened."""
    return "`--all` lists every one"


# -- search and related ----------------------------------------------------------------------------


def looked_for_instead(typed: str, used: Sequence[str]) -> str:
    """A word that no note has, and those that were taken for it."""
    return f"note: no note says `{typed}`; looked for {in_backticks(used)}"


def quotation_as_words(phrase: str) -> str:
    """A quotation that no note says."""
    return f'note: no note says `"{phrase}"`; looked for its words'


def model_has_no_table() -> str:
    """Why a search goes by words alone."""
    return (
        "note: this model has no query table, so notes are searched by words; `--full` asks the model itself"
    )


def also_a_folder(command: str, word: str) -> str:
    """A word that may be meant as the folder of the notes."""
    return f"note: `{word}` is also a folder; if its notes are meant, say `notegen {command} ./{word} …`"


def addresses_kept(
    count: int, file: str, moved: Sequence[tuple[str, str]], state: Literal["written", "same", "asked"]
) -> str:
    """What `addresses` did or would do, and which old addresses lead to which notes."""
    notes = count_of(count, "note")
    said = {
        "written": f"kept      {notes} in {file}",
        "same": f"kept      {notes} in {file}, which said so already",
        "asked": f"found     {notes}; {file} is left as it is",
    }
    return "\n".join([said[state], *(f"moved     {url} leads to {note}" for url, note in moved)])


def note_is_there() -> str:
    """What `new` did about a note of that name."""
    return "note: it was there already, and is left as it is"


def nothing_found(*, is_near: bool) -> str:
    """A search without a hit; `is_near` where notes follow that are not wholly beside it."""
    return "nothing found; nearest in meaning:" if is_near else "nothing found"


def why_not_near() -> str:
    """Why a note is named where none answers a question."""
    return "nearest in meaning, though not near"


def nothing_related() -> str:
    """A note without neighbours."""
    return "nothing related"


def why_related(reason: Reason) -> str:
    """`“Heading here” is close to “Heading there”; both say: word, word`."""
    here, there = (p.trail[-1] if p.trail else p.title for p in (reason.here, reason.there))
    words = f"; both say: {', '.join(reason.words)}" if reason.words else ""
    return f"“{here}” is close to “{there}”{words}"


def mark_neighbour(neighbour: Neighbour) -> str:
    """What is to be known of a neighbour beside its name; empty for most."""
    duplicates = ", ".join(neighbour.near_duplicates)
    also = f"; nearly the same text: {duplicates}" if duplicates else ""
    return f"{'  linked' if neighbour.linked else ''}{also}"


# -- cache -----------------------------------------------------------------------------------------


def report_cache(folder: str, *, size: int, vectors: int, encoders: int, sites: int) -> list[str]:
    """Where the cache lies, and what it holds."""
    of_encoders = f" of {encoders:,} encoders" if encoders > 1 else ""
    return [
        f"folder    {folder}",
        f"size      {size / 1e6:.1f} MB",
        f"vectors   {vectors:,}{of_encoders}",
        f"sites     {sites:,} whose last build is known",
    ]


def cache_cleared(folder: str, size: int) -> str:
    """What was removed."""
    return f"cleared   {folder}: {size / 1e6:.1f} MB"


def merged_part(path: str, *, added: int, known: int) -> str:
    """What a cache gave to another."""
    return f"merged    {path}: {count_of(added, 'vector')} new, {known:,} known"


def merged_into(folder: str, *, vectors: int, size: int) -> str:
    """What the cache has now."""
    return f"into      {folder}: {count_of(vectors, 'vector')}, {size / 1e6:.1f} MB"


def vectors_differ(path: str, count: int) -> str:
    """A cache that was made on a machine, or with libraries, whose encoder counts in another way."""
    texts = "1 text has" if count == 1 else f"{count:,} texts have"
    return f"note: {texts} another vector in `{path}` than here; the one that was here stays"


# -- model -----------------------------------------------------------------------------------------


def model_added(name: str, folder: str, *, size: int, languages: Sequence[str]) -> list[str]:
    """What was added, and how it is used."""
    knows = f"; {', '.join(languages)}" if languages else ""
    return [
        f"added     {name}: {size / 1e6:.1f} MB{knows}",
        f"folder    {folder}",
        f'use       folder = "{name}" under [encoder] in notegen.toml',
    ]


def report_models(folder: str, models: Iterable[tuple[str, int, str, Sequence[str]]]) -> list[str]:
    """The models that settings can name: name, bytes, licence and languages of each."""
    lines = [f"folder    {folder}"]
    for name, size, licence, languages in models:
        facts = [
            f"{size / 1e6:.1f} MB",
            *([licence] if licence else []),
            *([" ".join(languages)] if languages else []),
        ]
        lines.append(f"model     {name}: {', '.join(facts)}")
    return lines if len(lines) > 1 else [*lines, "model     none; the bundled one is always there"]


# -- embed -----------------------------------------------------------------------------------------


def report_embed(
    *,
    notes: int,
    passages: int,
    shard: str,
    made: int,
    known: int,
    folder: str,
    size: int,
    seconds: float,
    workers: int | None,
) -> list[str]:
    """What is in the cache now that was not before; `shard` is empty for all, or as `1/3`; `workers` of a cluster."""
    part = f"; part {shard} has {made + known:,}" if shard else ""
    return [
        f"notes     {notes:,}; {count_of(passages, 'passage')}{part}",
        f"vectors   {made:,} new, {known:,} known"
        + ("" if workers is None else f", by {count_of(workers, 'worker')}"),
        f"cache     {folder}: {size / 1e6:.1f} MB",
        f"time      {seconds:.1f} s",
    ]


def waiting_for_workers(address: str) -> str:
    """Why nothing seems to happen."""
    return f"the cluster at {address} has no worker; waiting for one"


def worker_without_notegen(worker: str, reason: str) -> str:
    """Why a worker gets no work; the reason is Python's, or the version of another one."""
    return f"the worker {worker} gets no work, since it has not this notegen: {reason}"


def worker_without_encoder(worker: str, reason: str) -> str:
    """Why a worker gets no work."""
    return f"the worker {worker} gets no work, since it cannot load the encoder: {reason}"


def worker_with_other_model(worker: str, found: str, wanted: str) -> str:
    """Why a worker gets no work."""
    return f"the worker {worker} gets no work, since it has another encoder: {found}, not {wanted}"


def worker_with_other_numbers(worker: str) -> str:
    """Why a worker gets no work, unless it is to be taken all the same."""
    return (
        f"the worker {worker} gets no work, since its processor or its libraries give other numbers with the same "
        "encoder; `--any-processor` takes it"
    )


def also_noted(problem: str) -> str:
    """A problem that stops nothing, in its own words."""
    return f"note: {problem}"


def cache_too_small(size: int, limit: int) -> str:
    """What becomes of vectors that are more than the cache may hold."""
    return (
        f"note: the vectors in the cache take {size / 1024**3:.1f} GiB, and with more than {limit} the next build "
        f"forgets the older half; set `cache_limit = {math.ceil(size / 1024**3)}` in notegen.toml"
    )


# -- stats -----------------------------------------------------------------------------------------

TOPICS_TITLE = "Topics"
OUTLIERS_TITLE = "Stand apart, with the nearest note"
NEAR_DUPLICATES_TITLE = "Nearly the same"


def drift_title(unit: PeriodUnit) -> str:
    """Over the table of periods, whose columns it names."""
    return f"Topics over time, by {unit}: notes, distance moved, distance by chance, largest topic"


def count_garden(notes: int, withheld: int, words: int, passages: int) -> str:
    """How much there is."""
    kept_back = f", {withheld:,} withheld" if withheld else ""
    return f"notes     {notes:,}{kept_back}; {count_of(words, 'word')}, {count_of(passages, 'passage')}"


def span_days(first: str, last: str, guessed: int) -> str:
    """From when the notes are: the first day and the last, as 2024-09-25."""
    undated = f"; {guessed:,} without a date" if guessed else ""
    return f"dates     {first} to {last}{undated}"


def count_links(between_notes: int, missing: int, orphans: int) -> str:
    """How the notes hang together."""
    alone = f"{count_of(orphans, 'note')} without any"
    return f"links     {between_notes:,} between notes, {missing:,} to nowhere; {alone}"


def count_tags(tags: int) -> str:
    """How many tags there are."""
    return f"tags      {tags:,}"


def no_meaning() -> str:
    """Why there is no map."""
    return "meaning   left out: no map, no topics"


def too_few_notes(needed: int) -> str:
    """Why there is no map."""
    return f"meaning   a map needs {needed} notes or more"


def rate_map(grade: str, trust: float, pca_trust: float) -> str:
    """How well the map keeps neighbours: in a word, and as trustworthiness at 10 neighbours."""
    return f"map       keeps neighbours: {grade} ({trust:.2f} of 1, plain axes {pca_trust:.2f}, chance 0.50)"


def describe_outlier(outlier: Outlier) -> str:
    """A note that stands apart."""
    several = "; several subjects" if outlier.multi_topic else ""
    return f"{outlier.note}  ({outlier.nearest}{several})"


# -- audit -----------------------------------------------------------------------------------------


_ENCODINGS = {
    "utf-8": "UTF-8",
    "utf-16": "UTF-16",
    "folded": "letters without case, accents and Unicode's forms",
    "percent": "percent-encoding",
    "html": "character references",
    "json": "escapes of JSON and JavaScript",
    "base64": "base64",
    "punycode": "Punycode",
    "gzip": "gzip",
    "data": "the site's own data",
}


def report_audit(audit: Audit, site: str) -> list[str]:
    """An audit in a few lines that can be shown to anybody: what was looked for is counted, not named."""
    if audit.notes or audit.parts or audit.attachments:
        wanted = (
            f"{count_of(audit.notes, 'note')}, {count_of(audit.parts, 'part')} of public notes and "
            f"{count_of(audit.attachments, 'attachment')} that are private: {count_of(audit.words, 'word')}, "
            f"{count_of(audit.sequences, 'sequence')} of words and "
            f"{count_of(audit.names, 'name')} that nothing public has"
        )
    else:
        wanted = "nothing: no note is private"
    return [
        f"searched  {site}: {audit.files:,} files, {audit.bytes / 1e6:.1f} MB, read as "
        + ", ".join(_ENCODINGS.get(one, one) for one in audit.encodings),
        f"for       {wanted}",
        f"found     {count_of(len(audit.leaks), 'place') if audit.leaks else 'nothing'}",
        *(f"          {word_leak(leak)}" for leak in audit.leaks),
    ]


# -- book ------------------------------------------------------------------------------------------


def report_book(
    *,
    book: str,
    notes: int,
    of: int,
    withheld: int,
    encrypted: int,
    pictures: int,
    size: int,
    seconds: float,
    home: str,
) -> list[str]:
    """A book in a few lines; `home` is its address on this disk."""
    garden = f" of {of:,}" if of > notes else ""
    kept_back = f", {encrypted:,} encrypted left out" if encrypted else ""
    kept_back += f", {withheld:,} withheld" if withheld else ""
    return [
        f"notes     {notes:,}{garden}{kept_back}",
        f"book      {book}: {count_of(pictures, 'picture')}, {size_in_words(size)}",
        f"time      {seconds:.1f} s",
        f"open      {home}",
    ]


# -- publish ---------------------------------------------------------------------------------------

MAX_NAMED_FILES = 5
"""Files of a kind that are named; of more, their number."""


def report_plan(
    target: str, *, added: Sequence[str], changed: Sequence[str], removed: Sequence[str], size: int
) -> list[str]:
    """What a publish will do; the site's own files are counted and not named."""
    if not (added or changed or removed):
        return [f"target    {target}: nothing has changed"]
    lines = [f"target    {target}"]
    for name, files in (("added", added), ("changed", changed), ("removed", removed)):
        named = [file for file in files if not file.startswith("notegen/")]
        shown = f": {list_names(named, MAX_NAMED_FILES)}" if named else ""
        own = len(files) - len(named)
        with_own = f" and {own:,} of notegen's own" if own and named else " of notegen's own" if own else ""
        if files:
            lines.append(f"{name:9} {count_of(len(named), 'file') if named else f'{own:,}'}{with_own}{shown}")
    return [*lines, f"to send   {size_in_words(size)}"]


def size_in_words(size: int) -> str:
    """`412 bytes`, `34.5 kB`, `1.2 MB`."""
    if size < 1000:
        return count_of(size, "byte")
    return f"{size / 1e3:.1f} kB" if size < 1e6 else f"{size / 1e6:.1f} MB"


def ask_to_publish() -> str:
    """The question before anything is sent."""
    return "Publish this?"


def not_published() -> str:
    """After a no, or where it was only to be shown."""
    return "note: nothing was sent"


def past_is_kept() -> str:
    """What a branch with a history does not forget."""
    return "the history of the branch keeps the pages that are removed; with `--squash` it has the new commit alone"


def moved_since_published(urls: Sequence[str], notes: Mapping[str, str], folder: str) -> str:
    """Which links from elsewhere publishing breaks: the addresses that go, and what notes at these are called now."""
    first = f"{'the first ' if len(urls) > 1 else ''}from `{urls[0]}` to `{notes[urls[0]]}`"
    return (
        f"{count_of(len(urls), 'page')} moved, {first}; what links to the old address leads nowhere until "
        f"`notegen addresses {as_argument(folder)}` is run, and this again"
    )


def entries_anew(title: str) -> str:
    """What another title does to a feed."""
    return f'followers of the feed are told of all its notes once more; `feeds.id = "{title}"` keeps that from them'


def published(target: str) -> str:
    """The last line of what was sent."""
    return f"published {target}"


def branch_in_words(branch: str, remote: str) -> str:
    """What a branch of a repository is called in messages."""
    return f"branch `{branch}` of `{remote}`"


def commit_message(added: int, changed: int, removed: int) -> str:
    """The subject of the commit on a branch."""
    parts = [
        f"{count:,} {what}" for what, count in (("added", added), ("changed", changed), ("removed", removed))
    ]
    return f"Publish: {', '.join(part for part in parts if not part.startswith('0 '))}"


def workflow_written(file: str, *, replaced: bool) -> list[str]:
    """What `--init` did, and what to do now."""
    return [
        f"{'replaced' if replaced else 'written':9} {file}",
        "next      read its first lines, which say what is to be set up once; then commit and push it",
    ]


# -- serve -----------------------------------------------------------------------------------------


def port_taken(port: int) -> str:
    """The port that was asked for and is not used."""
    return f"port {port} is taken"


def serving_at(url: str) -> str:
    """Where the site is, and how to stop."""
    return f"serving at {url}, rebuilding on change; stop with Ctrl-C"


def looks_again(reason: str) -> str:
    """That changes are not told, but looked for."""
    return f"looking for changes every second: {reason}"


def on_shared_disk(kind: str) -> str:
    """Why changes there are looked for."""
    return f"a disk of the kind {kind} does not tell of those that others make"


def watches_no_more(reason: str) -> str:
    """The same, where the system refuses."""
    return f"the system does not tell of them ({reason.strip('. ')})"


def files_changed(names: Sequence[str]) -> str:
    """What a rebuild is for."""
    if len(names) > MAX_NAMED_CHANGES:
        return f"{len(names)} files changed"
    return f"{in_backticks(names)} changed"


def stopped() -> str:
    """The last line of what Ctrl-C ended."""
    return "stopped"


def answers_localhost_only() -> str:
    """To a request that was meant for another name than this machine's own."""
    return "this server answers to localhost only"


def not_found() -> str:
    """To a request for what a site does not have, where it has no page that says so."""
    return "not found"
