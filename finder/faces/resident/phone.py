"""The pages as something that is kept on a phone: its name and icons there, its worker, the page for no line."""

from __future__ import annotations

from flask import Response, jsonify, request, url_for

from finder import offices
from finder.faces.resident.page import lasting_page, resident
from finder.languages import LANGUAGES, message
from finder.serving import catalog_of, counter_reads_codes
from finder.speaking import spoken
from finder.static_addresses import worker_script

ICONS = (("icon-192.png", "192x192", "any"), ("icon-512.png", "512x512", "any"), ("maskable-512.png", "512x512", "maskable"))
NAME, LIST = message("支援ファインダー"), message("わたしのリスト")
COLOUR, GROUND = "#0017c1", "#ffffff"
SHELL = ("finder.css", "list.js", "mylist.js", "icon.svg")


@resident.get("/sw.js")
def worker() -> Response:
    """Give the worker that keeps the list readable without a line; it stands at the top, so that it sees every page fail."""
    return worker_script("worker.js", (*SHELL, "codes.js") if counter_reads_codes() else SHELL)


@resident.get("/<municipality>/offline")
def offline(municipality: str) -> Response:
    """Show what is said without a line: the worker fetches this page while there is one."""
    catalog = catalog_of(municipality)
    return lasting_page("offline.html", catalog, hotlines=catalog.hotlines, phones=offices.phones)


@resident.get("/manifest.webmanifest")
@resident.get("/<municipality>/manifest.webmanifest")
def manifest(municipality: str = "") -> Response:
    """Give what a home screen shows.

    A browser asks for this without cookies: the language stands in the address (`in`).
    """
    language = spoken(request.args["in"] if request.args.get("in") in LANGUAGES else "ja")
    name, begin, colour, shortcuts = language.say(NAME), url_for("resident.home"), COLOUR, []
    if municipality:
        place = catalog_of(municipality).municipality
        name, colour = f"{place.name.in_language(language.id)} {name}", place.look.color or COLOUR
        begin = url_for("resident.start", municipality=municipality)
        shortcuts = [{"name": language.say(LIST), "url": url_for("resident.mylist", municipality=municipality)}]
    response = jsonify({
        "id": begin, "name": name, "short_name": language.say(NAME), "lang": language.tag, "start_url": begin, "scope": url_for("resident.home"),
        "display": "standalone", "theme_color": colour, "background_color": GROUND, "categories": ["government"],
        "icons": [{"src": url_for("static", filename=f"icons/{file}"), "sizes": sizes, "type": "image/png", "purpose": purpose}
                  for file, sizes, purpose in ICONS],
        "shortcuts": shortcuts,
    })
    response.mimetype = "application/manifest+json"
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response
