"""What every page of the admin needs: who is signed in, a token against forged forms, the contents in force."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import wraps
from threading import Lock
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Blueprint, abort, current_app, flash, g, make_response, redirect, render_template, request, url_for
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import Forbidden, HTTPException
from werkzeug.routing import RequestRedirect
from werkzeug.wrappers import Response

from finder.building import NATION
from finder.drafting import OFFICE, place_words
from finder.serving import settings_here
from finder.settings import JAPAN
from finder.sheets import LARGEST
from finder.signing_in import FIRST
from finder.staff import from_here, keep_private, now_here, refused, session_here, signed_in, store_here
from finder.store import Library, contents, current
from finder.store.accounts import ROLES, Account, note
from finder.store.drafts import Draft
from finder.store.uploads import Upload
from finder.virus_scan import NoAnswer, virus_in

PATH = "/admin"           # where its cookies are sent
admin = Blueprint("admin", __name__, url_prefix=PATH)
NONE_CHOSEN = "ファイルをえらんでください。"
TAKES_FILES = {"admin.send_table": "tables", "admin.read_plan": "plans"}       # and where each is asked for
# Forms of long texts: when the session ended meanwhile, what was typed goes through the sign-in and comes back, not kept yet.
TYPED = {f"admin.{does}_{what}": f"admin.{what}" for does in ("save", "preview") for what in ("program", "department")}
INFECTED = ("ウイルス検査が「{name}」を止めました（{found}）。読んでいません。何も残さず、何も変えていません。"
            "ファイルを開かずに、情報システムの担当の方に知らせてください。")
NOT_SCANNED = ("ウイルス検査が答えないので、いまはファイルを受け取れません。何も変えていません。"
               "情報システムの担当の方に知らせて、あとでもう一度送ってください。")
STALE = "このボタンは、入りなおす前に開いた画面のものでした。前の画面を開きなおして、もう一度押してください。"
ONLY = {"edit": f"下書きやファイルで内容を変えられるのは、役割が「{ROLES['editor']}」か「{ROLES['publisher']}」の人だけです。",
        "publish": f"公開したり、版を戻したり、記録を見たりできるのは、役割が「{ROLES['publisher']}」の人だけです。"}
NOT_MINE = "下書きを変えたり、出したり、捨てたりできるのは、書いた人だけです。"
MOST_DRAINED = 512 * 1024 * 1024
_last: dict[str, Any] = {}          # the contents in force, which are never changed
_one_at_a_time = Lock()
Raw = Mapping[str, Any]
Kept = TypeVar("Kept", Draft, Upload)


@admin.app_template_filter()
def moment(text: str) -> str:
    """Return a moment of the store as people here read it: 2026年11月22日 9:05."""
    at = datetime.fromisoformat(text).astimezone(JAPAN)
    return f"{at.year}年{at.month}月{at.day}日 {at.hour}:{at.minute:02}"


admin.add_app_template_filter(place_words)
admin.add_app_template_filter("case「{}」".format, "in_case")


class StaleForm(Forbidden):
    """A form without the token of this session: most often opened before one signed in anew."""


def account_here() -> Account:
    """Return who is signed in."""
    account: Account = g.account
    return account


def token_for_forms(session: str) -> str:
    """Return the token that every form of a session carries."""
    return hmac.new(settings_here().secret.encode(), b"form:" + session.encode(), hashlib.sha256).hexdigest()


@admin.before_request
def _guard() -> Response | None:
    """Refuse forms from elsewhere; send whoever is not signed in to the sign-in page."""
    g.account = signed_in()
    if request.endpoint in TAKES_FILES and g.account is not None and g.account.may_edit:
        request.max_content_length = LARGEST + 64 * 1024
        if (request.content_length or 0) > request.max_content_length:
            return _too_large()
    if request.method == "POST" and not from_here():
        abort(403)
    if request.endpoint == "admin.sign_in":
        return None
    if g.account is None:
        return _ask_to_sign_in()
    if request.method == "POST" and not hmac.compare_digest(request.form.get("token", "").encode(), token_for_forms(session_here()).encode()):
        raise StaleForm(STALE)
    return None


def _ask_to_sign_in() -> Response:
    """Ask for the name, and hold what leads back: the page, and what was typed on it."""
    if request.endpoint in TYPED:
        typed = {k: v for k, v in request.form.to_dict(flat=False).items() if k != "token"}
        return page("sign_in.html", 401, question=FIRST, place=request.path, typed=json.dumps(typed, ensure_ascii=False))
    place = request.path if request.method == "GET" else urlsplit(request.referrer or "").path
    return redirect(url_for("admin.sign_in", to=place if place != url_for("admin.start") else None), code=303)


def _too_large() -> Response:
    """Say so after the whole file has come (and gone): a browser shows no answer while it still sends."""
    left = min(request.content_length or 0, MOST_DRAINED)
    while left > 0 and (piece := request.environ["wsgi.input"].read(min(left, 1024 * 1024))):
        left -= len(piece)
    return back(TAKES_FILES[str(request.endpoint)], f"ファイルが大きすぎます。{LARGEST // 1024 // 1024}MB までにしてください。"
                          "写真や使わないシートを消すか、分けてください。何も変えていません。", **(request.view_args or {}))


@admin.after_request
def _private(response: Response) -> Response:
    keep_private(response)
    return response


class NotTaken(Exception):
    """A file that is not taken, and why, in words."""


def sent_file(field: str) -> tuple[str, FileStorage] | None:
    """Return a file that was sent and its name, without its place on the sender's machine; None when none was chosen.

    This is the one way to a file that is sent, and it leads through the deployment's virus scanner; raises NotTaken.
    """
    sent = request.files.get(field)
    name = re.sub(r"[\x00-\x1f]", "", re.split(r"[\\/]", sent.filename or "")[-1])[-100:] if sent else ""
    if not sent or not name:
        return None
    if scanner := settings_here().virus_scan:
        _scan(name, sent, scanner)
    return name, sent


def _scan(name: str, sent: FileStorage, scanner: str) -> None:
    try:
        found = virus_in(sent.stream, scanner)
    except NoAnswer:
        raise NotTaken(NOT_SCANNED) from None
    if found:
        with store_here() as store:
            folder = folder_of(contents_here(store)[1], str((request.view_args or {})["municipality"]))
            write_audit(store, "ウイルス検査で止める", f"{folder}/{name}: {found}")
        raise NotTaken(INFECTED.format(name=name, found=found))


@admin.errorhandler(NotTaken)
def _not_taken(why: NotTaken) -> Response:
    return back(TAKES_FILES[str(request.endpoint)], str(why), **(request.view_args or {}))


def may(ability: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Let only those in who `may_edit` or `may_publish`."""
    def only(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def guarded(*arguments: Any, **named: Any) -> Any:
            if not getattr(account_here(), f"may_{ability}"):
                refused(account_here(), ability)
                abort(403, f"{ONLY[ability]}このアカウントの役割は「{ROLES[account_here().role]}」です。"
                           "役割を変えるときは、情報システムの担当の方に頼んでください。")
            return view(*arguments, **named)
        return guarded
    return only


def page(template: str, status: int = 200, **values: Any) -> Response:
    """Return a page of the admin."""
    account = getattr(g, "account", None)
    session = g.get("session") or session_here()        # just begun, or the browser's
    return make_response(render_template(f"admin/{template}", account=account, token=token_for_forms(session) if account else "",
                                         **values), status)


def page_at(place: str, method: str) -> tuple[str, dict[str, Any]]:
    """Return which page of the admin an address is, with its parts; "" for what is none of them."""
    adapter = current_app.create_url_adapter(request)
    try:
        endpoint, named = adapter.match(place, method) if adapter else ("", {})
    except (HTTPException, RequestRedirect):
        return "", {}
    return (endpoint, dict(named)) if endpoint.startswith("admin.") and endpoint != "admin.sign_in" else ("", {})


def back(endpoint: str, words: str, **values: Any) -> Response:
    """Go on to a page and say there what was done."""
    flash(words)
    return redirect(url_for(f"admin.{endpoint}", **values), code=303)


def edit_page(municipality: str, place: str) -> str:
    """Return the address of the form for a program or department."""
    if place.startswith(OFFICE):
        return url_for("admin.department", municipality=municipality, office=place.removeprefix(OFFICE))
    return url_for("admin.program", municipality=municipality, program_id=place)


def contents_here(store: Any) -> tuple[int, Raw]:
    """Return the version in force: its number and whole contents."""
    found = current(store)
    assert found, "the application was started with a version"
    with _one_at_a_time:
        if _last.get("key") != (found, settings_here().store):
            _last.update(key=(found, settings_here().store), raw=contents(store, found[0]))
        return found[0], _last["raw"]


def folder_of(raw: Raw, municipality: str) -> str:
    """Return a municipality's folder; not there for those whom it does not concern."""
    account, fixed = account_here(), settings_here().municipality
    found = next((f for f, own in raw["municipalities"].items() if own["municipality"]["id"] == municipality and f != NATION), None)
    if found is None or account.municipality not in ("", municipality) or fixed not in ("", municipality):
        abort(404)
    return str(found)


def kept_for(raw: Raw, municipality: str, kept: Kept | None) -> tuple[str, Kept]:
    """Return a municipality's folder and what the store keeps for it; not there when it is of another."""
    folder = folder_of(raw, municipality)
    if kept is None or kept.folder != folder:
        abort(404)
    return folder, kept


def municipalities_here() -> dict[str, str]:
    """Return the municipalities that whoever is signed in works on: id and name."""
    library: Library = current_app.extensions["library"]
    account, fixed = account_here(), settings_here().municipality
    return {i: m.name.ja for i, m in library.municipalities.items()
            if account.municipality in ("", i) and fixed in ("", i)}


def write_audit(store: Any, did: str, what: str) -> None:
    """Write who did what into the audit."""
    note(store, account_here().name, did, what, now_here())

