"""The one schema of the files in data/: what may stand in them, and what is wrong when it does not.

The file check, and whatever else needs to know the shape of a program, is made from these
models.  Messages are for the people of a 担当課, in Japanese.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from finder import births
from finder.answers import NEEDS
from finder.catalog import KINDS
from finder.look import colour_problem, logo_problem
from finder.schema_texts import Address, ConfirmFile, EveryTextFile, EveryTitleFile, Line, Short, Strict, TextsFile, TitleFile

Need = Literal[NEEDS]  # type: ignore[valid-type]
Kind = Literal[KINDS]  # type: ignore[valid-type]
Danger = Literal["suicide", "medical", "abuse", "dv", "unexpected_pregnancy", "hunger"]


class AgesFile(Strict):
    """An age limit: from, until, under, or points."""

    start: str | None = Field(None, alias="from")
    until: str | None = None
    under: str | None = None
    at: list[str] = Field(default_factory=list)

    @model_validator(mode="after")
    def _known(self) -> AgesFile:
        for limit in (self.start, self.until, self.under, *self.at):
            if limit is not None and not births.known_limit(limit):
                raise ValueError(f"年齢の書き方「{limit}」は使えません。「3歳」「6か月」「小1」「18歳年度末」などで書いてください")
        if self.until is not None and self.under is not None:
            raise ValueError("until と under は、どちらか一つにしてください")
        for begin in (self.start, self.under, *self.at):
            if begin is not None and (begin == "就学前" or begin.endswith("年度末")):
                raise ValueError(f"「{begin}」は until にだけ使えます。until に書いてください")
        if self.until in ("就学", "中学校卒業後") or (self.until or "").startswith("産後"):
            raise ValueError(f"「{self.until}」は until には使えません。from か under に書いてください")
        if self.under in ("就学", "中学校卒業後"):
            raise ValueError(f"「{self.under}」は under には使えません。until = \"就学前\" や until = \"中3\" と書いてください")
        for point in self.at:
            if not births.known_point(point):
                raise ValueError(f"「{point}」は at には使えません。「4か月」「1歳6か月」のような年齢で書いてください")
        if self.at and (self.start or self.until or self.under):
            raise ValueError("at は from・until・under と一緒には使えません。どちらかを消してください")
        if not self.at and not births.births_that_meet(self.ages(), date(2026, 4, 1)):
            raise ValueError("だれも当てはまらない年齢です。「から」（from）と「まで」（until・under）が逆になっていないか見てください")
        return self

    def ages(self) -> births.Ages:
        """Return the age condition."""
        return births.Ages(self.start, self.until, self.under, tuple(self.at))


class ChildFile(AgesFile):
    """Age and disability, both of the same child."""

    disability: Literal[True] | None = None


class EligibleFile(Strict):
    """One alternative: everything in it must hold."""

    pregnant: Literal[True] | None = None
    single_parent: Literal[True, False, "usually"] | None = None
    divorcing: Literal[True] | None = None
    widow: Literal[True] | None = None
    disability: Literal[True] | None = None
    low_income: Literal[True, "usually"] | None = None
    child: ChildFile | None = None
    self_: AgesFile | None = Field(None, alias="self")
    confirm: ConfirmFile | None = None


class VariantFile(Strict):
    """The same program in other words, elsewhere in the plan."""

    line: int
    quote: str


class SourceFile(Strict):
    """Where the program stands."""

    document: str
    sections: list[str] = Field(default_factory=list)
    lines: list[int] = Field(default_factory=list)
    quote: str = ""
    program: str | None = None
    url: Address = ""
    checked_on: date
    status: Literal["plan", "official", "second-hand"] = "plan"
    variants: list[VariantFile] = Field(default_factory=list)


class ContactFile(Strict):
    """How sure the department is, and a number of the program's own."""

    confidence: Literal["confirmed", "inferred", "plan", "unknown"]
    phone: str = ""
    place: str = ""
    hours: str = ""
    source: str = ""
    date: str = ""


class FactFile(Strict):
    """Something known from a page."""

    kind: Literal["apply", "bring", "amount", "income_limit", "eligibility", "deadline", "hours",
                  "place", "phone", "link", "note"]
    text: Line
    easy: str = ""
    en: str = ""
    source: Annotated[str, Field(min_length=3)]
    date: str = ""
    status: Literal["official", "second-hand"] = "official"


class AvailabilityFile(Strict):
    """When applications are taken; what is not yet, no longer or not now possible is said to residents."""

    begins: date | None = None
    ends: date | None = None
    paused: Literal[True] | None = None
    note: TextsFile | None = None

    @model_validator(mode="after")
    def _in_order(self) -> AvailabilityFile:
        if self.begins and self.ends and self.begins > self.ends:
            raise ValueError("受付の始まりが終わりより後です。begins と ends が逆になっていないか見てください")
        return self


class CaseFile(Strict):
    """An example with the standing it must get."""

    name: Short
    today: date
    answers: dict[str, Any] = Field(default_factory=dict)
    expect: Literal["likely", "check", "unlikely"]


class ProgramFile(Strict):
    """One program, one file."""

    name: Short
    kind: Kind
    needs: list[Need]
    for_residents: bool
    departments: list[str] = Field(default_factory=list)
    named_contacts: list[str] = Field(default_factory=list)
    keywords: list[Short] = Field(default_factory=list)
    extends: str = ""
    title: TitleFile
    text: TextsFile
    source: SourceFile
    contact: ContactFile
    availability: AvailabilityFile | None = None
    eligible: list[EligibleFile] = Field(default_factory=list)
    confirm: list[ConfirmFile] = Field(default_factory=list)
    fact: list[FactFile] = Field(default_factory=list)
    case: Annotated[list[CaseFile], Field(min_length=2)]


class MunicipalityFile(Strict):
    """A city, its plan, its main number."""

    class Main(Strict):
        """The main number."""

        phone: str = ""
        place: str = ""
        source: str = ""
        date: str = ""
        status: Literal["official", "second-hand", ""] = ""

    class Plan(Strict):
        """The plan document."""

        id: str
        title: str
        period: str = ""
        notice: EveryTextFile | None = None

    class Ask(Strict):
        """Who answers for the plan as a whole."""

        name: str
        phone: str = ""
        place: str = ""
        source: str = ""
        date: str = ""

    class Look(Strict):
        """Its colour and logo; the logo's file is read into `file` (finder/files.py)."""

        color: str = ""
        logo: Annotated[str, Field(pattern=r"^([a-z0-9-]+\.(svg|png))?$")] = ""
        alt: EveryTitleFile | None = None
        file: str = ""

        @model_validator(mode="after")
        def _seen_well(self) -> MunicipalityFile.Look:
            if problem := colour_problem(self.color) if self.color else "":
                raise ValueError(problem)
            if self.logo and self.alt is None:
                raise ValueError("ロゴの説明（alt）がありません。見えない人に読み上げる言葉を、alt.ja などに書いてください")
            if problem := logo_problem(self.logo, self.file) if self.logo else "":
                raise ValueError(problem)
            return self

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]
    code: Annotated[str, Field(pattern=r"^\d{2,5}$")]
    name: EveryTitleFile
    prefecture: str
    licence: str = ""
    main: Main | None = None
    plan: Plan | None = None
    ask: Ask | None = None
    look: Look | None = None


class HotlineFile(Strict):
    """An urgent place to call."""

    id: str
    name: Short
    phone: str
    hours: str
    cost: str = ""
    url: Address = ""
    source: str
    checked_on: str
    status: Literal["official", "second-hand"]
    dangers: list[Danger]
    text: EveryTextFile
    municipalities: list[str] = Field(default_factory=list)


class DangerFile(Strict):
    """The signs of danger."""

    class Sign(Strict):
        """Ways to tell of one danger, what makes them harmless, and examples of both."""

        kind: Danger
        says: Annotated[list[str], Field(min_length=1)]
        unless: list[str] = Field(default_factory=list)
        across: bool = False
        deniable: bool = True
        triggers: Annotated[list[str], Field(min_length=1)]
        does_not: Annotated[list[str], Field(min_length=1)]

    words: list[str] = Field(default_factory=list)
    calm: list[str] = Field(default_factory=list)
    calm_not_for: list[Danger] = Field(default_factory=list)
    order: list[Danger]
    can_wait: list[Danger] = Field(default_factory=list)
    needs: dict[Danger, Need]
    sign: list[Sign]


class QuestionFile(Strict):
    """A question of the interview."""

    class ChoiceFile(Strict):
        """One answer."""

        value: Any = None
        label: EveryTitleFile
        sets: dict[str, Any] = Field(default_factory=dict)

    id: str
    text: EveryTextFile
    why: EveryTextFile
    sensitive: bool = False
    choice: list[ChoiceFile]
