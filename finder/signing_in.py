"""Signing in, one question at a time: password, code, a password of one's own, a second factor; only then a session begins.

The form of each page carries the token of a sign-in on its way and nothing else: what has been told
stands in the store, for ten minutes, and what is asked next follows from the account.  So both ways
in, `/admin/sign-in` and that of a counter, ask for the same, and no page of staff opens before the end.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from typing import Any

from flask import request

from finder import staff
from finder.offers import Offer, offer_here
from finder.staff import factor_offered, factor_seal, lacks_factor, route_here, session_here, store_here
from finder.store.accounts import Account, BadAccount, Refused, accounts, change_password, check_lock, check_password, count_failure, note
from finder.store.second_factor import keep_second_factor, recovery_codes_left, use_code, use_recovery_code
from finder.store.sessions import begin_session, sign_out
from finder.store.sign_ins import SignIn, begin_sign_in, end_sign_in, sign_in_of

log = logging.getLogger(__name__)
REFUSED = "名前かパスワードが違います。"
LOCKED = "間違いが続いたので、15分のあいだ入れません。"
LATE = "時間がたったので、もう一度、名前とパスワードを入れてください。"
ELSEWHERE = "このアカウントは、ほかの自治体のものです。"
ONLY_SEES = "このアカウントでは書けません。書いていた人の名前で入ってください。"
NOTHING = "コードを入れてください。"
WRONG_CODE = "コードが違います。いま出ている6けたを入れてください。一度使ったコードは、次のコードに変わるまで待ちます。"
WRONG_RECOVERY = "予備のコードが違うか、もう使ってあります。"
NOT_THE_SAME = "新しいパスワードが、二つの欄で違います。"


@dataclass(frozen=True, slots=True)
class Question:
    """What a sign-in asks next: "name", "code", "password", "key" (of a second factor) or "codes" (to be written down); "" when done.

    `sign_in` is the token that the next form carries, `session` that of the session that has begun;
    `wrong` says in words what was wrong with the last answer, `field` where.
    """

    asks: str
    sign_in: str = ""
    name: str = ""
    wrong: str = ""
    field: str = ""
    status: int = 200
    offer: Offer | None = None
    codes: tuple[str, ...] = ()
    session: str = ""


FIRST = Question("name")


def next_question(place: str, municipality: str = "", edits: bool = False) -> Question:
    """Take the answer that was sent and return what is asked next.

    `place` is where the session's cookie will go.  A face of one `municipality` lets nobody in who works for another;
    where somebody was writing (`edits`), nobody who may only look.
    """
    on_its_way = "sign_in" in request.form
    with store_here() as store:
        found = _found(store) if on_its_way else _begun(store)
        if isinstance(found, Question):
            return found
        if wrong := _not_here(found.account, municipality, edits):
            end_sign_in(store, found.token)
            return Question("name", name=found.account.name, wrong=wrong, status=403)
        answer = {"code": _code, "password": _own_password, "key": _key}.get(_needs(found)) if on_its_way else None
        try:
            said = answer(store, found) if answer else found
        except Refused as refused:
            end_sign_in(store, found.token)
            return replace(_refused(refused), name=found.account.name)
        return said if isinstance(said, Question) else _ask(store, said, place)


def _found(store: Any) -> SignIn | Question:
    """Return the sign-in that the form carries."""
    return sign_in_of(store, request.form["sign_in"], staff.now_here()) or Question("name", wrong=LATE, status=401)


def _begun(store: Any) -> SignIn | Question:
    """Return a new one for a name and its password."""
    name, now = request.form.get("name", "").strip(), staff.now_here()
    try:
        check_password(store, name, request.form.get("password", ""), now)
    except Refused as refused:
        return replace(_refused(refused, name if name in {a.name for a in accounts(store)} else ""), name=name)
    return sign_in_of(store, begin_sign_in(store, name, now), now) or Question("name", wrong=REFUSED, name=name, status=401)


def _not_here(account: Account, municipality: str, edits: bool) -> str:
    if municipality and account.municipality not in ("", municipality):
        return ELSEWHERE
    return ONLY_SEES if edits and not account.may_edit else ""


def _refused(refused: Refused, known: str = "") -> Question:
    """Log it, with the name of an account there is: what else was typed as a name may be a password in the wrong field."""
    log.warning("a sign-in%s was refused", known and f" as {known}", extra={"told": {"locked": refused.locked, "route": route_here()}})
    return Question("name", wrong=LOCKED, status=429) if refused.locked else Question("name", wrong=REFUSED, status=401)


def _needs(found: SignIn) -> str:
    """Return what is still to be asked; "" when nothing is."""
    if found.account.second_factor and factor_offered() and not found.code:
        return "code"
    if found.account.handed_out:
        return "password"
    return "key" if lacks_factor(found.account) else ""


def _ask(store: Any, found: SignIn, place: str) -> Question:
    """Return the next question, or begin the session when there is none."""
    needs, name, now = _needs(found), found.account.name, staff.now_here()
    if needs:
        return Question(needs, found.token, name, offer=offer_here(name) if needs == "key" else None)
    if not end_sign_in(store, found.token):
        return Question("name", wrong=LATE, status=401)
    if session_here():
        sign_out(store, session_here())      # whoever signs in anew has one session in this browser, not two
    return Question("", name=name, session=begin_session(store, name, place, now))


def _again(store: Any, found: SignIn, code: bool) -> SignIn:
    """Return a sign-in in the place of another, of the account as it now is."""
    now = staff.now_here()
    end_sign_in(store, found.token)
    again = sign_in_of(store, begin_sign_in(store, found.account.name, now, code), now)
    if again is None:
        raise Refused      # the account was removed meanwhile
    return again


def _code(store: Any, found: SignIn) -> SignIn | Question:
    field = "recovery" if "recovery" in request.form else "code"
    wrong = code_is_wrong(store, found.account.name, request.form.get(field, ""), field == "recovery")
    if wrong:
        return Question("code", found.token, found.account.name, wrong, field, 401)
    return _again(store, found, code=True)


def code_is_wrong(store: Any, name: str, typed: str, recovery: bool) -> str:
    """Return in words what is wrong with a code, "" for a right one, which is then used up; raises Refused when locked.

    Failures count together with those of passwords.
    """
    if not typed.strip():
        return NOTHING
    now = staff.now_here()
    check_lock(store, name, now)
    if not (use_recovery_code(store, name, typed) if recovery else use_code(store, name, typed, factor_seal(), now)):
        count_failure(store, name, now)
        log.warning("%s told a wrong code", name, extra={"told": {"route": route_here()}})      # the password was right: worth to be seen
        return WRONG_RECOVERY if recovery else WRONG_CODE
    if recovery:
        note(store, name, "予備のコードを使う", f"残り{recovery_codes_left(store, name)}", now)
    return ""


def _own_password(store: Any, found: SignIn) -> SignIn | Question:
    name, new = found.account.name, request.form.get("new", "")
    asked = Question("password", found.token, name, status=400)
    if new != request.form.get("again", ""):
        return replace(asked, wrong=NOT_THE_SAME, field="again")
    try:
        change_password(store, name, new)
    except BadAccount as bad:
        return replace(asked, wrong=f"{bad}。", field="new")
    note(store, name, "パスワードを変える", "", staff.now_here())
    return _again(store, found, found.code)


def _key(store: Any, found: SignIn) -> SignIn | Question:
    name = found.account.name
    offer = offer_here(name, request.form.get("offer", ""))
    step = offer.step_of(request.form.get("code", ""))
    if step is None:      # not counted: the key stands on the same page
        return Question("key", found.token, name, WRONG_CODE if request.form.get("code", "").strip() else NOTHING, "code", 400, offer)
    codes = keep_second_factor(store, name, offer.key, step, factor_seal(), staff.now_here())
    note(store, name, "二段階認証をつける", "", staff.now_here())
    return Question("codes", _again(store, found, code=True).token, name, codes=codes)
