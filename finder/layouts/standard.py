"""The published layouts of programs: GIF DS-451-4, 推奨データセット 支援制度, and Tokyo's 支援制度（給付金）情報.

The columns of DS-451-4 stand in the order of its table 1 (行政サービス・制度, 項目定義).  Of Tokyo's 85
columns only those are here whose headings are known; they are found by a part of the heading.
What a standard asks for and nobody told us stays empty.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from finder.layouts.columns import About, Column, Layout, Raw, at, day, entries, needs, office_name, one_line, put, text
from finder.layouts.own import KINDS
from finder.layouts.values import BadCell, read_date
from finder.requirement_rows import write_row


def _only_read(name: str, read: Any, *other_names: str) -> Column:
    return Column(name, read, None, other_names)


def empty(name: str, *other_names: str) -> Column:
    """A column of the standard for which we know nothing: written empty, never read."""
    return _only_read(name, lambda p, about: "", *other_names)


def _owner(program: Raw, about: About) -> str:
    return str(about.municipality.get("name", {}).get("ja", ""))


def program_number(program: Raw, about: About) -> str:
    """The municipality's code and the program's id: 40203-jido-teate."""
    return f"{about.municipality.get('code', '')}-{program.get('id', '')}"


def conditions_in_words(program: Raw, about: About) -> str:
    """The conditions as rows, one alternative a line, without the counter's English."""
    rows = [write_row({**a, "confirm": {"text": a["confirm"]["text"]}} if a.get("confirm") else a)
            for a in at(program, "eligible") or ()]
    return "\n".join(r.replace("｜｜〕", "〕") for r in rows)


def facts_of(program: Raw, *kinds: str) -> str:
    """The facts of some kinds, each with its source and date."""
    return "\n".join(f"{f['text']}（{f['source']}{'、' + f['date'] if f.get('date') else ''}）"
                     for f in at(program, "fact") or () if f["kind"] in kinds)


def fact_of_kind(name: str, kind: str, *other_names: str) -> Column:
    """A column of the facts of a kind; a changed cell becomes one fact, from the file it stands in."""
    def write(program: Raw, cell: str, about: About) -> Raw:
        if not about.file:
            raise BadCell("どのファイルの事実か分かりません")
        others = [f for f in at(program, "fact") or () if f["kind"] != kind]
        fact = {"kind": kind, "text": " ".join(cell.split())[:600], "source": at(program, "source.url") or about.file,
                "date": about.today.isoformat(), "status": "official"}
        return put(program, "fact", [*others, fact])
    return Column(name, lambda p, about: facts_of(p, kind), write, other_names)


def contact_words(program: Raw, about: About) -> str:
    """Whom to ask: every department with its phone, and the program's own number."""
    offices = {o["id"]: o for o in about.departments}
    found = [" ".join(filter(None, (o["name"], o.get("phone", ""), f"内線{o['extension']}" if o.get("extension") else "")))
             for d in at(program, "departments") or () if (o := offices.get(d))]
    own = at(program, "contact.phone")
    return "\n".join([*found, *([own] if own and not any(own in f for f in found) else [])])


def first_office(key: str) -> Any:
    """What is known of the first department, or of the program's own contact."""
    def read(program: Raw, about: About) -> str:
        if own := {"phone": at(program, "contact.phone"), "place": at(program, "contact.place")}.get(key):
            return str(own)
        first = next(iter(at(program, "departments") or ()), None)
        return next((str(o.get(key, "")) for o in about.departments if o["id"] == first), "")
    return read


def contact(name: str, *other_names: str) -> Column:
    """Whom to ask, as words; taken in as a fact of a new program, for people to sort out."""
    def write(program: Raw, cell: str, about: About) -> Raw:
        if at(program, "departments") or at(program, "contact.phone"):
            return program
        note = f"問い合わせ先: {' '.join(cell.split())}"[:600]
        facts = [f for f in at(program, "fact") or () if f.get("text") != note]
        return put(program, "fact", [*facts, {"kind": "phone", "text": note, "source": at(program, "source.url") or about.file,
                                              "date": about.today.isoformat(), "status": "official"}])
    return Column(name, contact_words, write, other_names)


def _whole_text(name: str, *other_names: str) -> Column:
    """The plan's own words, then what is known: for readers; a new program takes it as a note."""
    def read(program: Raw, about: About) -> str:
        return str(at(program, "source.quote") or at(program, "text.ja") or "")

    def write(program: Raw, cell: str, about: About) -> Raw:
        if at(program, "source.quote") or at(program, "source.status") == "plan":
            raise BadCell("計画の文（内容）は、ここからは変えられません。計画の文は plan.txt の行をそのまま写します")
        return put(program, "source.quote", " ".join(cell.split()))
    return Column(name, read, write, other_names)


def updated(name: str, *other_names: str) -> Column:
    """The day on which the program was last confirmed."""
    return Column(name, lambda p, about: str(at(p, "source.checked_on") or ""),
                  lambda p, cell, about: put(p, "source.checked_on", read_date(cell)), other_names)


def _semicolons(column: Column) -> Column:
    return Column(column.name, lambda p, about: column.read(p, about).replace("、", ";"), column.write, column.other_names)


def _needs_semicolons(name: str) -> Column:
    return _semicolons(needs(name))


def _implementers(program: Raw, about: About) -> str:
    return ";".join(office_name(d, about) for d in at(program, "departments") or ())


_ORIGIN = _only_read("元制度番号", lambda p, about: f"00-{p['extends']}" if p.get("extends") else "")
_KIND: Mapping[Any, str] = KINDS

GIF = Layout("gif", "GIF DS-451-4 行政サービス・制度", (
    _only_read("制度所管組織", _owner), one_line("タイトル（制度名）", "name", "タイトル(制度名)"),
    one_line("サブタイトル（通称）", "title.ja"), _only_read("制度番号", program_number), _ORIGIN,
    _only_read("制度変更区分", lambda p, about: "1" if p.get("extends") else ""), empty("根拠法令"), empty("地域群"),
    _only_read("地域", lambda p, about: str(about.municipality.get("code", ""))), text("概要", "text.ja"), _whole_text("内容"),
    _only_read("対象者", conditions_in_words), empty("用途・対象物"), fact_of_kind("収入条件", "income_limit"), empty("家族構成条件"),
    _only_read("対象者条件", lambda p, about: "\n".join(c["text"] for c in at(p, "confirm") or ())), empty("従業員条件"),
    empty("資本金条件"), empty("創業年条件"), empty("給付上限額"), empty("最大金利"), empty("借入限度額"), empty("償還期限"),
    empty("最大補助率"), empty("費用"), empty("予算枠の有無"), fact_of_kind("申請届出方法", "apply"), empty("募集時期"),
    day("公募開始日", "availability.begins"),
    day("公募終了日", "availability.ends"), fact_of_kind("公募備考", "deadline"), fact_of_kind("手続書類", "bring"), empty("電子申請の有無"),
    empty("添付ファイルの名称", "添付ファイル名称"), empty("添付ファイル名"),
    _only_read("詳細参照先", lambda p, about: str(at(p, "source.document") or "")), one_line("詳細URL", "source.url"),
    empty("標準産業分類"), empty("ステージとアクション"), empty("事業ステージ"), _needs_semicolons("お困りごと"),
    _only_read("サービス種別", lambda p, about: _KIND.get(p.get("kind"), "")), empty("災害名"),
    _semicolons(entries("キーワード", "keywords")), _only_read("実施組織・支援機関", _implementers), contact("お問い合わせ先"),
    empty("お問合わせ先一覧"), _only_read("連絡先情報", contact_words), empty("公開開始日"), empty("公開終了日"), updated("最終更新日"),
    empty("表示優先度"),
))

RECOMMENDED = Layout("recommended", "推奨データセット 支援制度", (
    _only_read("制度番号", program_number), _only_read("全国地方公共団体コード", lambda p, about: str(about.municipality.get("code", ""))),
    empty("法人番号"), _ORIGIN, _only_read("制度変更区分", lambda p, about: "1" if p.get("extends") else ""),
    one_line("タイトル（制度名）", "name", "タイトル(制度名)"), one_line("サブタイトル（通称）", "title.ja"),
    _only_read("対象者", conditions_in_words), empty("用途・対象物"), empty("対象地域"), empty("対象地域群"), text("概要", "text.ja"),
    _whole_text("内容"), fact_of_kind("利用・申請方法", "apply"),
    day("受付開始日", "availability.begins"), day("受付終了日", "availability.ends"), fact_of_kind("受付備考", "deadline"),
    empty("根拠法令"), one_line("詳細参照先", "source.url"), _only_read("実施組織・支援機関", _implementers), contact("お問い合わせ先"),
    empty("電子申請URL"), empty("標準産業分類"), empty("（事業者対象）事業ステージ分類"), empty("（事業者対象）行政サービス分類"),
    empty("（事業者対象）お困りごと分類"), empty("（個人対象）ライフステージ分類"), empty("（個人対象）行政サービス分類"),
    _needs_semicolons("（個人対象）お困りごと分類"), empty("災害名"), _semicolons(entries("キーワード", "keywords")), empty("制度集"),
    empty("公開日"), empty("公開終了日"),
))

TOKYO = Layout("tokyo", "東京都 支援制度（給付金）情報", (
    _only_read("地方公共団体の名称", _owner), one_line("タイトル（制度名）", "name"), one_line("サブタイトル（通称名）", "title.ja"),
    _only_read("支援制度種別", lambda p, about: _KIND.get(p.get("kind"), "")), _only_read("対象者", conditions_in_words),
    empty("用途・対象費"), text("制度概要", "text.ja"), _whole_text("内容"), fact_of_kind("給付金額", "amount"), empty("補助率"),
   
    day("受付開始日", "availability.begins"),
    day("受付終了日", "availability.ends"), fact_of_kind("利用・申請方法", "apply"), _semicolons(entries("キーワード", "keywords")),
    empty("【人生の制度】ライフステージ分類"), one_line("URL", "source.url"), empty("申請方法URL"),
    _only_read("詳細参照先", lambda p, about: str(at(p, "source.document") or "")), contact("問い合わせ先"),
    _only_read("連絡先名称", first_office("name")), _only_read("連絡先電話番号", first_office("phone")), empty("公開日"),
), fragments=True)
