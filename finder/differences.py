"""What changes between two versions of a catalog's contents, in words that a 担当課 reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from finder.building import build_program, joined_programs
from finder.households import Household, standard_households, standings
from finder.layouts.columns import STATUS
from finder.layouts.own import KINDS, SURE
from finder.requirement_rows import write_row

Raw = Mapping[str, Any]
Names = Mapping[str, Mapping[str, str]]         # of a field: id -> what people call it
FIELDS = {
    "name": "名前", "kind": "種類", "needs": "困りごと", "for_residents": "住民向けかどうか", "departments": "担当課",
    "named_contacts": "計画に出る窓口の名前", "keywords": "検索の言葉", "extends": "つながる全国の制度",
    "title.ja": "ふだんの名前", "title.easy": "やさしい日本語の名前", "title.en": "英語の名前",
    "text.ja": "説明", "text.easy": "やさしい日本語の説明", "text.en": "英語の説明",
    "source.quote": "計画の文", "source.checked_on": "確認日", "source.lines": "計画の行", "source.sections": "計画の節",
    "source.document": "出典の文書", "source.status": "出典の種類", "source.program": "計画の事業名", "source.variants": "別の行の文",
    "source.url": "出典のページ", "contact.source": "連絡先の出典", "contact.date": "連絡先の日付",
    "contact.phone": "電話番号", "contact.place": "場所", "contact.hours": "時間",
    "contact.confidence": "担当課の確かさ", "eligible": "対象要件", "confirm": "窓口で確認すること", "fact": "分かっている事実",
    "case": "例", "availability.begins": "受付の始まり", "availability.ends": "受付の終わり", "availability.paused": "受付の休み",
    "availability.note": "受付の知らせ",
}
DEPARTMENT_FIELDS = {"name": "名前", "division": "部", "aliases": "別名", "phone": "電話番号", "extension": "内線", "place": "場所",
                     "hours": "時間", "url": "ページ", "source": "出典", "checked_on": "確認日", "status": "確かさ",
                     "topics": "聞けること", "note": "メモ"}
SHARED = {"needs": "困りごとの言葉", "questions": "質問", "hotlines": "緊急の相談先", "danger": "危険のしるし", "words": "言葉の表",
          "readings": "ふりがなの例外"}
FACT_KINDS = {"apply": "申請", "bring": "持ち物", "amount": "金額", "income_limit": "所得の制限", "eligibility": "対象", "deadline": "期限",
              "hours": "時間", "place": "場所", "phone": "電話", "link": "リンク", "note": "メモ"}
LONGEST, EXAMPLES = 60, 4       # letters of a value, examples of households


@dataclass(frozen=True, slots=True)
class Difference:
    """One change: the municipality's folder, the program or other place, and the change in words."""

    folder: str
    place: str
    words: str

    def __str__(self) -> str:
        return f"{self.folder}: {self.place}: {self.words}" if self.folder else f"{self.place}: {self.words}"


def differences(old: Raw, new: Raw, today: date) -> list[Difference]:
    """Return every change from the old contents to the new ones."""
    found = [Difference("", words, f"{words}が変わります") for key, words in SHARED.items() if old.get(key) != new.get(key)]
    for folder in sorted({*old["municipalities"], *new["municipalities"]}):
        found += _municipality(old, new, folder, today)
    return found


def _municipality(old: Raw, new: Raw, folder: str, today: date) -> Iterator[Difference]:
    was, now = old["municipalities"].get(folder), new["municipalities"].get(folder)
    if was is None or now is None:
        yield Difference(folder, "自治体", f"加わります（{len(now['programs'])}制度）" if now else "なくなります")
        return
    if was["municipality"] != now["municipality"]:
        yield Difference(folder, "自治体", "自治体の名前・代表番号・計画の書き方が変わります")
    if old.get("plans", {}).get(folder) != new.get("plans", {}).get(folder):
        yield Difference(folder, "計画", "計画の本文が変わります")
    offices = ({d["id"]: d for d in was["departments"]}, {d["id"]: d for d in now["departments"]})
    for office in sorted({*offices[0], *offices[1]}):
        for words in row_differences(offices[0].get(office), offices[1].get(office), DEPARTMENT_FIELDS):
            yield Difference(folder, f"担当課「{(offices[1].get(office) or offices[0][office])['name']}」", words)
    households, earlier = standard_households(today), names_of(old, folder)
    names = {field: {**earlier[field], **ids} for field, ids in names_of(new, folder).items()}
    joined = joined_programs(old, folder), joined_programs(new, folder)
    for program_id in sorted({*was["programs"], *now["programs"]}):
        before, after = was["programs"].get(program_id), now["programs"].get(program_id)
        if before != after:
            name = (after or before or {}).get("name", program_id)
            for words in program_differences(before, after, names):
                yield Difference(folder, f"「{name}」({program_id})", words)
            if before and after:
                for words in standing_changes(joined[0][program_id], joined[1][program_id], households, today):
                    yield Difference(folder, f"「{name}」({program_id})", words)


def names_of(raw: Raw, folder: str) -> Names:
    """Return what the ids in a municipality's programs are called: needs, departments, kinds."""
    return {"kind": KINDS, "contact.confidence": SURE, "source.status": {"plan": "計画", **STATUS},
            "needs": {i: need["ja"] for i, need in raw["needs"].items()},
            "departments": {d["id"]: d["name"] for d in raw["municipalities"][folder]["departments"]}}


def program_differences(old: Raw | None, new: Raw | None, names: Names) -> Iterator[str]:
    """Yield what changes in a program, field by field; `names` are from `names_of`."""
    if old is None or new is None:
        yield "加わります" if new else "なくなります"
        return
    was, now = _flat(old), _flat(new)
    for key in dict.fromkeys([*FIELDS, *was, *now]):
        if was.get(key) == now.get(key):
            continue
        if key == "fact":
            yield from _listed("事実", [_fact(f) for f in was.get(key) or ()], [_fact(f) for f in now.get(key) or ()])
        elif key == "confirm":
            yield from _listed("窓口で確認すること", [c["text"] for c in was.get(key) or ()], [c["text"] for c in now.get(key) or ()])
        elif key == "case":
            yield from _listed("例", [c["name"] for c in was.get(key) or ()], [c["name"] for c in now.get(key) or ()])
        elif key == "eligible":
            yield from _listed("対象要件", _rows(was.get(key)), _rows(now.get(key)))
        else:
            yield _changed(FIELDS.get(key, key), *(_named(each.get(key), names.get(key, {})) for each in (was, now)))


def _named(value: Any, names: Mapping[str, str]) -> Any:
    if isinstance(value, list):
        return [names.get(one, one) if isinstance(one, str) else one for one in value]
    return names.get(value, value) if isinstance(value, str) else value


def _flat(program: Raw) -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for key, value in program.items():
        if isinstance(value, Mapping) and key in ("title", "text", "source", "contact", "availability"):
            flat.update({f"{key}.{inner}": v for inner, v in value.items()})
        else:
            flat[key] = value
    return flat


def row_differences(old: Raw | None, new: Raw | None, fields: Mapping[str, str]) -> Iterator[str]:
    """Yield what changes in a row, column by column."""
    if old is None or new is None:
        yield "加わります" if new else "なくなります"
        return
    yield from (_changed(words, old.get(k), new.get(k)) for k, words in fields.items() if (old.get(k) or "") != (new.get(k) or ""))


def _changed(words: str, old: Any, new: Any) -> str:
    if old in (None, "", []):
        return f"{words}が加わります: {_shown(new)}"
    if new in (None, "", []):
        return f"{words}がなくなります: {_shown(old)}"
    return f"{words}が変わります: {_shown(old)} → {_shown(new)}"


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    text = "、".join(map(str, value)) if isinstance(value, list) else str(value)
    return f"「{text if len(text) <= LONGEST else text[:LONGEST] + '…'}」"


def _rows(alternatives: Any) -> list[str]:
    """Return the conditions as people write them; an alternative that is not yet whole, as it stands."""
    found = []
    for alternative in alternatives or ():
        try:
            found.append(write_row(alternative))
        except (KeyError, TypeError, ValueError, AttributeError):
            found.append(str(alternative))
    return found


def _fact(fact: Raw) -> str:
    return f"{FACT_KINDS.get(fact.get('kind', ''), '')} {fact.get('text', '')}".strip()


def _listed(words: str, old: list[str], new: list[str]) -> Iterator[str]:
    """What was taken out, what was put in; the same words in other details are a change too."""
    gone, come = [w for w in old if w not in new], [w for w in new if w not in old]
    if words == FIELDS["eligible"] and len(gone) == len(come) == 1:
        yield f"{words}が変わります: {_shown(gone[0])} → {_shown(come[0])}"
        return
    yield from (f"{words}がなくなります: {_shown(w)}" for w in gone)
    yield from (f"{words}が加わります: {_shown(w)}" for w in come)
    if not gone and not come:
        yield f"{words}の中身か順番が変わります"


def standing_changes(old: Raw, new: Raw, households: list[Household], today: date) -> Iterator[str]:
    """Say for whom of the standard households the standing changes."""
    try:
        was, now = standings(build_program("", old), households, today), standings(build_program("", new), households, today)
    except (KeyError, TypeError, ValueError):
        return                # not yet whole: the check says what is missing
    kinds = {
        "対象が広がります: 新しく当てはまる例": [n for n in now if now[n] == "likely" and was[n] == "unlikely"],
        "対象がせまくなります: 当てはまらなくなる例": [n for n in now if now[n] == "unlikely" and was[n] != "unlikely"],
        "要確認になる例": [n for n in now if now[n] == "check" and was[n] != "check"],
        "要確認から対象の見込みになる例": [n for n in now if now[n] == "likely" and was[n] == "check"],
    }
    for words, names in kinds.items():
        if names:
            more = f" ほか{len(names) - EXAMPLES}" if len(names) > EXAMPLES else ""
            yield f"{words}: {'、'.join(names[:EXAMPLES])}{more}"

