"""The admin's pages: staff keep the catalog true, a draft at a time, and a second person publishes."""

from finder.faces.admin import account, care, counts, drafts, plans, programs, refusals, sign_in, tables, versions, waiting
from finder.faces.admin.page import PATH, admin
from finder.faces.admin.refusals import http_error

__all__ = ["PATH", "account", "admin", "care", "counts", "drafts", "http_error", "plans", "programs", "refusals",
           "sign_in", "tables", "versions", "waiting"]
