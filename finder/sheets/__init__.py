"""Spreadsheet files, read and written: XLSX and CSV as cities really have them."""

from finder.sheets.reading import BROKEN, LARGEST, BadSheet, Sheet, decoded, read_sheets, refuse_bomb, refuse_large
from finder.sheets.tables import read_tables
from finder.sheets.writing import csv_bytes, xlsx_bytes

__all__ = ["BROKEN", "LARGEST", "BadSheet", "Sheet", "csv_bytes", "decoded", "read_sheets", "read_tables", "refuse_bomb", "refuse_large",
           "xlsx_bytes"]
