"""What staff change about their own account: password, second factor, sessions. Each asks anew who they are.

Whatever changes how one signs in ends every session of the account but this one, which gets another token.
"""

from __future__ import annotations

import logging
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

from finder import staff
from finder.offers import Offer
from finder.signing_in import LOCKED, NOT_THE_SAME, NOTHING, WRONG_CODE, code_is_wrong
from finder.staff import factor_offered, factor_seal, route_here, session_here, store_here
from finder.store.accounts import Account, BadAccount, Refused, change_password, check_password, end_all, note
from finder.store.second_factor import drop_second_factor, keep_second_factor, make_recovery_codes
from finder.store.sessions import begin_session, change_token, end_sessions, sessions_of

log = logging.getLogger(__name__)
WRONG_PASSWORD = "いまのパスワードが違います。"      # noqa: S105 - words
LONGEST_CODE = 7          # 6 digits, as phones show them: 123 456; what is longer is a recovery code
NONE_CHOSEN = "出る所をえらんでください。"


@dataclass(frozen=True, slots=True)
class Change:
    """What came of it: the `session` that goes on, or what is `wrong`, in words, with the field it is about and the HTTP status."""

    session: str = ""
    wrong: str = ""
    field: str = ""
    status: int = 200
    codes: tuple[str, ...] = ()


def _doubt(store: Any, account: Account, password: str, code: str | None = None) -> Change | None:
    """Return what is wrong with what somebody told to show who they are, None when nothing is; failures count.

    `code` is of the second factor, or a recovery code; it is asked of who has one, where the change is about signing in.
    """
    try:
        check_password(store, account.name, password, staff.now_here())
        if code is None or not account.second_factor or not factor_offered():
            return None
        wrong = code_is_wrong(store, account.name, code, recovery=len(code.strip()) > LONGEST_CODE)
    except Refused as refused:
        log.warning("a change of an account was refused", extra={"told": {"locked": refused.locked, "route": route_here()}})
        return Change(wrong=LOCKED, field="now", status=429) if refused.locked else Change(wrong=WRONG_PASSWORD, field="now", status=401)
    return Change(wrong=wrong, field="code", status=401) if wrong else None


def _anew(store: Any, name: str, place: str, did: str, what: str = "") -> Change:
    """End every session of an account, write down why, and begin the one that goes on."""
    with store.atomic():
        end_all(store, name)
    note(store, name, did, what, staff.now_here())
    return Change(begin_session(store, name, place, staff.now_here()))


def renew_password(account: Account, now: str, new: str, again: str, code: str, place: str) -> Change:
    """Give an account a new password when the one it has is told."""
    if new != again:
        return Change(wrong=NOT_THE_SAME, field="again", status=400)
    with store_here() as store:
        if doubt := _doubt(store, account, now, code):
            return doubt
        try:
            change_password(store, account.name, new)
        except BadAccount as bad:
            return Change(wrong=f"{bad}。", field="new", status=400)
        return _anew(store, account.name, place, "パスワードを変える")


def take_factor(account: Account, password: str, offer: Offer, code: str, place: str) -> Change:
    """Give an account its second factor when its password and a code of the offered key are told."""
    with store_here() as store:
        if doubt := _doubt(store, account, password):
            return doubt
        step = offer.step_of(code)
        if step is None:      # not counted: the key stands on the same page
            return Change(wrong=WRONG_CODE if code.strip() else NOTHING, field="code", status=400)
        codes = keep_second_factor(store, account.name, offer.key, step, factor_seal(), staff.now_here())
        return replace(_anew(store, account.name, place, "二段階認証をつける"), codes=codes)


def renew_codes(account: Account, password: str, code: str, place: str) -> Change:
    """Give an account new recovery codes in the place of all that it had."""
    with store_here() as store:
        if doubt := _doubt(store, account, password, code):
            return doubt
        codes = make_recovery_codes(store, account.name)
        return replace(_anew(store, account.name, place, "予備のコードを作りなおす"), codes=codes)


def leave_factor(account: Account, password: str, code: str, place: str) -> Change:
    """Take an account's second factor away; where one is required, its owner gets another at the next page."""
    with store_here() as store:
        if doubt := _doubt(store, account, password, code):
            return doubt
        drop_second_factor(store, account.name)
        return _anew(store, account.name, place, "二段階認証を外す")


def leave_sessions(account: Account, password: str, chosen: Collection[str], others: bool) -> Change:
    """End the chosen sessions of an account, or all `others`, when its password is told; this one goes on under another token."""
    with store_here() as store:
        if doubt := _doubt(store, account, password):
            return doubt
        found = {one.mark for one in sessions_of(store, account.name, session_here(), staff.now_here()) if not one.here}
        ended = found if others else found & set(chosen)
        if not ended:
            return Change(wrong=NONE_CHOSEN, field="end", status=400)
        end_sessions(store, account.name, ended)
        note(store, account.name, "ほかの所を出る", f"{len(ended)}か所", staff.now_here())
        return Change(change_token(store, session_here()))
