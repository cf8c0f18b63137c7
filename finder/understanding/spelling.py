"""One spelling for what people type in many: kana, dialect, kanji numerals, spaces.

Every rule of the other rooms is written in this one spelling, and each character keeps the
place where it was typed, so that the resident's own words can be shown again.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from finder.words import fold_with_places


@dataclass(frozen=True, slots=True)
class Spelled:
    """Text in one spelling, the places of its characters in what was typed, and what was typed."""

    text: str
    places: tuple[int, ...]
    typed: str

    def as_typed(self, start: int, end: int) -> str:
        """Return the resident's own words for a part of the spelled text."""
        return self.typed[self.places[start]:max(self.places[end], self.places[start] + 1)].strip()


_J = "ぁ-んァ-ヺー一-龥々"

# Written once per word: all that is typed for it | the one spelling.  Longer ones come first.
_SPELLINGS = (
    ("お?子(?:供|ども|共)(?:さん|さま|様|ら|たち|達)?|お?こども(?:さん|さま|たち|ら)?|コドモ|お子(?:さん|さま|様|さん達)"
     "|おこさん", "子ども"),
    ("障がい|障碍|しょうがい(?!く|っ)", "障害"),
    ("[ヶケヵカ箇](?=月)|ヵ月|ヶ(?=げつ)", "か"),
    ("(?<=[0-9一二三四五六七八九十])か(?:げつ|つき)|(?<=[0-9])カ(?:げつ|ゲツ)", "か月"),
    ("(?<=[0-9])(?:才|さい(?![ごし])|サイ|歲)(?:じ(?=の|です|が|を))?", "歳"),
    ("(?<=[小中高])ニ(?=[のとですで、。]|$)", "2"), ("むすこ", "息子"), ("むすめ(?:さん)?", "娘"), ("ちょうなん", "長男"), ("ちょうじょ", "長女"), ("じなん", "次男"),
    ("じじょ", "次女"), ("すえっこ|末っこ", "末っ子"), ("二男", "次男"), ("二女", "次女"),
    ("りこん", "離婚"), ("にんしん", "妊娠"), ("にんぷ", "妊婦"), ("おかね|お金(?=[^0-9])|金銭", "お金"),
    ("かね(?=が(?:な|足|た)|に困)", "お金"), ("しごと|お仕事", "仕事"), ("せいかつひ", "生活費"), (
        "せいかつほご|生保(?=を|受|です|世帯)|ナマポ", "生活保護"),
    ("せいかつ", "生活"), ("やちん", "家賃"), ("ほいくえん", "保育園"), ("ほいくしょ", "保育所"), ("ようちえん", "幼稚園"),
    ("がくどう(?:ほいく)?", "学童"), ("しょうがっこう|小学こう", "小学校"), ("しょうがくせい", "小学生"), ("ちゅうがっこう", "中学校"),
    ("ちゅうがくせい", "中学生"), ("こうこうせい", "高校生"), ("こうこう(?![とせ])", "高校"), ("がっこう", "学校"),
    ("ねんせい|年せい", "年生"), ("ねんちゅう(?!む)", "年中"), ("ねんちょう(?!し)", "年長"), ("ねんしょう", "年少"),
    ("びょういん", "病院"), ("びょうき", "病気"), ("おっと(?=[がはもにのを])", "夫"), ("だんな|ダンナ", "旦那"),
    ("(?<![ぁ-ん])つま(?=[がはもにのを])", "妻"), ("しゅじん", "主人"), ("よめ(?=さん|[がはもにの])|ヨメ", "嫁"),
    ("わたくし|わたし|あたし|ワタシ", "私"), ("ぼく", "僕"), ("(?<![ぁ-ん])おれ(?=[がはもの])|オレ", "俺"),
    ("たんじょうび|誕生び", "誕生日"), ("うまれ|産まれ|ウマレ", "生まれ"), ("うみました", "産みました"), ("うんだ(?!ん)", "産んだ"),
    ("たべもの|食べもの|食物(?!ア)", "食べ物"), ("ごはん|ゴハン|御飯|飯(?=が|も|食)", "ご飯"), ("たべ(?=[てらるれさまたな])", "食べ"),
    ("あそ(?=[ぶびべぼん])", "遊"), ("ともだち|友だち|トモダチ|お友達", "友達"), ("そうだん", "相談"), ("しんぱい", "心配"),
    ("ふあん", "不安"), ("こま(?=っ[てた]|る|り)", "困"), ("なや(?=み|ん[でど]|む)", "悩"),
    ("ひとりおや|一人親|1人親|独り親|片親(?:家庭)?|ヒトリオヤ", "ひとり親"), ("ぼしかてい", "母子家庭"), ("ふしかてい", "父子家庭"),
    (
        "シンママ|シンマ(?=です|で|の)|し[んン][ぐグ][るル][まマ][ざザ][あーァア]|シン[ぐグ]る[まマ][ざザ][ーあァ]|シンぐるまざー|"
        "シングルマザ(?!ー)"
     "|シングル[・ ]?マザー|シングルまざー|シングルママ|シンクルマザー|シングルマーザー", "シングルマザー"),
    ("シンパパ|シングル[・ ]?ファ[ザー]+|シングルパパ|しんぐるふぁーざー", "シングルファーザー"),
    ("ふたご|双児|二子", "双子"), ("みつご|3つ子|三つ児|三子", "三つ子"), (
        "あかちゃん|赤子|アカチャン|あかんぼ(?:う)?|赤ん坊|ベビー(?!シ|カ|ベ|用|服)|べびー", "赤ちゃん"),
    ("(?<![ぁ-ん])まご(?=[がはのをも])", "孫"), ("べんきょう", "勉強"), ("にほんご", "日本語"), ("言葉|コトバ", "ことば"),
    (
        "おかあさん|お母さん|母さん|かあちゃん|母ちゃん|おかん", "お母さん"), (
            "おとうさん|お父さん|父さん|とうちゃん|父ちゃん|おとん", "お父さん"),
    ("おばあちゃん|おばあさん|ばあちゃん|祖母さん", "祖母"), ("おじいちゃん|おじいさん|じいちゃん", "祖父"),
    ("たた(?=[くいかき]|け(?:ば|ど))", "叩"), ("なぐ(?=[るらりっ])", "殴"), (
        "(?<![ぁ-んー])け(?=られ(?:る|た|て))|(?<=[にを])け(?=られ)", "蹴"),
    (
        "しに(?=たい|たか|たく(?!さん)|とう|たな)", "死に"), (
            "(?<![ぁ-ん])し(?=ぬ|んで(?:しま|も|やる|くれ|いい)|んだ(?:ほう|方|ら))", "死"), ("いき(?=た[くい])", "行き"), ("ちゅうがく", "中学"), ("しょうがく(?!き)", "小学"), ("(?<=[0-9])ねん(?=[生、。]|$|です|の)", "年"), ("うえ(?=[はが]|の子)", "上"), ("(?<=[、。])した(?=は|の子)", "下"), ("きえたい|消えた[いか]", "消えたい"),
    ("ころ(?=して|され|した|す)", "殺"), ("ぼうりょく", "暴力"), ("はたら(?=[くきいかけ])", "働"),
    ("あず(?=[けか])", "預"), ("ねつ(?=が|を|で)", "熱"), ("くすり", "薬"), ("さみし|淋し|さびし", "寂し"),
    ("べっきょ", "別居"), ("みこん", "未婚"), ("さいこん", "再婚"), ("しべつ", "死別"), ("ちょうてい", "調停"),
    ("てちょう", "手帳"), ("てあて", "手当"), ("きゅうしょくひ", "給食費"), ("(?<![ぁ-ん])むりょう", "無料"),
    (
        "いえ(?=が(?:な|ほ)|を(?:さ|探)|賃|のこと|の仕事|のしごと)", "家"), ("すむ(?=ところ|とこ|いえ|家)", "住む"), ("所(?=探|がな|が欲)", "ところ"),
    ("ちちおや", "父親"), ("ははおや", "母親"), ("はったつ", "発達"), ("しょうかい", "紹介"), ("てつだ|手つだ|手伝う(?=て)", "手伝"), ("手伝(?=てほ|て欲|てく)", "手伝っ"), ("おしえ", "教え"), ("けっこん", "結婚"), ("しゅうしょく", "就職"), (
        "(?<![お税料資年基現貯預])金(?=が(?:な|の|足)|も(?:な|の))|(?:ぜに|銭)(?=が|も)", "お金"), ("(?<=が)のうて", "なくて"),
    (
        "ひとり(?=で(?:育|そだ|子))|1人(?=で(?:育|そだ|子))|一人(?=で(?:育|そだ|子|[0-9]))|ひとり(?=で[0-9])|独り(?=で(?:育|そだ|子))", "ひとり"),
    ("そだて", "育て"), ("くら(?=して|す|し(?:を|が|に|も))", "暮ら"), ("産後けあ|さんごけあ|さんごケア", "産後ケア"),
    ("いちじあずかり|一時預り|一時あずかり", "一時預かり"), ("ふぁみさぽ|ファミサポート|ファミリーサポート", "ファミサポ"),
    ("けんしん|検診|健康診査", "健診"), ("せいり(?=が(?:こ|来|遅|おく))", "生理"), ("いじめ|イジメ|虐め", "いじめ"),
    ("不登校児?", "不登校"), ("ふとうこう", "不登校"), ("居り(?=ます)", "おり"), ("解ら|分から|判ら", "わから"),
    ("ほし(?=い|く)", "欲し"), ("無い|ナイ", "ない"), ("下さい", "ください"), ("出来", "でき"), ("居ない", "いない"), ("貰", "もら"),
    ("殴れ", "殴れ"), ("きょうだい", "兄弟"), ("いもうと", "妹"), ("おとうと", "弟"), ("(?<![ぁ-ん])はは(?=[がはのも])", "母"),
    ("(?<![ぁ-ん])ちち(?=[がはのも])", "父"), ("らいしゅう", "来週"), ("らいげつ", "来月"), ("らいねん", "来年"), ("せんげつ", "先月"),
    ("せんしゅう", "先週"), ("ことし", "今年"), ("きょねん", "去年"), ("きのう", "昨日"), ("あした|あす(?=で|に)", "明日"), ("はる(?=から)", "春"),
    ("しがつ(?=から)", "4月"), ("さ来週|さらいしゅう", "再来週"), ("さ来月", "再来月"), ("もう(?:すぐ|じき|間もなく)", "もうすぐ"),
)

# One pattern after the other: each begins with a plain word and is skipped at once, where a
# single large alternation would be tried at every character.
_WORDS = tuple((re.compile(typed), one) for typed, one in _SPELLINGS)
_LATIN, _QUOTE = re.compile("[A-Z]+"), re.compile("[’‘`´]")
_COMMA, _LINE = re.compile("[,，､](?=[^ 0-9a-z])"), re.compile(r"[ \t]*\n\s*")
_DOT = re.compile(r"[・･/]")
_AGE_MARK = re.compile("(?<=[0-9])(?:才|さい(?![ごし])|サイ)")
_TWO = re.compile("ふたり(?!で暮|とも)|ふたり(?=とも)")

_KANA_NUMBERS = {
    "れい": 0, "ぜろ": 0, "いっ": 1, "いち": 1, "に": 2, "さん": 3, "よん": 4, "よ": 4, "ご": 5, "ろく": 6, "ろっ": 6,
    "なな": 7, "しち": 7, "はち": 8, "はっ": 8, "きゅう": 9, "く": 9, "じゅう": 10, "じゅっ": 10, "じっ": 10}
_KANA_UNIT = r"(?:いち|いっ|に|さん|よん|ご|ろく|ろっ|なな|しち|はち|はっ|きゅう)"
_KANA = (
    # 「ください」「いっさい（一切）」「うるさい」を歳と読まない
    (re.compile(rf"(?<![だうなるくちみ])(?P<n>(?:じゅう{_KANA_UNIT}?|じゅっ|{_KANA_UNIT}|ぜろ|れい))さい"
                r"(?=[のでとがはもを、。 \n]|はん|に|じ|$|い[まる]|く)"), "歳"),
    (re.compile(rf"(?P<n>(?:じゅう{_KANA_UNIT}|じゅっ|{_KANA_UNIT}))[かヶケ]げつ"), "か月"),
    (re.compile(r"(?<![ぁ-ん])(?P<n>いち|に|さん|よ|よん|ご|ろく)年生|(?<=[のはがも])(?P<m>いち|さん|よ|ご|ろく)年生"), "年生"),
)
_KANA_SCHOOL = re.compile(r"(?<![ぁ-ん])(?P<s>しょう|ちゅう)(?P<n>いち|に|さん|よん|ご|ろく)(?=です|の|と|で|が|、|。|$)")
_KANJI_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0}
_KANJI_NUMBER = re.compile(
    r"(?<![一-龥々])[〇零一二三四五六七八九十]{1,4}(?=歳|才|さい|か月|年生|年(?![中間前ぶ後目])|週|月(?!曜)|日(?!中|本|曜|々)|"
    r"人(?!親|息|娘))"
    r"|(?<=小学|中学|高校|学校|令和|平成|昭和|生後|産後|妊娠)[〇零一二三四五六七八九十]{1,3}(?=年|か月|日|週|の|で|、)"
    r"|(?<=歳)[〇一二三四五六七八九十]{1,2}(?=か月)|(?<=年|月)[〇一二三四五六七八九十]{1,3}(?=月|日|年)")
_KANJI_GRADE = re.compile(
    r"(?:(?<![一-龥々])|(?<=新))(?P<s>[小中高])(?P<n>[一二三四五六])(?![一-龥番つ々]|度(?!目))|"
    r"(?P<t>[小中高])(?P<m>[一二三四五六])(?=の(?:子|娘|息)|です)")
_WORD_NUMBERS = {w: i for i, w in enumerate(["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"])}
_ENGLISH_NUMBER = re.compile(r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b"
                             r"(?=[ -](?:years?|yrs?|months?|weeks?|days?)\b)")
_OTHER_NUMBERS = re.compile(r"はたち|ハタチ|二十歳|元年")

_SPACE = re.compile(r"[ \t]+")
_AFTER_PARTICLE = re.compile(r"[のはがをにでともへやかられよね]")


def _kanji_value(digits: str) -> int:
    if "十" not in digits:
        return int("".join(str(_KANJI_DIGITS[c]) for c in digits))
    tens, _, ones = digits.partition("十")
    ones = ones.replace("十", "")
    return ((_kanji_value(tens) if tens else 1) * 10 + (_kanji_value(ones) if ones else 0))


def _kana_value(digits: str) -> int:
    if digits in _KANA_NUMBERS:
        return _KANA_NUMBERS[digits]
    return 10 + _KANA_NUMBERS.get(digits.removeprefix("じゅう"), 0)


def _swap(text: Spelled, pattern: re.Pattern[str], one: Callable[[re.Match[str]], str]) -> Spelled:
    """Put one spelling in place of every match, keeping the places."""
    parts: list[str] = []
    places: list[int] = []
    at = 0
    for match in pattern.finditer(text.text):
        spelled = one(match)
        if match.start() == match.end() or spelled == match[0]:
            continue
        parts.append(text.text[at:match.start()])
        places.extend(text.places[at:match.start()])
        parts.append(spelled)
        whole = text.places[match.start():match.end()]
        places.extend(whole[min(i, len(whole) - 1)] for i in range(len(spelled)))
        at = match.end()
    if not at:
        return text
    parts.append(text.text[at:])
    places.extend(text.places[at:])
    return Spelled("".join(parts), tuple(places), text.typed)


def _space(match: re.Match[str]) -> str:
    """Return what a space stands for: nothing inside やさしい日本語, a comma between facts."""
    text = match.string
    before, after = text[match.start() - 1:match.start()], text[match.end():match.end() + 1]
    if not before or not after:
        return ""
    if before.isascii() and after.isascii() and (before.isalpha() or after.isalpha() or before in ",.!?;:"):
        return " "
    if not (before.isalnum() or before == "ー"):
        return ""
    if "ぁ" <= after <= "ん" or (_AFTER_PARTICLE.match(before) and not after.isascii()):
        return ""
    if _AFTER_PARTICLE.match(before) and after.isdigit():
        return ""
    if before in "校学" and after.isdigit():
        return ""
    if before.isdigit() and after in "歳才か年月日ヶケ人":
        return ""
    return "、"


def _lower(match: re.Match[str]) -> str:
    return match[0].lower()


def spell(said: str) -> Spelled:
    """Return what was typed in the one spelling that all rules are written in."""
    folded = fold_with_places(said)
    text = Spelled(folded.text, folded.places, said)
    text = _swap(text, _LATIN, _lower)
    text = _swap(text, _QUOTE, lambda m: "'")
    text = _swap(text, _COMMA, lambda m: "、")
    text = _swap(text, _LINE, lambda m: "。")
    text = _swap(text, _SPACE, _space)
    text = _swap(text, _DOT, lambda m: m[0] if _inside_date(m) else "・")
    for words, one in _WORDS:
        if words.search(text.text):
            text = _swap(text, words, lambda m, one=one: one)  # type: ignore[misc]
    text = _swap(text, _OTHER_NUMBERS, lambda m: "1年" if m[0] == "元年" else "20歳")
    for pattern, unit in _KANA:
        text = _swap(text, pattern, lambda m, unit=unit: f"{_kana_value(next(g for g in m.groups() if g))}{unit}")  # type: ignore[misc]
    text = _swap(text, _KANA_SCHOOL, lambda m: f"{'小' if m['s'] == 'しょう' else '中'}{_kana_value(m['n'])}")
    text = _swap(text, _KANJI_NUMBER, lambda m: str(_kanji_value(m[0])))
    text = _swap(text, _KANJI_GRADE, lambda m: (m["s"] or m["t"]) + str(_kanji_value(m["n"] or m["m"])))
    text = _swap(text, _ENGLISH_NUMBER, lambda m: str(_WORD_NUMBERS[m[0]]))
    text = _swap(text, _AGE_MARK, lambda m: "歳")
    text = _swap(text, _TWO, lambda m: "2人")
    return text


def _inside_date(match: re.Match[str]) -> bool:
    before, after = match.string[:match.start()][-1:], match.string[match.end():][:1]
    return match[0] == "/" and before.isdigit() and after.isdigit()
