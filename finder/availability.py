"""When a program can be applied for, in words: not yet begun, paused, ended. It is said, never hidden."""

from __future__ import annotations

from datetime import date

from finder.catalog import Availability, Texts

_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")


def _day(day: date) -> Texts:
    ja = f"{day.year}年{day.month}月{day.day}日"
    return Texts(ja, ja, f"{day.day} {_MONTHS[day.month - 1]} {day.year}")


def availability_notice(availability: Availability, today: date) -> Texts | None:
    """Return what must be said today, or None while the program can simply be used.

    A last day that is not over is said too: it is a deadline.
    """
    found = _state(availability, today)
    note = availability.note
    if found is None or note is None:
        return found or note
    return Texts(f"{found.ja}{note.ja}", f"{found.easy} {note.easy or note.ja}", f"{found.en} {note.en or note.ja}")


def _state(availability: Availability, today: date) -> Texts | None:
    begins, ends = availability.begins, availability.ends
    if ends is not None and ends < today:
        day = _day(ends)
        return Texts(f"受付は{day.ja}で終わりました。", f"{day.easy}で 終（お）わりました。", f"Applications closed on {day.en}.")
    if availability.paused:
        return Texts("いまは受付を休んでいます。", "いまは 休（やす）みです。", "Not taking applications at the moment.")
    if begins is not None and begins > today:
        day = _day(begins)
        return Texts(f"受付は{day.ja}からです。", f"{day.easy}から 使（つか）えます。", f"Applications open on {day.en}.")
    if ends is not None:
        day = _day(ends)
        return Texts(f"受付は{day.ja}までです。", f"{day.easy}までに 申（もう）し込（こ）みます。", f"Apply by {day.en}.")
    return None
