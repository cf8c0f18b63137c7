"""What was published, by whom and why; one step back; and the audit."""

from __future__ import annotations

from flask import abort, request
from werkzeug.wrappers import Response

from finder.differences import differences
from finder.faces.admin.drafts import follow
from finder.faces.admin.page import account_here, admin, back, may, page, write_audit
from finder.serving import today_here
from finder.staff import store_here
from finder.store import NoVersion, contents, current, history, roll_back
from finder.store.accounts import ROLLED_BACK, audit as audit_lines

MOST = 50


@admin.get("/versions")
def versions() -> Response:
    """List the versions, the newest first."""
    with store_here() as store:
        found = history(store)[:MOST]
    return page("versions.html", versions=found, all_places=not account_here().municipality)


@admin.get("/versions/<int:number>")
def version(number: int) -> Response:
    """Say what going back to a version would change."""
    with store_here() as store:
        last = current(store)
        try:
            changes = differences(contents(store, last[0] if last else 0), contents(store, number), today_here())
        except NoVersion:
            abort(404)
    return page("version.html", number=number, changes=changes, in_force=last is not None and last[0] == number,
                all_places=not account_here().municipality)


@admin.post("/versions/<int:number>/roll-back")
@may("publish")
def go_back(number: int) -> Response:
    """Publish a version's contents again; only for those who work on all municipalities, for it changes all of them."""
    if account_here().municipality:
        abort(403, "版を戻すと、すべての自治体が変わります。できるのは、すべての自治体を受けもつアカウントだけです。")
    with store_here() as store:
        try:
            made = roll_back(store, number, account_here().name, request.form.get("note", "")[:300])
        except NoVersion:
            abort(404)
        write_audit(store, ROLLED_BACK, f"版{number}の内容を版{made}に")
    follow()
    return back("versions", f"版{number}の内容を、版{made}として公開しました。")


@admin.get("/audit")
@may("publish")
def audit() -> Response:
    """Show the last lines of the audit, to whoever works for one municipality those that concern it."""
    with store_here() as store:
        found = audit_lines(store, municipality=account_here().municipality)
    return page("audit.html", lines=found)
