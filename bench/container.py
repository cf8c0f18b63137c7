"""The steps of deploy/Containerfile, carried out in a root made by debootstrap: needs root, Debian's packages and PyPI, no engine.

Not what a container engine does (layers, namespaces), but each step, in the same Debian, ending with
the service started as its own account and asked whether it is ready.
"""

from __future__ import annotations

import http.client
import json
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.two_instances import free_port
from finder.settings import ROOT

CERTIFICATES = os.environ.get("PIP_CERT", "")       # a network with certificates of its own
FILE = ROOT / "deploy" / "Containerfile"


def steps(text: str) -> list[tuple[str, str]]:
    """Return the instructions of a Containerfile in their order; raises ValueError for one that is not known here."""
    found = []
    for line in text.replace("\\\n", " ").splitlines():
        if line.strip() and not line.startswith("#"):
            word, _, rest = line.partition(" ")
            if word not in ("FROM", "RUN", "WORKDIR", "COPY", "ENV", "VOLUME", "EXPOSE", "USER", "CMD"):
                raise ValueError(line)
            found.append((word, rest.strip()))
    return found


def main() -> None:
    """Carry out every step, start the service, ask it, and tell the size of the root."""
    if os.getuid() or not shutil.which("debootstrap"):
        print("root と debootstrap が要ります。飛ばします。")
        return
    with tempfile.TemporaryDirectory() as name:
        root = Path(name) / "root"
        try:
            _carry_out(root, steps(FILE.read_text(encoding="utf-8")))
        finally:
            for place in ("proc", "dev"):
                subprocess.run(["umount", "-l", str(root / place)], stderr=subprocess.DEVNULL)


def _carry_out(root: Path, todo: list[tuple[str, str]]) -> None:
    folder, given, account, command = "/", {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8"}, "root", ""
    for word, rest in todo:
        begin = time.monotonic()
        match word:
            case "FROM":
                suite = rest.rpartition(":")[2].removesuffix("-slim")
                subprocess.run(["debootstrap", "--variant=minbase", suite, str(root)], check=True, stdout=subprocess.DEVNULL)
                _as_on_this_machine(root)
            case "RUN":
                _inside(root, folder, given, account, ["sh", "-c", rest])
            case "WORKDIR":
                folder = rest
                (root / rest.lstrip("/")).mkdir(parents=True, exist_ok=True)
            case "COPY":
                source, target = rest.split()
                place = root / folder.lstrip("/") / (target if target != "." else source)
                place.parent.mkdir(parents=True, exist_ok=True)
                if (ROOT / source).is_dir():
                    shutil.copytree(ROOT / source, place, ignore=shutil.ignore_patterns("__pycache__"))
                else:
                    shutil.copy(ROOT / source, place)
            case "ENV":
                key, _, value = rest.partition("=")
                given[key] = value
            case "USER":
                account = rest
            case "CMD":
                command = rest
        print(f"{word} {rest[:70]}: {time.monotonic() - begin:.1f} s", flush=True)
    size = int(subprocess.run(["du", "-sxm", "--exclude=proc", "--exclude=dev", str(root)], capture_output=True, text=True).stdout.split()[0])
    _ask(root, folder, {**given, "PORT": str(free_port())}, account, json.loads(command), size)


def _as_on_this_machine(root: Path) -> None:
    """How this machine reaches the network and the registries holds inside as well."""
    for file in ("/etc/resolv.conf", "/etc/hosts"):
        shutil.copy(file, root / file.lstrip("/"))
    if CERTIFICATES:
        shutil.copy(CERTIFICATES, root / "etc" / "certificates.pem")
    for place, kind in (("proc", "proc"), ("dev", "devtmpfs")):
        subprocess.run(["mount", "-t", kind, kind, str(root / place)], check=True)


def _inside(root: Path, folder: str, given: dict[str, str], account: str, command: list[str]) -> None:
    outside = {k: v for k, v in os.environ.items() if k.lower().endswith("_proxy") or k == "PIP_INDEX_URL"}
    if CERTIFICATES:
        outside["PIP_CERT"] = "/etc/certificates.pem"
    done = subprocess.run(_command(root, folder, account, command), env={**outside, **given}, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{shlex.join(command)}\n{done.stdout[-1500:]}\n{done.stderr[-1500:]}")


def _command(root: Path, folder: str, account: str, command: list[str]) -> list[str]:
    return ["chroot", f"--userspec={account}", str(root), "sh", "-c", f"cd {shlex.quote(folder)} && exec \"$@\"", "sh", *command]


def _ask(root: Path, folder: str, given: dict[str, str], account: str, command: list[str], size: int) -> None:
    begin = time.monotonic()
    process = subprocess.Popen(_command(root, folder, account, command), env={**given, "HOST": "127.0.0.1"})
    try:
        while True:
            try:
                link = http.client.HTTPConnection("127.0.0.1", int(given["PORT"]), timeout=10)
                link.request("GET", "/readyz")
                answer = link.getresponse()
                told = answer.read().decode().strip()
                print(f"ready after {time.monotonic() - begin:.1f} s as {account}: {answer.status} {told}; {size} MB in all")
                break
            except OSError:
                if process.poll() is not None:
                    sys.exit("the service did not start")
                time.sleep(.1)
    finally:
        process.terminate()
        process.wait(30)


if __name__ == "__main__":
    main()
