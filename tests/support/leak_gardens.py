"""Random gardens with secrets sown in private places: the same garden for the same number, each a folder of notes."""

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

_WORDS = "sea tide moon harbour boat sand wind salt gull wave rope net pier storm lamp bay reef fog anchor keel".split()
_FLAGS = (
    ("private", "true"), ("draft", "true"), ("publish", "false"), ("published", "no"), ("public", "false"),
    ("dg-publish", "off"), ("nopublish", "yes"), ("share", "false"), ("encrypt", "true"), ("encrypted", "yes"),
    ("visibility", "private"), ("tags", "[a, private]"), ("publishDate", "2090-01-01"), ("expiryDate", "2001-01-01"),
)  # fmt: skip
_HTML_HIDING = (
    "<template>{}</template>", "<span hidden>{}</span>", "<noscript>{}</noscript>", "<!-- {} -->",
    '<b style="display:none">{}</b>', "<script>{}</script>", "<!--{}-->", "<i hidden='x'>{}</i>",
)  # fmt: skip


@dataclass(slots=True)
class SownGarden:
    """Files by path, the secrets sown in them, and words that must be published."""

    files: dict[str, bytes] = field(default_factory=dict)
    secrets: list[str] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)


class _Sower:
    def __init__(self, number: int) -> None:
        self.random = Random(f"leaks {number}")
        self.number = number
        self.garden = SownGarden()

    def word(self, mark: str) -> str:
        letters = "".join(self.random.choice("bcdfghjklmnpqrstvwxz") for _ in range(9))
        return f"{mark}{letters}q"

    def secret(self) -> str:
        self.garden.secrets.append(self.word("qx"))
        return self.garden.secrets[-1]

    def public(self) -> str:
        self.garden.shown.append(self.word("px"))
        return self.garden.shown[-1]

    def prose(self, most: int = 8) -> str:
        return " ".join(self.random.choice(_WORDS) for _ in range(self.random.randint(1, most)))


def sow(number: int) -> SownGarden:
    """The garden of a number."""
    sower = _Sower(number)
    random, garden = sower.random, sower.garden
    names = []
    for index in range(random.randint(1, 3)):
        name, folder = sower.secret(), random.choice(["", "log/", f"{sower.secret()}/", "a b/"])
        names.append((f"{folder}{name}", name))
        garden.files[f"{folder}{name}.{random.choice(['md', 'md', 'markdown', 'MD'])}"] = _private_note(
            sower, index
        )
    if random.random() < 0.3:
        folder = random.choice(["Work", "my work", "x/Deep"])
        garden.files[".obsidian/publish.json"] = _encoded(sower, f'{{"excluded": ["{folder}"],}}')
        garden.files[f"{folder}/{random.choice(['', 'in/'])}n.md"] = f"{sower.secret()}\n".encode()
        if random.random() < 0.5:
            garden.files[f"{folder}/{random.choice(['.obsidian/app.json', 'foam.json', 'dendron.yml'])}"] = (
                b"{}"
            )
    for index in range(random.randint(1, 3)):
        blocks = [random.choice(_BLOCKS)(sower, names) for _ in range(random.randint(2, 7))]
        if random.random() < 0.3:
            blocks.append(
                f"## {sower.prose(2)} #private\n\n{sower.secret()}\n\n### {sower.secret()}\n\n- {sower.secret()}"
            )
        if random.random() < 0.15:
            blocks.append(
                random.choice(["%% {}", "<!-- {}", "<template>{}", "%%\n\n{}\n\n# x"]).format(sower.secret())
            )
        garden.files[f"{random.choice(['', 'open/'])}note {index}.md"] = "\n\n".join(blocks).encode() + b"\n"
    return garden


def _encoded(sower: _Sower, text: str) -> bytes:
    return text.encode(sower.random.choice(["utf-8", "utf-8", "utf-8-sig", "utf-16"]))


def _private_note(sower: _Sower, index: int) -> bytes:
    random = sower.random
    key, value = random.choice(_FLAGS)
    key = random.choice([str.lower, str.upper, str.title])(key)
    value = (
        value
        if key.lower() == "tags"
        else random.choice([value, value.upper(), value.title(), f'"{value}"', f"{value} # x"])
    )
    head = [
        f"{random.choice(['', '', ' '])}{key}: {value}".strip(),
        f"title: {sower.secret()}",
        f"aliases: [{sower.secret()}]",
    ]
    if random.random() < 0.5:
        head.append(f"tags: [{sower.secret()}]" if key.lower() != "tags" else f"x: {sower.secret()}")
    random.shuffle(head)
    if random.random() < 0.15:
        head.append("broken: [")
    above = random.choice(["", "", "", "\n", "\u200b", f"# {sower.prose(3)}\n", "<!-- x -->\n", "\ufeff"])
    fence = "---" if above == "" else random.choice(["---", "----", "---yaml"])
    body = f"# {sower.secret()}\n\n{sower.secret()} {sower.prose()} [[note 0]] #{sower.secret()}\n"
    return _encoded(
        sower, f"{above}{fence}\n" + "\n".join(head) + f"\n{'---' if fence == '---yaml' else fence}\n{body}"
    )


Block = Callable[[_Sower, list[tuple[str, str]]], str]


def _plain(sower: _Sower, names: list[tuple[str, str]]) -> str:
    return f"{sower.prose()} {sower.public()} {sower.prose()}"


def _comment(sower: _Sower, names: list[tuple[str, str]]) -> str:
    inner = sower.random.choice(
        ["{}", "a {}", "\n{}\n", "\n\n{}\n\n", "\n\n# {}\n\n- {}\n\n", "\n\n> {}\n\n", "`{}` {}"]
    )
    inner = inner.replace("{}", sower.secret(), 1).replace("{}", sower.secret())
    return f"{sower.public()} %%{inner}%% {sower.public()}"


def _html(sower: _Sower, names: list[tuple[str, str]]) -> str:
    hiding = sower.random.choice(_HTML_HIDING)
    inner = sower.random.choice(["{}", "x {} y", "<b>{}</b>", "\n{}\n", "*{}*"]).format(sower.secret())
    return f"{sower.public()} {hiding.format(inner)} {sower.public()}"


def _list(sower: _Sower, names: list[tuple[str, str]]) -> str:
    bullet = sower.random.choice(["-", "*", "1.", "+"])
    hidden = sower.random.choice(_HTML_HIDING).format(sower.secret())
    return (
        f"{bullet} {sower.public()} %%{sower.secret()}\n{bullet} {sower.secret()}%%\n"
        f"{bullet} {sower.public()}\n{bullet} {hidden} {sower.public()}"
    )


def _table(sower: _Sower, names: list[tuple[str, str]]) -> str:
    row = sower.random.choice(["| %%{} | {}%% |", "| %%{}%% | b %%{}%% |", "| <!-- {} | {} --> |"])
    hidden = row.format(sower.secret(), sower.secret())
    return f"| {sower.public()} | b |\n|---|---|\n{hidden}\n| {sower.public()} | d |"


def _quote(sower: _Sower, names: list[tuple[str, str]]) -> str:
    head = sower.random.choice(["", "[!note] x\n> ", "[!tip]- %%y%% z\n> "])
    return f"> {head}{sower.public()} %%{sower.secret()}\n> {sower.secret()}%% {sower.public()}"


def _code(sower: _Sower, names: list[tuple[str, str]]) -> str:
    return sower.random.choice(
        ["```\n%% {}\n```", "`%% {}`", "Words.\n\n    %% {}", "> ```\n> <!-- {}\n> ```"]
    ).format(sower.public())


def _link(sower: _Sower, names: list[tuple[str, str]]) -> str:
    path, name = sower.random.choice(names)
    address = path.replace(" ", "%20")
    forms = (
        f"[[{name}]]", f"[[{path}]]", f"![[{name}]]", f"![[{path}|200]]", f"[[{path}#x]]", f"[{name}]({address}.md)",
        f"[]({address}.md)", f"![{name}]({address}.md)", f"[[{name}|{name}]]", f'<a href="{address}.md">{name}</a>',
        f"[[{name.upper()}]]", f"[**{name}**](/{address})", f"[{path}](<{path}.md>)", f"`x` [[{name}\\|{name}]]",
    )  # fmt: skip
    return f"{sower.public()} {sower.random.choice(forms)} {sower.public()}"


_BLOCKS: tuple[Block, ...] = (_plain, _comment, _html, _list, _table, _quote, _code, _link, _link)
