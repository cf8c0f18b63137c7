"""What somebody reports of a program: that it is wrong, for one of a few reasons.  No words, so nothing that tells who."""

from __future__ import annotations

from finder.languages import message

REASONS = {"phone": message("電話番号が違う"), "amount": message("金額が違う"), "ended": message("もう終わっている"),
           "link": message("リンクが切れている"), "unclear": message("説明がわかりにくい"), "other": message("その他")}


def report_of(program_id: str, reason: str) -> str:
    """Return a report as it is counted: 「jido-teate/amount」."""
    return f"{program_id}/{reason}"


def read_report(counted: str) -> tuple[str, str]:
    """Return the program and the reason, in words, of a report that was counted."""
    program_id, _, reason = counted.partition("/")
    return program_id, REASONS.get(reason, reason)
