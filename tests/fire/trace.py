"""What a process really did to its files, from strace: the writes, the flushes, and its promises in between."""

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
_CALLS = "openat,pwrite64,write,pwritev,writev,ftruncate,fallocate,fsync,fdatasync,unlink,unlinkat,rename"
_LINE = re.compile(r"^(?:\d+ +)?(\w+)\((.*)\) += (-?\d+)")
_TEXT = r'"((?:\\x[0-9a-f]{2})*)"'
_OPENED = r"(\d+)<((?:\\x[0-9a-f]{2}|[^>])*)>"


@dataclass(frozen=True)
class Step:
    """One call that succeeded.

    Attributes:
        kind: create, write, size, flush (of a file), flush-names (of the folder), remove, or told.
        name: of the file in the folder.
        offset: of a write; the new length for size; the number for told.
        data: of a write.
    """

    kind: str
    name: str = ""
    offset: int = 0
    data: bytes = b""


def traced(folder: Path, end: int) -> list[Step]:
    """The steps of a writer (``tests.fire.writer``) that saves the numbers up to ``end`` in a new folder."""
    log = folder.with_suffix(".strace")
    command = ["strace", "-f", "-y", "-xx", "-s", "100000", "-e", f"trace={_CALLS}", "-o", str(log)]
    writer = [sys.executable, "-m", "tests.fire.writer", str(folder), "0", str(end)]
    subprocess.run([*command, *writer], cwd=ROOT, check=True, capture_output=True)
    steps = [step for line in log.read_text("ascii").splitlines() for step in _steps(line, folder)]
    assert [step.offset for step in steps if step.kind == "told"] == list(range(1, end + 1))
    return steps


def _steps(line: str, folder: Path) -> list[Step]:
    match = _LINE.match(line)
    if match is None or match[3].startswith("-"):
        return []
    call, arguments, result = match[1], match[2], int(match[3])
    if call == "write" and (told := re.match(rf"1<[^>]*>, {_TEXT}", arguments)):
        return [Step("told", offset=int(_bytes(told[1])))]
    paths = [os.fsdecode(_bytes(text)) for text in re.findall(_TEXT, arguments)[:1]]
    opened = re.match(_OPENED, arguments)
    path = Path(os.fsdecode(_bytes(opened[2])) if opened else paths[0] if paths else "/")
    if path == folder and call in {"fsync", "fdatasync"}:
        return [Step("flush-names")]
    if path.parent != folder:
        return []
    return _step(call, path.name, arguments, result)


def _step(call: str, name: str, arguments: str, result: int) -> list[Step]:
    match call:
        case "openat":
            return [Step("create", name)] if "O_CREAT" in arguments else []
        case "pwrite64":
            text = re.search(rf"{_TEXT}, (\d+), (\d+)", arguments)
            assert text
            data = _bytes(text[1])
            assert len(data) == result
            return [Step("write", name, int(text[3]), data)]
        case "ftruncate":
            return [Step("size", name, int(arguments.rpartition(", ")[2]))]
        case "fsync" | "fdatasync":
            return [Step("flush", name)]
        case "unlink" | "unlinkat":
            return [Step("remove", name)]
    raise AssertionError(f"the model of the disk does not know {call}({arguments})")


def _bytes(text: str) -> bytes:
    """What strace wrote in hexadecimal; a path may come as it is."""
    return bytes.fromhex(text.replace("\\x", "")) if text.startswith("\\x") else text.encode()
