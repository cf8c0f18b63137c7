"""Our own layout: everything a program's file holds, one row a program; nothing is lost on the way out and back."""

from __future__ import annotations

from finder.layouts.columns import (
    STATUS,
    About,
    Column,
    Layout,
    Raw,
    at,
    cases,
    choice,
    conditions,
    confirmations,
    day,
    entries,
    facts,
    needs,
    numbers,
    offices,
    one_line,
    phone,
    put,
    text,
    variants,
)
from finder.layouts.values import BadCell, narrow

KINDS = {"cash": "手当・給付金", "subsidy": "費用の助成・減免", "service": "サービス", "consultation": "相談", "class_event": "教室・催し",
         "place": "場所", "loan": "貸付", "school": "学校の取組", "institutional": "住民が使うものではない"}
SURE = {"confirmed": "確か", "plan": "計画に担当課名あり", "inferred": "たぶん", "unknown": "不明"}
ID = Column("制度id", lambda p, about: str(p.get("id", "")), None, ("id", "ID", "制度ID"))


def _extends(program: Raw, cell: str, about: About) -> Raw:
    named = narrow(cell)
    if named and named not in about.national:
        raise BadCell(f"全国の制度「{named}」はありません。00-japan の id を書くか、空にしてください")
    return put(program, "extends", named)


NATIONAL = Column("全国の制度", lambda p, about: str(at(p, "extends") or ""), _extends)

OWN = Layout("own", "支援ファインダーの表", (
    ID,
    one_line("制度名", "name", "事業名", "施策・事業名", "名称", "制度の名前", "事業の名称", "取組名"),
    choice("種類", "kind", KINDS),
    needs("困りごと"),
    choice("住民向け", "for_residents", {True: "はい", False: "いいえ"}),
    offices("担当課", "担当部署", "所管課", "担当", "所管部署"),
    entries("計画に出る窓口", "named_contacts", keep=True),
    entries("検索の言葉", "keywords", "キーワード", keep=True),
    NATIONAL,
    one_line("ふだんの名前", "title.ja"),
    one_line("やさしい名前", "title.easy"),
    one_line("英語の名前", "title.en"),
    text("説明", "text.ja", "概要", "事業概要", "内容", "事業内容"),
    text("やさしい説明", "text.easy"),
    text("英語の説明", "text.en"),
    conditions("対象要件"),
    confirmations("窓口で確認"),
    facts("事実"),
    cases("例"),
    one_line("出典の文書", "source.document"),
    entries("計画の節", "source.sections"),
    numbers("計画の行", "source.lines"),
    text("計画の文", "source.quote"),
    one_line("計画の事業名", "source.program"),
    variants("別の行の文"),
    one_line("出典のページ", "source.url", "URL"),
    day("確認日", "source.checked_on"),
    choice("出典の種類", "source.status", {"plan": "計画", **STATUS}),
    choice("担当の確かさ", "contact.confidence", SURE),
    phone("電話", "contact.phone", "電話番号"),
    one_line("場所", "contact.place"),
    one_line("時間", "contact.hours", "受付時間"),
    one_line("連絡先の出典", "contact.source"),
    one_line("連絡先の日付", "contact.date"),
    day("受付の始まり", "availability.begins", "受付開始日"),
    day("受付の終わり", "availability.ends", "受付終了日"),
    choice("受付の休み", "availability.paused", {True: "休んでいる"}),
    one_line("受付の知らせ", "availability.note.ja"),
    one_line("受付のやさしい知らせ", "availability.note.easy"),
    one_line("受付の英語の知らせ", "availability.note.en"),
), ours=True)
