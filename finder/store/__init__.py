"""The SQLite file: whole, immutable catalog versions, and what is kept beside them. The only room with SQL.

Each version is written in one transaction and never changed; readers see the last whole one.
A store that is missing, broken or older than data/ is made again from data/.
"""

from finder.store.carrying import carry
from finder.store.counts import Count, Counts, added_up, count_rows, countable_words, reports_since, totals
from finder.store.headings import remember_columns, remembered_columns
from finder.store.library import Library, NoCatalog, open_library
from finder.store.link_answers import LinkAnswer, keep_link_answers, link_answers
from finder.store.opening import NoStore, NotAStore, back_up, connect, is_readable, open_store, put_back
from finder.store.versions import (
    NoVersion,
    Overtaken,
    Version,
    contents,
    current,
    earlier_parts,
    folders_of,
    history,
    part_of,
    publish,
    roll_back,
    verify,
    version_of,
)

__all__ = ["Count", "Counts", "Library", "LinkAnswer", "NoCatalog", "NoStore", "NoVersion", "NotAStore", "Overtaken", "Version", "added_up",
           "back_up", "carry", "connect", "contents", "count_rows", "countable_words", "current", "earlier_parts", "folders_of",
           "history", "is_readable", "keep_link_answers", "link_answers", "open_library", "open_store", "part_of", "publish",
           "put_back", "remember_columns", "remembered_columns", "reports_since", "roll_back", "totals", "verify", "version_of"]
