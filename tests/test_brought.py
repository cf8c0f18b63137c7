"""What a visitor brings on a phone: at the counter it is what it was on the phone, and they saw all of it before."""

from dataclasses import replace
from datetime import date, timedelta
from zlib import crc32

import pytest
from hypothesis import assume, given, strategies as st

from finder.answers import FACTS, NEEDS, NOTHING_SAID, Answers, BadAnswer, read_answers, read_child, write_answers
from finder.births import GRADES
from finder.brought import ASKED, LANGUAGES, BadCode, code, code_in, program_number, read_code
from finder.brought.contents import contents
from finder.languages import LANGUAGES as SPOKEN
from finder.one_line import read_line, write_line

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def kurume(real_catalogs):
    return real_catalogs["40203-kurume"]


# --- households: every form of an age, several of them for one child, everything answered, left open or not asked -------

FORMS = {"birth_date": st.dates(date(1930, 1, 1), TODAY).map(date.isoformat),
         "birth_month": st.dates(date(1930, 1, 1), date(2026, 11, 30)).map(lambda d: f"{d.year}-{d.month:02d}"),
         "birth_year": st.integers(1930, 2026), "age_years": st.integers(0, 100), "age_months": st.integers(0, 240),
         "grade": st.sampled_from(GRADES)}


@st.composite
def people(draw):
    names = draw(st.lists(st.sampled_from(list(FORMS)), max_size=2, unique=True))
    person = {name: draw(FORMS[name]) for name in names}
    if len(names) == 2 and draw(st.booleans()):       # two forms that agree: a birth, and the age it makes
        born = draw(st.dates(date(2010, 1, 1), TODAY - timedelta(days=40)))
        person = {"birth_month": f"{born.year}-{born.month:02d}", "birth_year": born.year, "birth_date": born.isoformat()}
        person = {name: person[name] for name in draw(st.permutations(list(person)))}
    disability = draw(st.sampled_from([None, True, False]))
    person |= {} if disability is None else {"disability": disability}
    try:
        read_child(person, TODAY, "")
    except BadAnswer:
        assume(False)
    return person


@st.composite
def households(draw):
    told = {fact: draw(st.sampled_from([True, False, "unknown"])) for fact in draw(st.sets(st.sampled_from(FACTS)))}
    told["children"] = draw(st.none() | st.just("unknown") | st.lists(people(), max_size=4))
    told["self"] = draw(st.none() | st.just("unknown") | people())
    told["needs"] = draw(st.lists(st.sampled_from(NEEDS), unique=True, max_size=6))
    told["asked"] = draw(st.lists(st.sampled_from(["child_birth", "needs"]), unique=True))
    return normal(read_answers({k: v for k, v in told.items() if v is not None}, TODAY))


def normal(answers):
    """Answers as a cookie keeps them: one that was given is no longer one that was left open."""
    return read_answers(write_answers(answers), TODAY)


@given(households(), st.data())
def test_what_the_counter_has_is_what_the_phone_had(kurume, answers, data):
    programs = data.draw(st.lists(st.sampled_from([p.id for p in kurume.programs]), unique=True, max_size=12))
    language = data.draw(st.sampled_from(LANGUAGES))
    digits = code(kurume, programs, answers, language, TODAY)
    assert digits.isdigit()
    brought = read_code(code_in(digits), kurume, TODAY)
    assert brought.answers == answers
    assert (list(brought.programs), brought.language, brought.told_on, brought.missing) == (programs, language, TODAY, 0)


@given(households(), households(), st.sampled_from([*FACTS, "children", "myself", "needs", "asked"]))
def test_what_differs_in_a_code_differs_in_the_words_seen_before(kurume, one, another, changed):
    other = normal(replace(one, **{changed: getattr(another, changed)}))
    alike = list(contents(kurume, one)) == list(contents(kurume, other))
    assert alike == (code(kurume, (), one, "ja", TODAY) == code(kurume, (), other, "ja", TODAY))


@given(st.lists(people(), max_size=5))
def test_the_line_that_the_counter_shows_is_read_as_the_same_people(told):
    children = tuple(read_child(one, TODAY, "") for one in told)
    line = read_line(write_line(children), TODAY)
    assume(all(c.born is None or c.born.earliest <= TODAY for c in children))
    assert line.unread == ()
    assert tuple(read_child(one, TODAY, "") for one in line.people) == children


@pytest.mark.parametrize(("told", "line"), [
    ([{"age_years": 3}, {"grade": "小2"}], "3 小2"),
    ([{"grade": "小2", "birth_month": "2018-05", "disability": True}], "小2(2018.5)障"),
    ([{"birth_date": "2018-05-09", "disability": False}], "2018.5.9障なし"),
    ([{"age_months": 8}, {}, {"birth_year": 2018}], "8か月 年齢不明 2018"),
])
def test_the_line_in_few_characters(told, line):
    assert write_line(read_child(one, TODAY, "") for one in told) == line


# --- what the words say ----------------------------------------------------------------------------------------------

def test_everything_is_said_in_words(kurume):
    answers = read_answers({"children": [{"grade": "小2", "birth_month": "2018-05", "disability": False}, {}], "self": {"age_years": 32},
                            "single_parent": True, "low_income": False, "pregnant": "unknown", "divorcing": False,
                            "needs": ["money", "dv"], "asked": ["child_birth"]}, TODAY)
    assert list(contents(kurume, answers)) == [
        ("お子さん", "小2、2018年5月生まれ、障害なし"), ("お子さん", "年齢はまだ"), ("ひとり親", "はい"),
        ("離婚を考えている・話し合い中", "いいえ"), ("家計が苦しい", "いいえ"), ("ご本人", "32歳"), ("困りごと", kurume.needs["money"].ja),
        ("困りごと", kurume.needs["dv"].ja), (kurume.question("child_birth").text.ja, "わからない・答えたくない"),
        ("妊娠中", "わからない・答えたくない")]


# --- codes that are not good --------------------------------------------------------------------------------------------

@pytest.fixture(scope="module")
def digits(kurume):
    answers = read_answers({"children": [{"grade": "小2"}], "single_parent": True}, TODAY)
    return code(kurume, ["jido-teate", "jido-fuyo-teate"], answers, "vi", TODAY)


def test_a_code_is_short_enough_for_any_scanner(digits):
    assert len(digits) == 54


@pytest.mark.parametrize("typed", ["{}", "{} ", "　{}\n", "3 小2 {}", "3{}", "20180510{}", "https://shien.example/#{}"])
def test_a_code_is_found_however_it_was_typed(digits, typed):
    assert code_in(typed.format(digits)) == digits


def test_a_code_whose_first_digit_was_lost_is_read(digits):
    assert code_in(digits[1:]) == digits


def test_digits_that_an_input_method_made_wide_are_read(digits):
    assert code_in(digits.translate({ord("0") + n: chr(0xFF10 + n) for n in range(10)})) == digits


@pytest.mark.parametrize("typed", ["", "3 小2", "20180510 20200101", "0942-30-9302", "H30.5.9"])
def test_what_people_type_is_no_code(typed):
    assert code_in(typed) == ""


def test_a_digit_that_is_lost_or_wrong_is_seen(kurume, digits):
    for place in range(len(digits)):
        for wrong in (digits[:place] + digits[place + 1:], digits[:place] + str((int(digits[place]) + 1) % 10) + digits[place + 1:]):
            with pytest.raises(BadCode, match="もう一度"):
                read_code(wrong, kurume, TODAY)


@given(st.text("0123456789", min_size=15, max_size=120), st.sampled_from(["940203", ""]))
def test_a_code_that_nobody_of_ours_made_is_refused_or_read_and_never_fails(kurume, made_up, begins):
    whole = begins + "09822" + made_up if begins else made_up
    try:
        read_code(f"{whole}{crc32(whole.encode()) % 10**5:05d}", kurume, TODAY)
    except BadCode as bad:
        assert str(bad)


def test_another_municipalitys_code_is_said_to_be_one(real_catalogs, digits):
    with pytest.raises(BadCode, match="ほかの自治体"):
        read_code(digits, real_catalogs["13219-komae"], TODAY)


def test_tomorrow_the_list_is_still_good_and_the_answers_are_asked_anew(kurume, digits):
    brought = read_code(digits, kurume, TODAY + timedelta(days=1))
    assert brought.programs == ("jido-teate", "jido-fuyo-teate")
    assert brought.answers is None
    assert brought.told_on == TODAY


def test_a_program_that_is_gone_is_counted(kurume):
    brought = read_code(code(kurume, ["jido-teate", "gone"], None, "ja", TODAY), kurume, TODAY)
    assert (brought.programs, brought.missing, brought.answers) == (("jido-teate",), 1, None)


def test_no_two_programs_share_a_number(real_catalogs):
    for catalog in real_catalogs.values():
        assert len({program_number(p.id) for p in catalog.programs}) == len(catalog.programs)


def test_the_fullest_code_fits_into_a_qr_code(kurume):
    child = {"grade": "小2", "birth_date": "2018-05-09", "birth_month": "2018-05", "disability": True}
    answers = read_answers({**dict.fromkeys(FACTS, True), "children": [child] * 20, "self": {"age_years": 40}, "needs": list(NEEDS)}, TODAY)
    longest = code(kurume, [p.id for p in kurume.programs], answers, "ko", TODAY)
    assert len(longest) < 1300


def test_the_order_in_the_format_never_changes(kurume):
    assert tuple(SPOKEN) == LANGUAGES
    assert ASKED == ("pregnant", "single_parent", "divorcing", "widow", "disability", "low_income", "children", "self", "child_birth", "needs")
    assert {q.id for q in kurume.questions} <= set(ASKED)
    assert code(kurume, ["jido-teate"], Answers(needs=("money",)), "en", date(2026, 11, 22)) == \
        "94020309822201732508110000000000000010097106"
    assert read_code(code(kurume, (), NOTHING_SAID, "ja", TODAY), kurume, TODAY).answers == NOTHING_SAID


