"""`python -m finder catalog …`: check, compare, publish, roll back, take in and give out the catalog.

Exit codes: 0 done; 1 something in the files or the store is wrong, nothing was changed; 2 wrongly
asked; 3 there are differences (`diff`), or something is still missing (`import`) or to be read (`plan`); 4 overtaken.
"""

from __future__ import annotations

import argparse
import sys
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from finder.command_line.bringing_in import bring_in, new_municipality
from finder.command_line.giving_out import give_out
from finder.command_line.watching import check_links, show_counts
from finder.differences import differences
from finder.files import folder_hash, read_folder
from finder.layouts.writing_out import LAYOUTS
from finder.settings import JAPAN, Settings
from finder.store import (
    NoStore,
    NotAStore,
    NoVersion,
    Overtaken,
    back_up,
    carry,
    contents,
    current,
    history,
    open_store,
    publish,
    put_back,
    roll_back,
)
from finder.store.accounts import note

DONE, WRONG, WRONG_USE, DIFFERENT, OVERTAKEN = 0, 1, 2, 3, 4
NOTHING_PUBLISHED = "公開した版がまだありません。catalog publish で公開してください"


def add_catalog(verbs: Any) -> None:
    """Add `catalog` and its verbs to the command line."""
    actions = verbs.add_parser("catalog", help="制度のデータを確かめる・公開する・取りこむ・書き出す"
                               ).add_subparsers(dest="action", required=True)

    def verb(name: str, what: str, *, folder: bool = False, who: bool = False) -> argparse.ArgumentParser:
        parser: argparse.ArgumentParser = actions.add_parser(name, help=what)
        if folder:
            parser.add_argument("--folder", default="", help="制度のフォルダ（書かなければ FINDER_DATA）")
        if who:
            parser.add_argument("--who", default="", help="だれが")
            parser.add_argument("--note", default="", help="なぜ")
        return parser
    verb("check", "ファイルの間違いをすべて出す", folder=True).add_argument("only", nargs="?", default="", help="名前にこれを含むファイルだけ")
    compare = verb("diff", "公開中の版とフォルダ、または二つの版のちがいを言葉で出す", folder=True)
    compare.add_argument("versions", nargs="*", type=int, help="版の番号。なし: 公開中とフォルダ、一つ: その版と公開中、二つ: その間")
    verb("publish", "フォルダの内容を公開する", folder=True, who=True)
    verb("rollback", "前の版の内容に戻す", who=True).add_argument("version", type=int)
    verb("history", "版の一覧")
    out = verb("export", "書き出す", folder=False)
    out.add_argument("target", help="フォルダ（TOML）か、.csv .xlsx .json のファイル")
    out.add_argument("--municipality", default="")
    out.add_argument("--layout", choices=[*LAYOUTS], default="")
    out.add_argument("--version", type=int, default=0)
    take = verb("import", "表（XLSX・CSV）や JSON を取りこむ", folder=True)
    take.add_argument("file")
    take.add_argument("--municipality", required=True)
    take.add_argument("--layout", choices=[*LAYOUTS], default="")
    take.add_argument("--column", action="append", default=[], help="表の見出し=列の名前（次から覚えています）")
    take.add_argument("--yes", action="store_true", help="たしかめたとおりに書く")
    plan = verb("plan", "計画の文書（PDF・DOCX・XLSX・CSV・TXT）から、人が読む下書きを作る", folder=True)
    plan.add_argument("files", nargs="+", help="計画の文書")
    plan.add_argument("--out", required=True, help="下書きを書く、空のフォルダ")
    plan.add_argument("--document", default="plan", help="municipality.toml の plan.id")
    new = verb("new", "自治体のフォルダを作る", folder=True)
    for name in ("id", "code", "name", "prefecture"):
        new.add_argument(name)
    new.add_argument("--easy", default="")
    new.add_argument("--en", default="")
    links = verb("links", "指しているページがまだ見られるか確かめる")
    links.add_argument("--municipality", default="")
    links.add_argument("--limit", type=int, default=0, help="確かめる数（書かなければ全部。古い順）")
    counts = verb("counts", "だれのことも残さない回数の表")
    counts.add_argument("--days", type=int, default=30)
    counts.add_argument("--municipality", default="")
    counts.add_argument("--csv", default="", help="CSV に書く")
    counts.add_argument("others", nargs="*", help="いっしょに足す、ほかの機械のストアか控え")
    carried = verb("carry", "公開した版を、ほかの機械へ運ぶフォルダに置く")
    carried.add_argument("folder")
    carried.add_argument("--version", type=int, default=0, help="版の番号（書かなければ公開中の版）")
    verb("backup", "ストアの控えを作る").add_argument("file")
    verb("restore", "ストアの控えを戻す").add_argument("file")


def run_catalog(chosen: argparse.Namespace, settings: Settings, today: date) -> int:
    """Run one verb; returns its exit code."""
    data = Path(chosen.folder) if chosen.action != "carry" and getattr(chosen, "folder", "") else settings.data
    try:
        match chosen.action:
            case "check":
                return _check(data, chosen.only)
            case "diff":
                return _diff(settings.store, data, chosen.versions, today)
            case "publish":
                return _publish(settings.store, data, chosen, today)
            case "rollback":
                return _roll_back(settings.store, chosen)
            case "history":
                return _history(settings.store)
            case "export":
                return give_out(chosen, settings.store, today)
            case "import":
                return bring_in(chosen, data, settings.store, today)
            case "plan":
                return _draft(chosen, data)
            case "new":
                return new_municipality(chosen, data)
            case "links":
                return check_links(chosen, settings.store, today)
            case "counts":
                return show_counts(chosen, settings.store, today)
            case "carry":
                return _carry(settings.store, Path(chosen.folder), chosen.version)
            case "backup":
                back_up(settings.store, Path(chosen.file))
                print(f"{chosen.file} に控えを作りました")
                return DONE
            case _:
                kept = put_back(settings.store, Path(chosen.file))
                print("控えを戻しました。" + (f"いままでのものは {kept} にあります" if kept else ""))
                return DONE
    except NoVersion as error:
        return _wrong(f"版{error}はありません。catalog history で番号を見てください")
    except (NotAStore, NoStore) as error:
        return _wrong(str(error))
    except OSError as error:
        return _wrong(f"{error.filename}: 読み書きできません（{error.strerror}）。場所、権限、空きを見てください")
    except Overtaken:
        print("その間に、ほかの人が公開しました。catalog diff でちがいを見て、もう一度公開してください", file=sys.stderr)
        return OVERTAKEN


def _wrong(message: str) -> int:
    print(message, file=sys.stderr)
    return WRONG


def _draft(chosen: argparse.Namespace, data: Path) -> int:
    from finder.command_line.plan import draft_plan  # taken here: what reads plans is for this verb alone
    return draft_plan(chosen, data)


def _check(data: Path, only: str) -> int:
    folder = read_folder(data)
    if only and not any(only in path.relative_to(data).as_posix() for path in data.rglob("*")):
        print(f"「{only}」を名前に含むファイルは、{data} にありません", file=sys.stderr)
        return WRONG_USE
    problems = [p for p in folder.problems if only in p.file]
    for problem in problems:
        print(problem, file=sys.stderr)
    for name, content in folder.raw["municipalities"].items():
        residents = sum(bool(p.get("for_residents")) for p in content["programs"].values())
        print(f"{name}: {len(content['programs'])} 制度（住民向け {residents}）")
    print(f"{len(problems)}件の問題" if problems else "問題はありません")
    return WRONG if problems else DONE


def _diff(store_path: Path, data: Path, versions: list[int], today: date) -> int:
    if len(versions) > 2:
        print("版は二つまでです", file=sys.stderr)
        return WRONG_USE
    with closing(open_store(store_path)) as store:
        found = current(store)
        if found is None:
            return _wrong(NOTHING_PUBLISHED)
        old = contents(store, versions[0] if versions else found[0])
        if versions:
            new = contents(store, versions[1] if len(versions) == 2 else found[0])
        else:
            folder = read_folder(data)
            new = folder.raw
            for problem in folder.problems:
                print(problem, file=sys.stderr)
    changes = differences(old, new, today)
    for change in changes:
        print(change)
    print(f"{len(changes)}件のちがい" if changes else "ちがいはありません")
    return DIFFERENT if changes else DONE


def _publish(store_path: Path, data: Path, chosen: argparse.Namespace, today: date) -> int:
    seen = folder_hash(data)
    folder = read_folder(data)
    for problem in folder.problems:
        print(problem, file=sys.stderr)
    if folder.problems:
        return _wrong(f"{len(folder.problems)}件の問題があるので、公開しません。公開している版はそのままです")
    with closing(open_store(store_path)) as store:
        found = current(store)
        changes = differences(contents(store, found[0]), folder.raw, today) if found else []
        number = publish(store, folder.raw, chosen.note or "フォルダから", chosen.who, seen, after=found[0] if found else None)
        _write_down(store, "公開", f"版{number}", chosen.who)
    for change in changes:
        print(change)
    print(f"版{number}を公開しました" + (f"（{len(changes)}件の変更）" if found else ""))
    return DONE


def _roll_back(store_path: Path, chosen: argparse.Namespace) -> int:
    with closing(open_store(store_path)) as store:
        number = roll_back(store, chosen.version, chosen.who, chosen.note)
        _write_down(store, "版を戻す", f"版{chosen.version}の内容を版{number}に", chosen.who)
    print(f"版{chosen.version}の内容を、版{number}として公開しました")
    return DONE


def _write_down(store: Any, did: str, what: str, who: str) -> None:
    note(store, "命令", did, what + (f"（{who}）" if who else ""), datetime.now(UTC))


def _carry(store_path: Path, folder: Path, number: int) -> int:
    with closing(open_store(store_path)) as store:
        if current(store) is None:
            return _wrong(NOTHING_PUBLISHED)
        number, written = carry(store, folder, number)
    print(f"版{number}を {folder} に置きました" if written else f"{folder} は、もう版{number}です")
    return DONE


def _history(store_path: Path) -> int:
    with closing(open_store(store_path)) as store:
        if current(store) is None:
            print(NOTHING_PUBLISHED)
        for version in history(store):
            back = f"（版{version.back_to}の内容）" if version.back_to else ""
            at = datetime.fromisoformat(version.published_at).astimezone(JAPAN)
            print(f"版{version.number}  {at:%Y-%m-%d %H:%M}  {version.who or '-'}  {version.note}{back}  {version.hash}")
    return DONE
