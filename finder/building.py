"""Checked file contents -> Catalog: from plain dictionaries to what the rules work on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from finder.answers import BIRTH_FORMS
from finder.births import GRADES, Ages
from finder.catalog import (
    Alternative,
    Availability,
    Case,
    Catalog,
    Choice,
    Contact,
    Department,
    Fact,
    Hotline,
    Look,
    Municipality,
    Program,
    Question,
    Requirement,
    Source,
    Texts,
    WordRule,
)
from finder.furigana import build_readings
from finder.languages import LANGUAGES
from finder.requirement_words import child_words, fact_words, self_words
from finder.understanding.danger import DangerSigns

Raw = Mapping[str, Any]
NATION = "00-japan"


def build_catalog(raw: Raw, folder: str, version: str = "", signs: DangerSigns | None = None) -> Catalog:
    """Return one municipality's catalog, with the national programs joined in.

    `raw` is what `files.read_folder` gives (or the store kept); it is trusted to be checked.
    `signs` are the danger signs when they were made before: they are the same for all.
    """
    own = raw["municipalities"][folder]
    same: dict[Requirement, Requirement] = {}
    programs = [build_program(i, joined, same) for i, joined in joined_programs(raw, folder).items()]
    place = build_municipality(own["municipality"])
    return Catalog(
        municipality=place,
        programs=tuple(programs),
        departments={row["id"]: _department(row) for row in own["departments"]},
        questions=tuple(_question(q) for q in raw["questions"]),
        needs={n: _texts(t) for n, t in raw["needs"].items()},
        hotlines=tuple(h for h in map(_hotline, raw["hotlines"])
                       if not h.municipalities or place.id in h.municipalities),
        words=tuple(WordRule(w["said"], tuple(w["needs"].split()), tuple(w["expands"].split()))
                    for w in raw["words"]),
        signs=signs if signs is not None else DangerSigns.from_toml(raw.get("danger", {})),
        readings=build_readings(raw.get("readings", ())),
        documents=own.get("documents", {}),
        version=version,
        by_id={p.id: p for p in programs},
    )


def joined_programs(raw: Raw, folder: str) -> dict[str, dict[str, Any]]:
    """Return the municipality's programs, each with what it takes from a national one.

    What the city says itself wins; facts of both are kept; a national program that no city
    program extends is listed with the city's.
    """
    own = raw["municipalities"][folder]["programs"]
    nation = raw["municipalities"].get(NATION, {"programs": {}})["programs"] if folder != NATION else {}
    joined = {}
    for program_id, program in own.items():
        base = nation.get(program.get("extends", ""), {})
        both = {**base, **program}
        both["fact"] = [*program.get("fact", ()), *base.get("fact", ())]
        both["keywords"] = [*program.get("keywords", ()), *base.get("keywords", ())]
        joined[program_id] = both
    taken = {p.get("extends") for p in own.values()}
    joined.update({i: dict(p) for i, p in nation.items() if i not in taken})
    return dict(sorted(joined.items()))


def build_municipality(raw: Raw) -> Municipality:
    """Return what is known of the city and its plan."""
    main, plan, ask = raw.get("main") or {}, raw.get("plan") or {}, raw.get("ask") or {}
    return Municipality(
        id=raw["id"], code=raw["code"], name=_texts(raw["name"]), prefecture=raw["prefecture"],
        plan_title=plan.get("title", ""), plan_period=plan.get("period", ""),
        plan_notice=_texts(plan["notice"]) if plan.get("notice") else Texts(""),
        main_phone=main.get("phone", ""), main_place=main.get("place", ""),
        main_source=main.get("source", ""), main_checked_on=main.get("date", ""),
        main_status=main.get("status", ""), ask_name=ask.get("name", ""),
        ask_phone=ask.get("phone", ""), ask_place=ask.get("place", ""),
        ask_source=ask.get("source", ""), ask_checked_on=ask.get("date", ""),
        licence=raw.get("licence", ""), look=_look(raw.get("look") or {}),
    )


def _look(raw: Raw) -> Look:
    return Look(raw.get("color", ""), raw.get("logo", ""), _texts(raw["alt"]) if raw.get("alt") else Texts(""), raw.get("file", ""))


def build_program(program_id: str, raw: Raw, same: dict[Requirement, Requirement] | None = None) -> Program:
    """Return one program; equal requirements become one object by way of `same`."""
    same = {} if same is None else same
    source, contact = raw["source"], raw["contact"]
    return Program(
        id=program_id, name=raw["name"], kind=raw["kind"], needs=tuple(raw["needs"]),
        for_residents=raw["for_residents"], title=_texts(raw["title"]), text=_texts(raw["text"]),
        source=Source(
            document=source["document"], title=source.get("title", ""),
            sections=tuple(source.get("sections", ())), lines=tuple(source.get("lines", ())),
            quote=source.get("quote", ""), program=source.get("program"),
            url=source.get("url", ""), checked_on=_date(source.get("checked_on")),
            status=source.get("status", "plan"),
            variants=tuple((v["line"], v["quote"]) for v in source.get("variants", ()))),
        alternatives=tuple(_alternative(a, same) for a in raw.get("eligible", ())) or (Alternative(()),),
        confirm=tuple(Texts(c["text"], c["easy"], c["en"]) for c in raw.get("confirm", ())),
        departments=tuple(raw.get("departments", ())),
        named_contacts=tuple(raw.get("named_contacts", ())),
        contact=Contact(contact["confidence"], contact.get("phone", ""), contact.get("place", ""),
                        contact.get("hours", ""), contact.get("source", ""), contact.get("date", "")),
        facts=tuple(Fact(f["kind"], Texts(f["text"], f.get("easy", ""), f.get("en", "")),
                         f["source"], f.get("date", ""), f.get("status", "official"))
                    for f in raw.get("fact", ())),
        cases=tuple(build_case(c) for c in raw.get("case", ())),
        keywords=tuple(raw.get("keywords", ())),
        extends=raw.get("extends", ""),
        availability=_availability(raw.get("availability") or {}),
    )


def _availability(raw: Raw) -> Availability:
    return Availability(_date(raw.get("begins")), _date(raw.get("ends")), bool(raw.get("paused")),
                        _texts(raw["note"]) if raw.get("note") else None)


def build_case(raw: Raw) -> Case:
    """Return a case; its children may stand in short: "2020-05-01", "2020-05", "3歳", "小2"."""
    answers = dict(raw.get("answers", {}))
    if isinstance(answers.get("children"), (list, tuple)):
        answers["children"] = [_short_child(c) for c in answers["children"]]
    if isinstance(answers.get("self"), str):
        answers["self"] = _short_child(answers["self"])
    today = _date(raw["today"])
    assert today
    return Case(raw["name"], today, answers, raw["expect"])


_SHORT = (
    (re.compile(r"\d{4}-\d{2}-\d{2}"), "birth_date", str),
    (re.compile(r"\d{4}-\d{2}"), "birth_month", str),
    (re.compile(r"(\d{1,3})歳"), "age_years", int),
    (re.compile(r"(\d{1,3})か月"), "age_months", int),
    (re.compile(r"(\d{4})年"), "birth_year", int),
)


def short_form(said: str) -> dict[str, Any] | None:
    """Return the JSON form of an age written in short, or None when it is none."""
    if said in GRADES:
        return {"grade": said}
    for pattern, form, convert in _SHORT:
        if match := pattern.fullmatch(said):
            return {form: convert(match[1] if pattern.groups else said)}
    return None


def _short_child(said: Any) -> Any:
    if isinstance(said, str):
        return short_form(said) or {"birth_date": said}
    if not isinstance(said, Mapping):
        return said
    if "born" in said and isinstance(said["born"], str):
        rest = {k: v for k, v in said.items() if k != "born"}
        return {**(short_form(said["born"]) or {"birth_date": said["born"]}), **rest}
    return {k: (v.isoformat() if isinstance(v, date) and k in BIRTH_FORMS else v)
            for k, v in said.items()}


def _alternative(raw: Raw, same: dict[Requirement, Requirement]) -> Alternative:
    requirements = []
    for fact in ("pregnant", "single_parent", "divorcing", "widow", "disability", "low_income"):
        value = raw.get(fact)
        if value is not None:
            requirements.append(Requirement("fact", fact_words(fact, value is not False), fact,
                                            value is not False, value == "usually"))
    if (child := raw.get("child")) is not None:
        ages, disability = _ages(child), bool(child.get("disability"))
        requirements.append(Requirement("child", child_words(ages, disability), ages=ages,
                                        disability=disability))
    if (myself := raw.get("self")) is not None:
        requirements.append(Requirement("self", self_words(_ages(myself)), ages=_ages(myself)))
    if confirm := raw.get("confirm"):
        requirements.append(Requirement(
            "confirm", Texts(confirm["text"], confirm["easy"], confirm["en"])))
    return Alternative(tuple(same.setdefault(r, r) for r in requirements))


def _ages(raw: Raw) -> Ages:
    return Ages(raw.get("from"), raw.get("until"), raw.get("under"), tuple(raw.get("at", ())))


def _date(value: Any) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _texts(raw: Raw) -> Texts:
    more = tuple((k, v) for k, v in raw.items() if k in LANGUAGES and k not in ("ja", "easy", "en"))
    return Texts(raw["ja"], raw.get("easy", ""), raw.get("en", ""), more)


def _department(row: Raw) -> Department:
    kept = {k: v for k, v in row.items() if k in Department.__dataclass_fields__ and k != "aliases"}
    aliases = tuple(a for a in row.get("aliases", "").split("／") if a)
    return Department(**kept, aliases=aliases)


def _hotline(raw: Raw) -> Hotline:
    return Hotline(raw["id"], raw["name"], raw["phone"], raw["hours"], raw.get("cost", ""),
                   raw.get("url", ""), raw["source"], raw["checked_on"], raw["status"],
                   tuple(raw["dangers"]), _texts(raw["text"]), tuple(raw.get("municipalities", ())))


def _question(raw: Raw) -> Question:
    return Question(raw["id"], _texts(raw["text"]), _texts(raw["why"]),
                    tuple(Choice(c.get("value"), _texts(c["label"]), c.get("sets", {}))
                          for c in raw["choice"]),
                    raw.get("sensitive", False))
