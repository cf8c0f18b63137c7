"""Low income, when it is said: 生活保護, 非課税, 就学援助を受けている."""

from __future__ import annotations

import re

from finder.ternary import NO, YES
from finder.understanding.facts import Fact, said_of_us
from finder.understanding.grammar import Reading, hypothetical
from finder.understanding.patterns import pattern

_LOW_INCOME = pattern(
    r"非課税証明(?:書)?が(?:出(?:まし|た|て)|取れ)|(?<!生活)保護(?:を|ば)?(?:うけ|受け)(?:て(?!い?な)|とる|よる|ゆう|ちょる)|(?<!一時)(?<!一時の)保護費(?=[がをの](?:出|入|支給|もら|受け|振|中|足)|で(?:暮|生活|やり))|生活保護(?=が(?:決ま|おり|始ま|開始)(?:り|っ)|にな(?:り|っ)(?:まし|た(?!ら)|て)|を?(?:受け|受給|もら|利用|い?ただ)|世帯|家庭|です|中|で(?:す|生活|暮)|の(?:母子|父子|ひとり親|家庭|世帯|身))|非課税(?:世帯|家庭)?(?!の(?:人|方|場|給|"
    r"世帯(?:の人|の方|が))|向け|とは|限度|証|(?:世帯|家庭)?に(?:は)?(?:なる|なれ|なら|なり(?!まし))|か(?!ら)|って|(?:世帯|家庭)?(?:だけ|のみ|しか|限定|以外))|就学援助(?=の対象(?:に(?:なっ(?!たら)|なりま(?!せ|すか))|です|世帯)|が(?:決ま|認め|通)(?:り|っ|られ)|で[^。]{0,12}(?:もら|助か|払|まかな|出て)|(?:を|は|も)?(?:受け|もらっ|利用|受給|"
    r"使っ|認定)(?:て|し|さ|ち|と))|(?:住民税|市県民税|市民税)(?:が|は|も|の)?(?:かか(?:って|ら)|課税され|課され)(?:て)?(?:い)?(?:な|ませ|ん)|(?:住民税|市県民税|市民税)(?:は|が)?(?:ゼロ|0円?|なし)(?!に)|低所得(?!者?(?:向け|の方|世帯(?:の方|向け)))|所得(?:が|は|も)(?:かなり|とても|すごく)?(?:低|"
    r"少な)|年収(?:が|は|も)(?:とても|かなり|すごく)?(?:低|少な)|収入(?:が|は|も)(?:とても|かなり|ほとんど|全く|まったく|すごく|ぜんぜん|全然)?(?:低|少な(?!くな)|ない|なく(?!な)|ゼロ|0|"
    r"ありません)|無収入|年収(?:は|が)?(?:約)?(?:1?[0-9]{2}|200)万(?!円?以上)|(?<![a-z])on welfare(?![a-z])|low[- ]income"
)
_UNTIL_THEN = re.compile("(?:去年|昨年|以前|前|[0-9]年前|[0-9]月)(?:まで)?は?、?$")
_LOW_WISHED = re.compile(
    r"(?:を|は|が|も)?(?:受け|申請し|もら(?:い|え|う)|利用し|受給し|でき)?(?:たい|たく|られ(?:ます|る|ない)|よう|る(?:か|に|方|こと|ほど|まで|より|"
    r"には|と|べ)|ば|ます(?:か|でしょう)|え(?:ます|る)か|(?:た|でき)(?:方|ほう|ら)|れば|るの|なきゃ|ないと|ず|て(?:い)?(?:ない|"
    r"ません|なく|おりません|た(?:こと|とき|時|頃|ころ|が、今|けど)|ました(?:が|けど))|てもいい|て良い|わせて|ません|なければ|る前)"
)


def low_income(reading: Reading) -> Fact | None:
    """Return a low income when it is said: 生活保護, 非課税, 就学援助を受けている."""
    text = reading.text
    for match in _LOW_INCOME.finditer(text):
        gone = _UNTIL_THEN.search(text, max(0, match.start() - 14), match.start()) and re.match("でした|だった", text[match.end() :])
        if gone or not said_of_us(reading, match) or hypothetical(text, match.end()):
            continue
        if match[0] in ("生活保護", "就学援助") and (
            _LOW_WISHED.match(text, match.end()) or re.match(r"を?(?:考|検討|勧|すすめ|断)", text[match.end() :])
        ):
            continue
        if "非課税" in match[0] or match[0] == "低所得":
            if re.match(r"(?:で(?:は|も)|じゃ)(?:な|あ)", text[match.end() :]):
                return Fact(NO, match.start(), match.end())
            if re.match(
                r"(?:世帯|家庭)?(?:の|者)?(?:人|方)?(?:の|向けの|への)?(?:給付|支援|制度|手当|対象)|か(?:どう|わか|も)|なら|だと|でないと|"
                r"じゃないと|に限",
                text[match.end() :],
            ):
                continue
        return Fact(YES, match.start(), match.end())
    return None
