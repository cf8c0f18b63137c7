"""A greeting, thanks or a goodbye, said by itself: it gets a kind word, and nothing to do."""

from __future__ import annotations

import re

_KINDS = (
    ("thanks", re.compile(r"ありがと|有難|有り難|感謝|助か(?:り|っ)|たすか|サンキュ|どうも|thank")),
    ("bye", re.compile(r"さ(?:よう|よ)なら|バイバイ|またね|おやすみ|失礼し|お疲れ|おつかれ|good ?bye|bye\b|good night")),
    ("hello", re.compile(r"おはよう|こんにち[はわ]|こんばん[はわ]|はじめまして|初めまして|よろしく|お世話にな|もしもし|ハロー|やっほー|"
                         r"hello|hi\b|good (?:morning|evening|afternoon)")),
)
_MOST = 24    # characters: what is longer says more than a greeting


def greeting(text: str) -> str:
    """Return "thanks", "bye" or "hello" for a short text that is one, else ""."""
    return next((kind for kind, words in _KINDS if len(text) <= _MOST and words.search(text)), "")
