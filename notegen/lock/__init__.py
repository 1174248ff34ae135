"""A site with encrypted notes is two sites in one: the public one, and encrypted what the full one has beside it.

The first is made of the public notes as if there were no others. The second is made of all notes: its pages, search
index, previews, graph and map are what a reader sees who knows the password. `addresses.py` gives both the same
addresses where they have the same pages; `files.py` encrypts what only the second has.
"""

from notegen.lock.addresses import only_for_encrypted, with_addresses_of, with_locked_pages
from notegen.lock.files import lock_files

__all__ = ["lock_files", "only_for_encrypted", "with_addresses_of", "with_locked_pages"]
