"""A key that is offered for a second factor: shown as a picture and as text, taken when a code of it was told.

Until then it is kept nowhere but in the form itself, sealed: opening the page changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from finder import staff
from finder.codes import qr_once
from finder.store.second_factor import key_address, make_key, step_of
from finder.visit import LIFETIME, opened, sealed


@dataclass(frozen=True, slots=True)
class Offer:
    """The key, and what a form carries so that it comes back."""

    name: str
    key: str
    carried: str

    @property
    def picture(self) -> str:
        """Return the code that a phone reads; nothing here remembers it."""
        return qr_once(key_address(self.key, self.name))

    @property
    def shown(self) -> str:
        """Return the key for typing, four letters at a time."""
        return " ".join(self.key[at:at + 4] for at in range(0, len(self.key), 4))

    def step_of(self, code: str) -> int | None:
        """Return the step of time of which a code of this key is, None for a wrong one."""
        return step_of(self.key, code, staff.now_here())


def offer_here(name: str, carried: str = "") -> Offer:
    """Return the offer that a form carried for this account, or a new one."""
    seal = staff.offer_seal()
    held = opened(carried, seal, LIFETIME)
    key = str(held["key"]) if held.get("name") == name else make_key()
    return Offer(name, key, sealed({"name": name, "key": key}, seal))
