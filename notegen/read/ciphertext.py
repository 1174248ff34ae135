"""Notes that another program has encrypted as a whole: whoever did that has not published them."""

from notegen.regex import regex

_BEGINNING = regex(
    r"\s*(?:-----BEGIN (?:PGP MESSAGE|AGE ENCRYPTED FILE)-----|age-encryption\.org/v\d|\$ANSIBLE_VAULT;|GITCRYPT"
    r"|U2FsdGVkX1|Salted__)"
)
"""Of PGP, age, Ansible's vault, git-crypt and OpenSSL."""


def is_ciphertext(text: str) -> bool:
    """Whether a text is what such a program has made of one. Total."""
    return _BEGINNING.match(text) is not None
