"""What a file of data/ gets wrong, in Japanese, for the people of a 担当課."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ValidationError


def problems_of(error: ValidationError) -> list[tuple[str, str]]:
    """Return (place, what is wrong and what to do) for everything that a file gets wrong."""
    return [(_place(e["loc"]), _message(e)) for e in error.errors()]


def only_lacking(model: type[BaseModel], raw: Any) -> bool:
    """Tell whether nothing is wrong with a table but that something is missing, in itself or one table inside."""
    try:
        model.model_validate(raw)
    except ValidationError as error:
        return all(e["type"] in ("missing", "too_short") and len(e["loc"]) <= 2 for e in error.errors())
    return True


def _place(loc: tuple[int | str, ...]) -> str:
    parts = ""
    for step in loc:
        parts += f"[{step + 1}]" if isinstance(step, int) else (f".{step}" if parts else str(step))
    return parts


_MESSAGES = {
    "missing": "必要な項目がありません。書き足してください",
    "extra_forbidden": "知らない項目です。つづりを見直すか、消してください",
    "string_type": "文字（\"…\"）で書いてください",
    "int_type": "整数で書いてください",
    "bool_type": "true か false で書いてください",
    "list_type": "[ … ] の形で書いてください",
    "date_from_datetime_inexact": "日付は 2026-11-22 の形で、引用符を付けずに書いてください",
    "dict_type": "{ … } の形で書いてください",
    "model_type": "[見出し] の下に項目を並べるか、{ … } の形で書いてください",
    "float_type": "数で書いてください",
    "date_type": "日付は 2026-11-22 の形で、引用符を付けずに書いてください",
    "string_too_short": "空です。書いてください",
}


def _message(error: Any) -> str:
    kind = error["type"]
    if kind == "value_error":
        return str(error["ctx"]["error"])
    if kind in ("literal_error", "enum"):
        return f"「{error['input']}」は使えません。使える値: {error['ctx']['expected']}"
    if kind == "string_too_long":
        return f"{error['ctx']['max_length']}文字までにしてください"
    if kind == "too_short":
        return f"{error['ctx']['min_length']}つ以上必要です"
    if kind == "string_pattern_mismatch":
        return f"形が違います。{error['ctx']['pattern']} の形で書いてください"
    return _MESSAGES.get(kind, f"書き方が違います（{error['msg']}）。data/README.md の例と見くらべてください")
