"""Which heading of a municipality's own tables holds which column, as somebody confirmed."""

from __future__ import annotations

from collections.abc import Mapping

from sqlite_utils import Database


def remember_columns(store: Database, municipality: str, columns: Mapping[str, str]) -> None:
    """Keep what was confirmed: the table's heading and the column of the layout that it holds."""
    store.table("columns").upsert_all(
        [{"municipality": municipality, "heading": h, "column": c} for h, c in columns.items()], pk=("municipality", "heading"))


def remembered_columns(store: Database, municipality: str) -> dict[str, str]:
    """Return what was confirmed before."""
    rows = store.query("select heading, \"column\" from columns where municipality = ?", [municipality])
    return {r["heading"]: r["column"] for r in rows}
