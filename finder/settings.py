"""Settings from the environment, each checked once at start; a wrong one is one clear sentence."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

ROOT = Path(__file__).resolve().parent.parent
JAPAN = ZoneInfo("Asia/Tokyo")       # whose days count, wherever the machine stands
COUNTERS = ("", "network", "accounts", "elsewhere")
METRICS = ("", "loopback", "network")
SECOND_FACTORS = ("off", "choice", "required")
SHORTEST_SECRET = 32      # letters; the message for a shorter one says so too
KEPT = 64                 # municipalities in memory at once
PER_MINUTE = 1200         # sixty people behind one address, each asking every three seconds


class WrongSetting(ValueError):
    """A setting that cannot be used; its message says which, and what to write instead."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a deployment may choose; see the table in the README."""

    data: Path = ROOT / "data"
    store: Path = ROOT / "instance" / "finder.db"
    secret: str = ""
    municipality: str = ""
    today: date | None = None
    at: time = time(10)       # of a fixed day: an ordinary hour, at which offices are open
    proxies: int = 0
    counts: bool = True
    counter: str = ""         # who may open it: "" nobody, "network" whoever reaches it, "accounts" staff; "elsewhere": not here
    public_url: str = ""      # where a visitor's phone reaches the pages, when staff use another address
    versions: Path | None = None      # a folder in which another machine's published versions arrive
    limits: str = "memory"    # where an address's requests are counted: "memory", a Redis, or "off"
    per_minute: int = PER_MINUTE      # requests of one address
    metrics: str = ""         # who may read /metrics: "" nobody, "loopback" this machine, "network" whoever reaches it
    log_lines: bool = False   # one line of JSON for each request
    kept: int = KEPT          # municipalities whose catalogs stay in memory at once, in each worker
    hosts: tuple[str, ...] = ()       # names under which it may be asked for; () any
    kiosk_printer: bool = False       # a kiosk's machine prints without a window of its own (deploy/kiosk)
    second_factor: str = "choice"     # of staff: "off" nobody is asked for one, "choice" who has one, "required" everybody gets one
    virus_scan: str = ""      # what looks through files that staff send: "" nothing, or "clamd:" and where it listens


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Return the settings; raises WrongSetting."""
    given = os.environ if environment is None else environment
    data = Path(given.get("FINDER_DATA") or ROOT / "data")
    if not data.is_dir():
        raise WrongSetting(f"FINDER_DATA: フォルダ {data} がありません。data フォルダの場所を書いてください。")
    store = Path(given.get("FINDER_STORE") or ROOT / "instance" / "finder.db")
    try:
        store.parent.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise WrongSetting(f"FINDER_STORE: {store.parent} を作れません。書き込める場所を書いてください。") from None
    secret = given.get("FINDER_SECRET", "") or _credential(given)
    if secret and len(secret) < SHORTEST_SECRET:
        raise WrongSetting("FINDER_SECRET: 短すぎます。32文字以上にするか、書かずに自動で作らせてください。")
    today = given.get("FINDER_TODAY", "")
    try:
        fixed = datetime.fromisoformat(today) if today else None
    except ValueError:
        raise WrongSetting("FINDER_TODAY: 2026-11-22 か 2026-11-22T17:30 の形で書いてください。") from None
    proxies = given.get("FINDER_PROXIES", "0")
    if not proxies.isdigit() or int(proxies) > 5:
        raise WrongSetting("FINDER_PROXIES: 前に立つ中継サーバーの数を 0 から 5 で書いてください。")
    counts = given.get("FINDER_COUNTS", "on") or "on"
    if counts not in ("on", "off"):
        raise WrongSetting("FINDER_COUNTS: on か off で書いてください。off なら回数を数えません。")
    counter = given.get("FINDER_COUNTER", "")
    if counter not in COUNTERS:
        raise WrongSetting("FINDER_COUNTER: 書かない（窓口の画面を出さない）か、accounts（職員のアカウントで入る）か、"
                           "network（届く人にはだれでも開く）か、elsewhere（別の所で動かす）です。")
    public = given.get("FINDER_PUBLIC_URL", "").rstrip("/")
    if public and not re.fullmatch(r"https?://[^/?#\s]+", public):
        raise WrongSetting("FINDER_PUBLIC_URL: https://shien.example.lg.jp の形で書いてください。")
    versions = given.get("FINDER_VERSIONS", "")
    if versions and not Path(versions).is_dir():
        raise WrongSetting(f"FINDER_VERSIONS: フォルダ {versions} がありません。公開した版が届くフォルダを書いてください。")
    return Settings(data, store, secret or _kept_secret(store.parent / "secret"),
                    given.get("FINDER_MUNICIPALITY", ""), fixed.date() if fixed else None,
                    fixed.time() if fixed and "T" in today else time(10), int(proxies),
                    counts == "on", counter, public, Path(versions) if versions else None,
                    *_limits(given), *_watched(given), _kept(given), _hosts(given), _kiosk_printer(given),
                    _second_factor(given), _virus_scan(given))


def _kiosk_printer(given: Mapping[str, str]) -> bool:
    printer = given.get("FINDER_KIOSK_PRINTER", "") or "off"
    if printer not in ("on", "off"):
        raise WrongSetting("FINDER_KIOSK_PRINTER: on か off で書いてください。on なら、キオスクに「印刷する」を出します。")
    return printer == "on"


def _second_factor(given: Mapping[str, str]) -> str:
    asked = given.get("FINDER_SECOND_FACTOR", "") or "choice"
    if asked not in SECOND_FACTORS:
        raise WrongSetting("FINDER_SECOND_FACTOR: choice（つけたい人がつける）、required（職員は全員つける）、off（使わない）のどれかです。")
    return asked


def _virus_scan(given: Mapping[str, str]) -> str:
    scanner = given.get("FINDER_VIRUS_SCAN", "")
    if scanner and not re.fullmatch(r"clamd:(/\S+|[A-Za-z0-9.-]+:[0-9]{1,5})", scanner):
        raise WrongSetting("FINDER_VIRUS_SCAN: clamd:/run/clamav/clamd.ctl か clamd:127.0.0.1:3310 の形で書いてください。"
                           "書かなければ検査しません。")
    return scanner


def _hosts(given: Mapping[str, str]) -> tuple[str, ...]:
    hosts = tuple(given.get("FINDER_HOSTS", "").replace(",", " ").split())
    if not all(re.fullmatch(r"[A-Za-z0-9.-]+|\[[0-9a-f:]+\]", host) for host in hosts):
        raise WrongSetting("FINDER_HOSTS: shien.example.lg.jp のように、名前だけを、いくつもあるときは空白で分けて書いてください。")
    return hosts


def _limits(given: Mapping[str, str]) -> tuple[str, int]:
    limits = given.get("FINDER_LIMITS", "") or "memory"
    if limits not in ("memory", "off") and not re.fullmatch(r"(redis|rediss|unix)://\S+", limits):
        raise WrongSetting("FINDER_LIMITS: memory、off、または redis://サーバー:6379/0 の形で書いてください。")
    most = given.get("FINDER_PER_MINUTE", "") or str(PER_MINUTE)
    if not re.fullmatch(r"[1-9][0-9]{0,6}", most):
        raise WrongSetting("FINDER_PER_MINUTE: 一つの場所から一分に受ける数を、1 以上の数字で書いてください。")
    return limits, int(most)


def _kept(given: Mapping[str, str]) -> int:
    kept = given.get("FINDER_KEPT", "") or str(KEPT)
    if not re.fullmatch(r"[1-9][0-9]{0,4}", kept):
        raise WrongSetting("FINDER_KEPT: 一度にメモリーに置く自治体の数を、1 以上の数字で書いてください。")
    return int(kept)


def _watched(given: Mapping[str, str]) -> tuple[str, bool]:
    metrics = given.get("FINDER_METRICS", "")
    if metrics not in METRICS:
        raise WrongSetting("FINDER_METRICS: 書かない（出さない）、loopback（この機械だけ）、network（届く人すべて）のどれかです。")
    lines = given.get("FINDER_LOG_LINES", "") or "text"
    if lines not in ("text", "json"):
        raise WrongSetting("FINDER_LOG_LINES: text か json で書いてください。json なら要求ごとに一行を書きます。")
    return metrics, lines == "json"


def _credential(given: Mapping[str, str]) -> str:
    """Return the secret that systemd hands over (LoadCredentialEncrypted=finder-secret:…), or ""."""
    file = Path(given.get("CREDENTIALS_DIRECTORY") or "/nowhere") / "finder-secret"
    try:
        return file.read_text(encoding="ascii").strip() if file.exists() else ""
    except (OSError, UnicodeDecodeError):
        raise WrongSetting(f"{file} を読めません。systemd の LoadCredential を見てください。") from None


def _kept_secret(path: Path) -> str:
    """Return the secret made at the first start; it stands beside the store, readable by us alone."""
    if not path.exists():
        _make_secret(path)
    try:
        kept = path.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError):
        raise WrongSetting(f"{path} を読めません。消すか、FINDER_SECRET を書いてください。") from None
    if len(kept) < SHORTEST_SECRET:      # half a secret is one that others may guess
        raise WrongSetting(f"{path} が途中で切れています。消すか、FINDER_SECRET を書いてください。")
    return kept


def _make_secret(path: Path) -> None:
    """Put a secret there, whole or not at all; of two that start at once, the first one's stays."""
    unfinished = path.with_name(f"secret.{os.getpid()}.part")
    try:
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48))
        with suppress(FileExistsError):
            os.link(unfinished, path)
    except OSError as error:
        raise WrongSetting(f"{path} を作れません（{error.strerror}）。書ける場所と空きを見るか、FINDER_SECRET を書いてください。") from None
    finally:
        unfinished.unlink(missing_ok=True)
