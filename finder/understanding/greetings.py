"""A greeting, thanks or a goodbye gets a kind word, and nothing to do; who finds no words is shown what to choose."""

from __future__ import annotations

import re

_KINDS = (
    ("thanks", re.compile(r"ありがと|有難|有り難|感謝|助か(?:り|っ)|たすか|サンキュ|どうも|thank")),
    ("bye", re.compile(r"さ(?:よう|よ)なら|バイバイ|またね|おやすみ|失礼し|お疲れ|おつかれ|good ?bye|bye\b|good night")),
    ("hello", re.compile(r"おはよう|こんにち[はわ]|こんばん[はわ]|はじめまして|初めまして|よろしく|お世話にな|もしもし|ハロー|やっほー|"
                         r"hello|hi\b|good (?:morning|evening|afternoon)")),
)
_MOST = 24    # characters: what is longer says more than a greeting

_DO_NOT_KNOW = r"(?:が?(?:よく|全然)?(?:分か|わか)(?:らない|らん|りません)(?:です|んです)?)"
_UNSURE = re.compile(
    r"(?:(?:ごめんなさい|ごめん|すみません|すいません|あの|えっと|sorry)[,、。 …]*)*(?:"
    r"(?:何|なに|なん|どう|どうやって)(?:を|て|と|から)?(?:書|打|入力|使)(?:けば|いたら|てば|ったら|すれば|したら|えば|く|う)(?:いい|よい|良い)?"
    rf"(?:(?:の?か)?{_DO_NOT_KNOW}|の?(?:です)?か?|んですか|んだろう)"
    rf"|(?:(?:これの|ここの)?使い方|書き方){_DO_NOT_KNOW}"
    r"|うまく(?:書け|説明でき)(?:ない|ません)(?:です|んです)?"
    r"|よく(?:分か|わか)(?:らない|らん|りません)(?:です|んです)?"
    r"|(?:i (?:do not|don.?t) know )?(?:what (?:to|should i|do i|can i) write|how (?:to|do i|can i) use this)"
    r")[。、?!？！. …]*", re.IGNORECASE)


def unsure(text: str) -> bool:
    """Tell whether a text says nothing but that its writer does not know what to write, or how this is used."""
    return _UNSURE.fullmatch(text.strip()) is not None


def greeting(text: str) -> str:
    """Return "thanks", "bye" or "hello" for a short text that is one, else ""."""
    return next((kind for kind, words in _KINDS if len(text) <= _MOST and words.search(text)), "")
