"""`python -m finder staff …`: accounts for the people who keep the catalog."""

from __future__ import annotations

import argparse
import getpass
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from finder.building import NATION
from finder.store import contents, current, open_store
from finder.store.accounts import ROLES, BadAccount, accounts, add_account, change_password, note, remove_account
from finder.store.second_factor import drop_second_factor

DONE, WRONG = 0, 1


def add_staff(verbs: Any) -> None:
    """Add `staff` and its verbs to the command line."""
    actions = verbs.add_parser("staff", help="職員のアカウント").add_subparsers(dest="action", required=True)
    add = actions.add_parser("add", help="作る。パスワードは聞かれます（または標準入力の一行目）")
    add.add_argument("name")
    add.add_argument("--role", choices=[*ROLES], required=True)
    add.add_argument("--municipality", default="", help="一つの自治体だけに（書かなければすべて）")
    for name, what in (("password", "パスワードを変える。入っている人は出ます。その人は、次に入るときに自分のものに変えます"),
                       ("reset-factor", "二段階認証を外す（なくしたとき）。入っている人は出ます"), ("remove", "消す")):
        actions.add_parser(name, help=what).add_argument("name")
    actions.add_parser("list", help="一覧")


def run_staff(chosen: argparse.Namespace, store_path: Path) -> int:
    """Run one verb; returns 0, or 1 when it could not be done."""
    with closing(open_store(store_path)) as store:
        try:
            match chosen.action:
                case "add":
                    _refuse_unknown(store, chosen.municipality)
                    add_account(store, chosen.name, chosen.role, _password(), chosen.municipality, handed_out=True)
                    said = f"{chosen.name}（{ROLES[chosen.role]}）を作りました"
                case "password":
                    change_password(store, chosen.name, _password(), handed_out=True)
                    said = f"{chosen.name} のパスワードを変えました"
                case "reset-factor":
                    if not drop_second_factor(store, chosen.name):
                        raise BadAccount(f"「{chosen.name}」に、二段階認証はついていません")
                    said = f"{chosen.name} の二段階認証を外しました"
                case "remove":
                    remove_account(store, chosen.name)
                    said = f"{chosen.name} を消しました"
                case _:
                    if not accounts(store):
                        print("アカウントはまだありません")
                    for account in accounts(store):
                        told = ("二段階認証" if account.second_factor else "", "はじめのパスワード" if account.handed_out else "")
                        print(account.name, ROLES[account.role], account.municipality or "すべて", *filter(None, told), sep="\t")
                    return DONE
        except BadAccount as error:
            print(error, file=sys.stderr)
            return WRONG
        note(store, "命令", "アカウント", said, datetime.now(UTC))
        print(said)
    return DONE


def _refuse_unknown(store: Any, municipality: str) -> None:
    """Raise BadAccount for a municipality that the version in force does not have; before the first version any may come."""
    found = current(store)
    known = [c["municipality"]["id"] for f, c in contents(store, found[0])["municipalities"].items() if f != NATION] if found else []
    if municipality and known and municipality not in known:
        raise BadAccount(f"自治体「{municipality}」はありません。使える id: {'、'.join(known)}")


def _password() -> str:
    return getpass.getpass("パスワード: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\r\n")
