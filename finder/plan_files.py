"""Plan documents -> the workbook that people read: here, or in a process of its own that holds up no page and brings none down.

That process ends after its time and with its share of memory, whatever the document holds; it gets no
secret, writes no file, and what it says comes back as one JSON.
"""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from threading import Lock
from typing import Any

from finder.documents import BadDocument, Document, read_content
from finder.folder_text import DEPARTMENT_COLUMNS
from finder.layouts.departments import SHEET, department_table
from finder.plans import read_plan
from finder.plans.drafts import draft_table, named_table, offices, unread_table
from finder.settings import ROOT
from finder.sheets import xlsx_bytes

NAMED = "文の中の名前"
MOST_NOTES = 5                      # beside what is wrong with a document
PATIENCE = 25                       # seconds; the server before us waits for 30
MEMORY = 1024 * 1024 * 1024         # bytes: a service of ours has 2 GB
_one_at_a_time = Lock()


@dataclass(frozen=True, slots=True)
class ReadPlan:
    """What was made of a plan: the workbook, the plan's text as it was read, how much of what, and what was not understood."""

    workbook: bytes
    text: str
    rows: int
    programs: int
    named: int
    sure: int
    unsure: int
    notes: tuple[str, ...]


def read_documents(documents: Sequence[Document], plan_id: str, needs: Mapping[str, Any]) -> ReadPlan:
    """Return the draft of a plan, whose documents' lines are numbered on; raises BadDocument where there is no table of programs."""
    several = len(documents) > 1
    plan = read_plan([replace(line, place=f"{d.name} {line.place}") if several else line for d in documents for line in d.lines])
    notes = (*(n for d in documents for n in d.notes), *(note if several else f"{documents[0].name} {note}" for note in plan.unread))
    if not plan.programs:
        raise BadDocument("\n".join((f"{'、'.join(d.name for d in documents)}: 制度の表が見つかりません。見出しの行に「施策・事業名」か"
                                     "「事業名」と、「概要」「内容」「担当課」のどれかがあるか見てください", *notes[:MOST_NOTES])))
    rows = [{**dict.fromkeys(DEPARTMENT_COLUMNS, ""), **office} for office in offices(plan)]
    sheets = {"下書き": draft_table(plan, plan_id, needs), **({NAMED: named_table(plan, plan_id, needs)} if plan.named else {}),
              **({SHEET: department_table(rows)} if rows else {}),
              **({"読めなかった所": unread_table(notes)} if notes else {})}
    sure = [guess.sure for program in plan.programs for guess in program.guesses]
    return ReadPlan(xlsx_bytes(sheets), "\n".join(line.text for d in documents for line in d.lines) + "\n", len(plan.rows),
                    len(plan.programs), len(plan.named), sure.count(True), sure.count(False), notes)


def read_apart(name: str, content: bytes, plan_id: str, needs: Mapping[str, Any], patience: float = PATIENCE) -> ReadPlan:
    """Return the draft of one document, read in a process of its own; raises BadDocument, also when it takes too long.

    `patience` in seconds.  One document is read at a time: whoever comes meanwhile is asked to come again.
    """
    if not _one_at_a_time.acquire(blocking=False):
        raise BadDocument(f"{name}: いま、ほかの計画を読んでいます。30秒ほど待って、もう一度出してください")
    try:
        told = json.dumps({"name": name, "plan": plan_id, "needs": needs}).encode() + b"\n" + content
        without_secrets = {key: value for key, value in os.environ.items() if not key.startswith("FINDER_")}
        done = subprocess.run([sys.executable, "-m", "finder.plan_files"], input=told, capture_output=True, timeout=patience,
                              cwd=ROOT, env=without_secrets, check=True)
        said = json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        raise BadDocument(f"{name}: {patience:.0f}秒では読みきれません。要る章だけを別のファイルにしてください。"
                          "大きいまま読むときは、情報システムの担当の方に catalog plan の命令を頼んでください") from None
    except (subprocess.CalledProcessError, ValueError):
        raise BadDocument(f"{name}: 読むのに要るメモリーが足りないか、壊れています。要る章だけを別のファイルに保存しなおしてください") from None
    finally:
        _one_at_a_time.release()
    if "wrong" in said:
        raise BadDocument(said["wrong"])
    return ReadPlan(**said | {"workbook": base64.b64decode(said["workbook"]), "notes": tuple(said["notes"])})


def _apart() -> None:
    """Read what came in; say what was made of it, or what is wrong with it."""
    _hold_back()
    head, _, content = sys.stdin.buffer.read().partition(b"\n")
    asked = json.loads(head)
    try:
        made = read_documents([read_content(asked["name"], content)], asked["plan"], asked["needs"])
        said = asdict(made) | {"workbook": base64.b64encode(made.workbook).decode()}
    except BadDocument as error:
        said = {"wrong": str(error)}
    print(json.dumps(said))


def _hold_back() -> None:
    """Take no more memory and time than there is; where the machine allows no limits, whoever waits ends it in time."""
    import resource  # taken here: not every machine has it
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (PATIENCE * 2, PATIENCE * 2))
        os.nice(10)


if __name__ == "__main__":
    _apart()
