"""Long letters: much is told in them, and only what is asked for is a need."""

from __future__ import annotations

import re

from finder.understanding.grammar import Reading
from finder.understanding.patterns import pattern

_LONG, _MANY = 180, 4
# What can be told of without being asked for; a trouble (`school_refusal`, `development` …) is told, not asked.
_SERVICES = frozenset(
    {
        "childcare", "after_school", "housework_help", "friends", "study", "work", "housing", "marriage", "foreign_language",
        "medical_cost", "emergency_medical", "food", "sick_child",
    }
)
_ASKED = pattern(
    r"たい(?!へん|てい|した)|ほし|欲し|困|教え|おしえ|知り(?=た)|探|さがし|申し込|申請|ありま(?:す|せん)か|ないでしょうか|でしょうか|ください|助け|お願い|"
    r"頼(?:め|れ|みた|る)|どこ|見当がつ|気がかり|どう(?:した|すれ|やっ)|いくら|心配|不安|迷|払え|足り|足ら|間に合|苦し|厳し|見つから|決まら|断ら|落ち(?:た|て|まし)|だめ|無理|"
    r"いっぱい|入れ(?:な|ま|ず)|読め(?:な|ま)|話せ(?:な|ま)|通じ|いない|いません|おら|でき(?:な(?!く?て)|ませ|ず)|高[くい]|狭|追い出|出なければ|"
    r"(?:ある|使える|できる)とも?聞|くれる(?:人|ところ|所|とこ|方|場)|くれたら|(?:よう|ろう)か?と(?:考え|思)|使え|利用|もらえ|限界|つら|辛|大変|苦手|難し|want|need|help"
)
_GOES_ON = re.compile(r"(?:は|には|か|と|や|も|こと|ば|たら|など|とか|のに|ても)$")


def only_told(reading: Reading, name: str, start: int) -> bool:
    """Tell whether a long letter tells of a thing without asking for it, in its clause or in those it runs on to."""
    if name not in _SERVICES or len(reading.text) < _LONG or len(reading.sentences) < _MANY:
        return False
    text, sentence = reading.text, reading.sentence(start)
    clause = reading.clause(start)
    while not _ASKED.search(text, clause.start, clause.end):
        if clause.end + 1 >= sentence.end or not _GOES_ON.search(text, clause.start, clause.end):
            return True
        clause = reading.clause(clause.end + 1)
    return False
