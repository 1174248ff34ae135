"""What is encrypted or not published where other programs take it: by git, by plugins that publish what is marked."""

from collections.abc import Iterator

from tests.support.way import Way

_NOTE = "# Public\n\nA public note that links [[b]].\n"
_SHOWN = ("public note",)


def elsewhere_ways() -> Iterator[Way]:
    """One after the other."""
    yield from _ciphers()
    yield from _marked()


def _ciphers() -> Iterator[Way]:
    below = {"a.md": _NOTE, "Work/b.md": "SECRET\n", "Work/SECRET.png": "x", "c.md": "![[SECRET.png]]\n"}
    crypt = "filter=git-crypt diff=git-crypt"
    for number, lines in enumerate(
        (
            f"Work/** {crypt}\n",
            f"Work/ {crypt}\n",
            f"* text=auto\n/WORK/* {crypt}\n*.png -text {crypt}\n",
            "Work/* filter=crypt diff=crypt merge=crypt\n",
            "Work/* filter=git-agecrypt\n",
            "Work/** filter=age\n",
            f"[attr]hush {crypt}\nWork/* hush\n",
            f"* {crypt}\n*.md !filter !diff\na.md -filter\nWork/* filter=sops\n",
        )
    ):
        yield Way(f"git encrypts, {number}", {".gitattributes": lines, **below}, _SHOWN)
    plain = {"a.md": _NOTE, "my work/b.md": "SECRET\n"}
    yield Way("git encrypts, in quotes", {".gitattributes": f'"my work/*" {crypt}\n', **plain}, _SHOWN)
    own = f"* {crypt}\n.gitattributes !filter !diff\n"
    yield Way("git encrypts, in the folder", {"Work/.gitattributes": own, **below}, _SHOWN)
    lists = {".gitsecret/paths/mapping.cfg": "Work/b.md:abc\n", ".blackbox/blackbox-files.txt": "Work/b.md\n"}
    for name, text in lists.items():
        yield Way(
            f"a list of what is encrypted: {name}",
            {name: text, "a.md": _NOTE, "Work/b.md": "SECRET\n"},
            _SHOWN,
        )
    for ending in ("gpg", "age", "enc", "PGP"):
        files = {"a.md": _NOTE, "b.md": "SECRET\n", f"b.md.{ending}": "x"}
        yield Way(f"beside its encrypted copy, {ending}", files, _SHOWN)
    whole: tuple[str | bytes, ...] = (
        "-----BEGIN PGP MESSAGE-----\n\nSECRET\n-----END PGP MESSAGE-----\n",
        "---\ntitle: x\n---\n\n-----BEGIN AGE ENCRYPTED FILE-----\nSECRET\n-----END AGE ENCRYPTED FILE-----\n",
        "age-encryption.org/v1\n-> X25519 SECRET\n",
        "$ANSIBLE_VAULT;1.1;AES256\nSECRET\n",
        b"\0GITCRYPT\0SECRET\xff\n",
    )
    for number, content in enumerate(whole):
        yield Way(f"encrypted as a whole, {number}", {"a.md": _NOTE, "b.md": content}, _SHOWN)
    public = {
        ".gitattributes": "*.png filter=lfs diff=lfs\n*.md text diff=markdown\nx/* filter=git-crypt\nx/b.md !filter\n",
        "x/b.md": "A public note.\n",
        "b.md.asc": "-----BEGIN PGP SIGNATURE-----\n",
    }
    yield Way("published: what git does not encrypt", public, _SHOWN)


def _marked() -> Iterator[Way]:
    def vault(plugin: str, settings: str, is_on: bool = True) -> dict[str, str | bytes]:
        return {
            ".obsidian/community-plugins.json": f'["dataview", "{plugin}"]' if is_on else '["dataview"]',
            f".obsidian/plugins/{plugin}/data.json": settings,
        }

    def marked(key: str) -> dict[str, str | bytes]:
        return {
            "a.md": f"---\n{key}: true\n---\n{_NOTE}",
            "b.md": "SECRET\n",
            "c.md": f"---\n{key}: false\n---\nSECRET\n",
        }

    enveloppe, quartz = "obsidian-mkdocs-publisher", "quartz-syncer"
    for plugin, settings, key in (
        ("digitalgarden", '{"githubRepo": "x"}', "dg-publish"),
        (enveloppe, '{"plugin": {"shareKey": "share"}}', "share"),
        (enveloppe, '{"plugin": {"shareKey": "my garden", "shareAll": {"enable": false}}}', "my garden"),
        (enveloppe, "", "share"),
        (quartz, "{}", "publish"),
        (quartz, '{"publishFrontmatterKey": "Garden"}', "garden"),
    ):
        yield Way(
            f"a plugin: {plugin} {settings}",
            {**vault(plugin, settings), **marked(key)},
            _SHOWN,
            ("only-marked",),
        )
    broken = {**vault(quartz, '{"publish'), **marked("publish")}
    yield Way("a plugin whose settings are broken", broken, _SHOWN, ("tool-settings-invalid",))
    own_key = {**marked("garden"), "b.md": "x\n"}
    all_shared = (
        '{"plugin": {"shareKey": "garden", "shareAll": {"enable": true}, "excludedFolder": ["/Work/"]}}'
    )
    yield Way(
        "a plugin that shares all but some",
        {**vault(enveloppe, all_shared), **own_key, "Work/d.md": "SECRET\n"},
        _SHOWN,
    )
    for name, settings, is_on in (
        ("off", "{}", False),
        ("of all", '{"allNotesPublishableByDefault": true}', True),
    ):
        files = {**vault(quartz, settings, is_on), "b.md": "A public note.\n"}
        yield Way(f"published: a plugin {name}", files, _SHOWN)
    for key, template in (
        ("templater-obsidian/data.json", '{"folder_templates": [{"folder": "x", "template": "Forms/b.md"}]}'),
        ("templater-obsidian/data.json", '{"file_templates": [{"regex": "x", "template": "Forms/b"}]}'),
        ("quickadd/data.json", '{"templateFolderPath": "Forms"}'),
    ):
        files = {f".obsidian/plugins/{key}": template, "Forms/b.md": "SECRET\n", "a.md": _NOTE}
        yield Way(f"a template: {template}", files, _SHOWN)
