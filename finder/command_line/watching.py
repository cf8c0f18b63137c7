"""`catalog links` and `catalog counts`: what needs care, and how often what was used."""

from __future__ import annotations

import argparse
import sys
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

from finder import links
from finder.command_line.bringing_in import folder_name
from finder.sheets import csv_bytes
from finder.store import added_up, contents, count_rows, current, keep_link_answers, link_answers, open_store, totals

DONE, WRONG, WRONG_USE, DIFFERENT = 0, 1, 2, 3


def check_links(chosen: argparse.Namespace, store_path: Path, today: date) -> int:
    """Ask for the pages that the version in force points to; those asked longest ago first."""
    with closing(open_store(store_path)) as store:
        found = current(store)
        if found is None:
            print("公開した版がまだありません。catalog publish で公開してください", file=sys.stderr)
            return WRONG
        raw = contents(store, found[0])
        folders = [folder_name(raw, chosen.municipality)] if chosen.municipality else list(raw["municipalities"])
        places: dict[str, list[str]] = {}
        for folder in folders:
            if folder is None:
                print(f"自治体「{chosen.municipality}」はありません", file=sys.stderr)
                return WRONG_USE
            for link in links.links_of(raw, folder):
                places.setdefault(link.url, []).extend(f"{folder}/{p}" for p in link.places)
        before = link_answers(store)
        urls = sorted(places, key=lambda u: before[u].checked_on if u in before else "")[:chosen.limit or None]
        trouble = 0
        for answer in links.ask_all(urls, links.fetch):
            keep_link_answers(store, [(answer.url, answer.status, answer.detail)], today)
            if answer.status != links.OK:
                trouble += answer.status == links.GONE
                print(f"{links.WORDS[answer.status]}（{answer.detail}）: {answer.url} ← {'、'.join(places[answer.url])}", flush=True)
    print(f"{len(urls)}のページを確かめました。見られないもの: {trouble}")
    return DIFFERENT if trouble else DONE


def show_counts(chosen: argparse.Namespace, store_path: Path, today: date) -> int:
    """Print or write the totals of the last days, of this store and of the others named."""
    open_store(store_path).close()
    with added_up([store_path, *map(Path, chosen.others)]) as store:
        rows = count_rows(totals(store, today - timedelta(days=chosen.days - 1), today, chosen.municipality))
    if chosen.csv:
        Path(chosen.csv).write_bytes(csv_bytes(rows))
        print(f"{len(rows) - 1}行を {chosen.csv} に書きました")
    else:
        for row in rows:
            print("\t".join(row))
    return DONE
