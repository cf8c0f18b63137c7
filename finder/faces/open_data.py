"""Open data: a municipality's programs as files at stable addresses, dated, and the site's map."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Any

from flask import Blueprint, Response, abort, current_app, jsonify, render_template, request, url_for

from finder.layouts.departments import SHEET, department_table
from finder.layouts.own import OWN
from finder.layouts.registry import REGISTRY, registry_json
from finder.layouts.standard import GIF, RECOMMENDED, TOKYO
from finder.layouts.writing_out import table
from finder.open_data import catalog_json, dataset, program_jsonld
from finder.serving import address_of, catalog_of, municipalities_here, today_here
from finder.sheets import csv_bytes, xlsx_bytes
from finder.store import Library

open_data = Blueprint("open_data", __name__)
MOST_FILES = 64
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Raw = dict[str, Any]


def _csv(layout: Any) -> Callable[[Raw, str], bytes]:
    return lambda raw, folder: csv_bytes(table(raw, folder, layout, today_here()))


def _workbook(raw: Raw, folder: str) -> bytes:
    return xlsx_bytes({"制度": table(raw, folder, OWN, today_here()),
                       SHEET: department_table(raw["municipalities"][folder]["departments"])})


# file name -> media type, how it is made, what it is
FILES: dict[str, tuple[str, Callable[[Raw, str], bytes], str]] = {
    "programs.csv": ("text/csv; charset=utf-8", _csv(GIF), "GIF DS-451-4 の列（CSV、UTF-8 BOM つき）"),
    "recommended.csv": ("text/csv; charset=utf-8", _csv(RECOMMENDED), "推奨データセット 支援制度の列（CSV）"),
    "support_system.csv": ("text/csv; charset=utf-8", _csv(TOKYO), "支援制度（給付金）情報の、分かっている列（CSV）"),
    "programs.xlsx": (XLSX, _workbook, "すべての項目（Excel）。直して取りこむことができます"),
    "registry.json": ("application/json", lambda raw, folder: registry_json(table(raw, folder, REGISTRY, today_here())).encode(),
                      "子育て支援制度レジストリの形（JSON）"),
}
_made: OrderedDict[tuple[str, str, str], bytes] = OrderedDict()
_lock = Lock()


def _library() -> Library:
    library: Library = current_app.extensions["library"]
    return library


def _dated(response: Response, name: str = "", municipality: str = "") -> Response:
    edition = _library().edition
    response.headers["Last-Modified"] = edition.published_at.strftime("%a, %d %b %Y %H:%M:%S GMT")
    response.set_etag(edition.version)
    response.headers["Cache-Control"] = "public, max-age=300"
    response.headers["Access-Control-Allow-Origin"] = "*"
    if municipality:
        response.headers["Link"] = f'<{address_of(url_for(".metadata", municipality=municipality))}>; rel="describedby"'
    if name:
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.make_conditional(request)
    return response


@open_data.get("/<municipality>/open-data/")
def index(municipality: str) -> str:
    """Say which files there are, from when, and under which licence."""
    catalog = catalog_of(municipality)
    return render_template("open_data.html", catalog=catalog, today=today_here(), files=FILES,
                           published_on=_library().edition.published_at.date())


@open_data.get("/<municipality>/open-data/metadata.json")
def metadata(municipality: str) -> Response:
    """Describe the files for machines: from whom, of which day, under which licence, from which plan."""
    catalog = catalog_of(municipality)
    files = {name: (media_type, words) for name, (media_type, _, words) in FILES.items()}
    files["programs.json"] = ("application/json", "すべての項目（JSON）")
    place = address_of(url_for(".index", municipality=municipality))
    return _dated(jsonify(dataset(catalog, _library().edition.published_at.date().isoformat(), place, files)))


@open_data.get("/<municipality>/open-data/<name>")
def file(municipality: str, name: str) -> Response:
    """Give a file; it is made once for each version."""
    catalog = catalog_of(municipality)
    edition = _library().edition
    if name == "programs.json":
        return _dated(jsonify(catalog_json(catalog, edition.published_at.date().isoformat())), municipality=municipality)
    if name not in FILES:
        abort(404)
    media_type, make, _ = FILES[name]
    key = (edition.version, municipality, name)
    with _lock:
        content = _made.get(key)
    if content is None:
        raw, folder = edition.raw(municipality)
        content = make(raw, folder)
        with _lock:
            _made[key] = content
            while len(_made) > MOST_FILES:
                _made.popitem(last=False)
    stem, _, ending = name.rpartition(".")
    return _dated(Response(content, content_type=media_type),
                  f"{catalog.municipality.code}_{stem}_{edition.published_at.date().isoformat()}.{ending}", municipality)


@open_data.get("/<municipality>/programs/<program_id>.jsonld")
def jsonld(municipality: str, program_id: str) -> Response:
    """Give a program as schema.org's GovernmentService."""
    catalog = catalog_of(municipality)
    program = catalog.program(program_id)
    if program is None or not program.for_residents:
        abort(404)
    address = address_of(url_for("resident.program", municipality=municipality, program_id=program_id))
    content = json.dumps(program_jsonld(program, catalog, address), ensure_ascii=False)
    return _dated(Response(content, content_type="application/ld+json"))


@open_data.get("/sitemap.xml")
def sitemaps() -> Response:
    """List the municipalities' maps: none is opened for it, however many there are."""
    maps = [address_of(url_for("open_data.sitemap", municipality=m)) for m in municipalities_here()]
    return _dated(Response(render_template("sitemaps.xml", maps=maps, day=_library().edition.published_at.date()),
                           content_type="application/xml; charset=utf-8"))


@open_data.get("/<municipality>/sitemap.xml")
def sitemap(municipality: str) -> Response:
    """List every page of a municipality that other sites can point at."""
    catalog = catalog_of(municipality)
    pages = [url_for(f"resident.{page}", municipality=municipality) for page in ("start", "programs", "contacts", "accuracy")]
    offered = [p for p in catalog.programs if p.for_residents]
    pages += [url_for("resident.need", municipality=municipality, need=need) for need in catalog.needs
              if any(need in p.needs for p in offered)]
    pages += [url_for("resident.department", municipality=municipality, office=office) for office in catalog.departments]
    pages += [url_for("resident.program", municipality=municipality, program_id=p.id) for p in offered]
    day = _library().edition.published_at.date()
    return _dated(Response(render_template("sitemap.xml", pages=[address_of(p) for p in pages], day=day),
                           content_type="application/xml; charset=utf-8"), municipality=municipality)
