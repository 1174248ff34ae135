"""Regular expressions that are compiled when first asked for anything: of a thousand an edit's build asks 150.

To compile them all takes a tenth of a second, whenever a module that holds some is loaded.
"""

import re
from typing import Any, AnyStr, cast

_MEMBERS = tuple(name for name in dir(re.Pattern) if not name.startswith("_"))


def regex(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """What `re` compiles, for a module to hold: a mistake is found when it is first used.

    It has all that a pattern has, and is none: functions of `re` do not take it.
    """
    return cast("re.Pattern[AnyStr]", _Uncompiled(pattern, flags))


class _Compiled:
    """Has what its pattern has, as attributes of its own, which are found as fast."""


class _Uncompiled(_Compiled):
    """Becomes the above once anything else than its source is asked for."""

    def __init__(self, pattern: str | bytes, flags: int) -> None:
        self.pattern, self._flags = pattern, flags

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(self.pattern, self._flags)
        self.__dict__.update((member, getattr(compiled, member)) for member in _MEMBERS)
        self.__class__ = _Compiled  # type: ignore[assignment]  # mypy has no name for that
        return getattr(compiled, name)
