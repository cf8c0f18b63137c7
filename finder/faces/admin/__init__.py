"""The admin's pages: staff keep the catalog true, a draft at a time, and a second person publishes."""

from finder.faces.admin import account, care, counts, drafts, plans, programs, sign_in, tables, versions, waiting
from finder.faces.admin.page import admin

__all__ = ["account", "admin", "care", "counts", "drafts", "plans", "programs", "sign_in", "tables", "versions", "waiting"]
