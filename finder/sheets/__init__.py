"""Spreadsheet files, read and written: XLSX and CSV as cities really have them."""

from finder.sheets.reading import BadSheet, Sheet, read_sheets
from finder.sheets.writing import csv_bytes, xlsx_bytes

__all__ = ["BadSheet", "Sheet", "csv_bytes", "read_sheets", "xlsx_bytes"]
