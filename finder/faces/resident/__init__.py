"""The resident's pages: one question at a time, the list, the sheet, the places to ask."""

from __future__ import annotations

from flask import render_template, request
from werkzeug.exceptions import HTTPException

from finder.faces.resident import accuracy, at_counter, chat, leave, lists, look, mylist, phone, reference, timetable, way
from finder.faces.resident.page import resident
from finder.serving import served

__all__ = ["accuracy", "at_counter", "chat", "http_error", "leave", "lists", "look", "mylist", "phone", "reference", "resident",
           "timetable", "way"]


def http_error(error: HTTPException) -> tuple[str, int, dict[str, str]]:
    """Show an error kindly, with the way on: in the municipality that the address begins with, where it is one."""
    status = error.code or 500
    waiting = {name: value for name, value in error.get_headers() if name == "Retry-After"}
    catalog = served(request.path.split("/")[1]) if status in (404, 413) else None
    return render_template("error.html", catalog=catalog, status=status), status, waiting

