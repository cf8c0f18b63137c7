"""Plain tables -> TOML text, laid out as the files of data/ are: short rows inside, headings outside."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

WIDE = 120          # a list longer than this stands one entry per line
_BARE = re.compile(r"[A-Za-z0-9_-]+")


def toml_text(table: Mapping[str, Any]) -> str:
    """Return a table as TOML; what is None is left out.  `tomllib.loads` gives the table back."""
    return "\n".join(_lines(table, "")).strip("\n") + "\n"


def _lines(table: Mapping[str, Any], heading: str) -> Iterator[str]:
    headed = {k: v for k, v in table.items() if _has_heading(v, heading)}
    yield from (f"{_key(k)} = {_value(v)}" for k, v in table.items() if k not in headed and v is not None)
    for key, value in headed.items():
        name = f"{heading}.{_key(key)}" if heading else _key(key)
        for one in value if isinstance(value, list) else [value]:
            yield f"\n[[{name}]]" if isinstance(value, list) else f"\n[{name}]"
            yield from _lines(one, name)


def _has_heading(value: Any, heading: str) -> bool:
    if isinstance(value, Mapping):
        return not heading and bool(value)
    return isinstance(value, list) and bool(value) and all(isinstance(v, Mapping) for v in value)


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _string(key)


def _string(text: str) -> str:
    # JSON's escapes are TOML's, but for DEL, which TOML wants escaped too.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _value(value: Any) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case date():
            return value.isoformat()
        case int() | float():
            return repr(value)
        case str():
            return _string(value)
        case Mapping():
            inside = ", ".join(f"{_key(k)} = {_value(v)}" for k, v in value.items() if v is not None)
            return f"{{ {inside} }}" if inside else "{}"
        case _:
            values = [_value(v) for v in value]
            if sum(map(len, values)) > WIDE:
                return "[\n" + "".join(f"    {v},\n" for v in values) + "]"
            return f"[{', '.join(values)}]"
