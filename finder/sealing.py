"""What a browser carries for us, sealed: nobody else can read it, change it, use it elsewhere or use it late.

AES-256-GCM with 96 random bits for each seal, the purpose as associated data, the moment inside.  At a
million seals a day one secret may be used for eleven years (2³² seals: NIST SP 800-38D, 8.3).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import time
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE, MOMENT = 12, 4     # bytes
CLOCKS_APART = 60         # seconds that another machine's clock may be ahead of ours


@dataclass(frozen=True, slots=True)
class Seal:
    """The keys of one purpose: what is sealed for another cannot be opened with them."""

    purpose: bytes
    aead: AESGCM
    before: Fernet        # of the versions up to 2026-11: opened, never made; goes when no such version is in use


def seal_for(secret: str, purpose: str) -> Seal:
    """Return the seal of a purpose, with keys of its own from the deployment's secret."""
    before = base64.urlsafe_b64encode(hashlib.sha256(f"{purpose}:{secret}".encode()).digest())
    return Seal(purpose.encode(), AESGCM(hmac.digest(secret.encode(), f"AES-256-GCM:{purpose}".encode(), "sha256")), Fernet(before))


def close(kept: bytes, seal: Seal) -> str:
    """Return bytes sealed, as text for a cookie, a form or the store."""
    nonce, moment = os.urandom(NONCE), int(time.time()).to_bytes(MOMENT)
    return base64.urlsafe_b64encode(nonce + seal.aead.encrypt(nonce, moment + kept, seal.purpose)).rstrip(b"=").decode()


def open_sealed(token: str, seal: Seal, lifetime: int | None = None) -> bytes | None:
    """Return what was sealed; None when it is older than `lifetime` in seconds, from a clock ahead, foreign or changed."""
    try:
        sealed = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
        kept = seal.aead.decrypt(sealed[:NONCE], sealed[NONCE:], seal.purpose)
    except (InvalidTag, ValueError):
        return _opened_before(token, seal, lifetime)
    age = time.time() - int.from_bytes(kept[:MOMENT])
    return kept[MOMENT:] if lifetime is None or -CLOCKS_APART <= age <= lifetime else None


def _opened_before(token: str, seal: Seal, lifetime: int | None) -> bytes | None:
    try:
        return seal.before.decrypt(token.encode(), ttl=lifetime)
    except InvalidToken:
        return None
