"""What a municipality offers: programs with their requirements, departments, sources, questions."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from finder.births import ANY_AGE, Ages
from finder.furigana import NO_READINGS, Readings
from finder.languages import LANGUAGES
from finder.understanding.danger import NO_SIGNS, DangerSigns

Made = TypeVar("Made")
KINDS = ("cash", "subsidy", "service", "consultation", "class_event", "place", "loan",
         "school", "institutional")


@dataclass(frozen=True, slots=True)
class Texts:
    """The same words in Japanese, やさしい日本語, English, and in the languages of `more`."""

    ja: str
    easy: str = ""
    en: str = ""
    more: tuple[tuple[str, str], ...] = ()

    def written_in(self, language: str) -> str:
        """Return the language in which `in_language` gives the text: that one, its stand-in, or Japanese."""
        return next((one for one in (language, LANGUAGES[language].instead) if self._own(one)), "ja")

    def in_language(self, language: str) -> str:
        """Return the text in that language, or in what stands in for it where it is missing."""
        return self._own(self.written_in(language))

    def _own(self, language: str) -> str:
        if language in ("ja", "easy", "en"):
            return str(getattr(self, language))
        return dict(self.more).get(language, "")


@dataclass(frozen=True, slots=True)
class Requirement:
    """One condition: a fact of the household, a child, the person asking, or for the counter.

    `kind` is "fact", "child", "self" or "confirm".  A `usual` fact is the ordinary case only:
    its absence leaves the question to the counter instead of excluding.
    """

    kind: str
    text: Texts
    fact: str = ""
    wanted: bool = True
    usual: bool = False
    ages: Ages = ANY_AGE
    disability: bool = False


@dataclass(frozen=True, slots=True)
class Alternative:
    """Requirements that must all hold; one alternative of a program must hold."""

    requirements: tuple[Requirement, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a program stands: document, sections, lines (1-based), and its own words."""

    document: str
    title: str = ""
    sections: tuple[str, ...] = ()
    lines: tuple[int, ...] = ()
    quote: str = ""
    program: str | None = None
    url: str = ""
    checked_on: date | None = None
    status: str = "plan"
    variants: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """Something known from a page: how to apply, an amount, what to bring, with source and date."""

    kind: str
    text: Texts
    source: str
    found_on: str = ""
    status: str = "official"


@dataclass(frozen=True, slots=True)
class Availability:
    """When a program is taken applications for: its first and last day, whether it is paused, and why."""

    begins: date | None = None
    ends: date | None = None
    paused: bool = False
    note: Texts | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """How sure the department is (confirmed, inferred, plan, unknown), and a number of its own."""

    confidence: str = "unknown"
    phone: str = ""
    place: str = ""
    hours: str = ""
    source: str = ""
    found_on: str = ""


@dataclass(frozen=True, slots=True)
class Department:
    """An office or centre: phone, place, hours, the page that says so and its date."""

    id: str
    name: str
    division: str = ""
    aliases: tuple[str, ...] = ()
    phone: str = ""
    extension: str = ""
    place: str = ""
    hours: str = ""
    url: str = ""
    source: str = ""
    checked_on: str = ""
    status: str = ""
    topics: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """An example that a program carries: answers on a day, and the standing they must get."""

    name: str
    today: date
    answers: Mapping[str, Any]
    expect: str


@dataclass(frozen=True, slots=True)
class Program:
    """A 制度・事業 as the plan names it, with everything that can be shown of it."""

    id: str
    name: str
    kind: str
    needs: tuple[str, ...]
    for_residents: bool
    title: Texts
    text: Texts
    source: Source
    alternatives: tuple[Alternative, ...]
    confirm: tuple[Texts, ...] = ()
    departments: tuple[str, ...] = ()
    named_contacts: tuple[str, ...] = ()
    contact: Contact = Contact()
    facts: tuple[Fact, ...] = ()
    cases: tuple[Case, ...] = ()
    keywords: tuple[str, ...] = ()
    extends: str = ""
    availability: Availability = Availability()


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to a question: the JSON value, and what it sets in the answers."""

    value: Any
    label: Texts
    sets: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the interview: its words, why it is asked, its choices."""

    id: str
    text: Texts
    why: Texts
    choices: tuple[Choice, ...]
    sensitive: bool = False


@dataclass(frozen=True, slots=True)
class Hotline:
    """An urgent place to call: number, hours, cost, where and when the facts were seen."""

    id: str
    name: str
    phone: str
    hours: str
    cost: str
    url: str
    source: str
    checked_on: str
    status: str
    dangers: tuple[str, ...]
    texts: Texts
    municipalities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Look:
    """A municipality's own colour ("#00695c") and logo: its name, what it shows, its file (an SVG's text, a PNG in base64)."""

    color: str = ""
    logo: str = ""
    alt: Texts = Texts("")
    file: str = ""


@dataclass(frozen=True, slots=True)
class Municipality:
    """A city: its code, names, main number and what is known of its plan."""

    id: str
    code: str
    name: Texts
    prefecture: str
    plan_title: str = ""
    plan_period: str = ""
    plan_notice: Texts = Texts("")
    main_phone: str = ""
    main_place: str = ""
    main_source: str = ""
    main_checked_on: str = ""
    main_status: str = ""
    ask_name: str = ""
    ask_phone: str = ""
    ask_place: str = ""
    ask_source: str = ""
    ask_checked_on: str = ""
    licence: str = ""
    look: Look = Look()


@dataclass(frozen=True, slots=True)
class WordRule:
    """What people say for something: the need it means, and the plans' words for it."""

    said: str
    needs: tuple[str, ...]
    expands: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Catalog:
    """One municipality's whole offer, with what holds everywhere joined in."""

    municipality: Municipality
    programs: tuple[Program, ...]
    departments: Mapping[str, Department]
    questions: tuple[Question, ...]
    needs: Mapping[str, Texts]
    hotlines: tuple[Hotline, ...]
    words: tuple[WordRule, ...] = ()
    signs: DangerSigns = NO_SIGNS
    readings: Readings = NO_READINGS
    documents: Mapping[str, list[str]] = field(default_factory=dict)    # a program's words, where they were kept
    version: str = ""
    by_id: Mapping[str, Program] = field(default_factory=dict)

    _made: dict[Hashable, Any] = field(default_factory=dict, init=False, repr=False)

    def once(self, what: Hashable, make: Callable[[], Made]) -> Made:
        """Return what can be worked out from the catalog alone, made when it is first asked for."""
        if (made := self._made.get(what)) is None:
            made = self._made[what] = make()
        return made

    def program(self, program_id: str) -> Program | None:
        """Return a program by its id."""
        return self.by_id.get(program_id)

    def question(self, question_id: str) -> Question | None:
        """Return a question by its id."""
        return next((q for q in self.questions if q.id == question_id), None)
