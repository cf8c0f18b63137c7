"""A plan document sent in: a draft of its programs comes back, to be read and sent in as a table; nothing is kept."""

from __future__ import annotations

import base64

from werkzeug.wrappers import Response

from finder.documents import BadDocument
from finder.faces.admin.page import NONE_CHOSEN, admin, contents_here, folder_of, may, page, sent_file, write_audit
from finder.plan_files import PATIENCE, ReadPlan, read_apart
from finder.sheets import LARGEST
from finder.staff import store_here

SHOWN = 100             # places that were not understood, on the page; the workbook has all


@admin.get("/<municipality>/plans")
def plans(municipality: str) -> Response:
    """Ask for a plan document."""
    return _page(municipality)


@admin.post("/<municipality>/plans")
@may("edit")
def read_plan(municipality: str) -> Response:
    """Give back a draft of what a plan document lists, or say why it cannot be read."""
    if (chosen := sent_file("plan")) is None:
        return _page(municipality, NONE_CHOSEN)
    name, sent = chosen
    with store_here() as store:
        _, raw = contents_here(store)
        folder = folder_of(raw, municipality)
    plan_id = (raw["municipalities"][folder]["municipality"].get("plan") or {}).get("id") or "plan"
    try:
        made = read_apart(name, sent.read(), plan_id, raw["needs"])
    except BadDocument as error:
        return _page(municipality, f"{error}。".replace("。。", "。"))
    with store_here() as store:
        write_audit(store, "計画を読む", f"{folder}/{name}: {made.programs}件")
    return _page(municipality, made=made, name=name)


def _page(municipality: str, wrong: str = "", made: ReadPlan | None = None, name: str = "") -> Response:
    with store_here() as store:
        _, raw = contents_here(store)
        place = raw["municipalities"][folder_of(raw, municipality)]["municipality"]["name"]["ja"]
    return page("plans.html", 400 if wrong else 200, municipality=municipality, place=place, wrong=wrong, made=made, name=name,
                workbook=base64.b64encode(made.workbook).decode() if made else "",
                text=base64.b64encode(made.text.encode()).decode() if made else "",
                notes=made.notes[:SHOWN] if made else (), more=max(len(made.notes) - SHOWN, 0) if made else 0,
                megabytes=LARGEST // 1024 // 1024, seconds=PATIENCE)
