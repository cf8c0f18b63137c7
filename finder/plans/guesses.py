"""A guess: what a program's words let one believe, with the words it rests on; sure, or only likely."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Guess:
    """One value for a field (kind, needs, eligible) and the plan's words for it.

    `doubt` says why it is not sure; `note` what a sure one leaves to be asked.
    """

    field: str
    value: Any
    words: str
    sure: bool
    doubt: str = ""
    note: str = ""
