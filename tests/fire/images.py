"""What a disk may hold after the power goes: a model that is as unkind as POSIX allows.

Until a file is flushed, any of its writes may be there or not, in any order, or some sectors of it only. Until the
folder is flushed, a new name may be missing and a removed one may be back.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.fire.trace import Step

_SECTOR = 512


@dataclass
class _File:
    flushed: bytes = b""
    pending: list[Step] = field(default_factory=list)

    def after(self, chance: random.Random, unkindness: float) -> bytes:
        """The content if the power goes now."""
        content = bytearray(self.flushed)
        pending = list(self.pending)
        if chance.random() < unkindness / 2:
            chance.shuffle(pending)
        for step in pending:
            if chance.random() >= unkindness:
                _apply(content, step)
            elif step.kind == "write":
                for start in range(0, len(step.data), _SECTOR):
                    if chance.random() < 0.5:
                        part = step.data[start : start + _SECTOR]
                        _apply(content, Step("write", step.name, step.offset + start, part))
        return bytes(content)


@dataclass(frozen=True)
class Image:
    """The files of a folder after a power cut, what was acknowledged before it, and after which step it came."""

    files: dict[str, bytes]
    told: int
    step: int


def images(steps: list[Step], each: int, seed: int) -> Iterator[Image]:
    """Images of a power cut after every step, no two of a step alike, ``each`` at most."""
    chance = random.Random(seed)  # noqa: S311 - it chooses what is lost
    files: dict[str, _File] = {}
    names: dict[str, _File] = {}  # as the flushed folder has them
    told = 0
    for number, step in enumerate(steps):
        told = _taken(step, files, names, told)
        seen: set[int] = set()
        for _ in range(2 * each):
            cut = _cut(files, names, chance)
            mark = hash(tuple(cut.items()))
            if mark not in seen and len(seen) < each:
                seen.add(mark)
                yield Image(cut, told, number)


def _taken(step: Step, files: dict[str, _File], names: dict[str, _File], told: int) -> int:
    match step.kind:
        case "told":
            return step.offset
        case "create":
            files.setdefault(step.name, _File())
        case "remove":
            del files[step.name]
        case "flush-names":
            names.clear()
            names.update(files)
        case "flush":
            file = files[step.name]
            content = bytearray(file.flushed)
            for pending in file.pending:
                _apply(content, pending)
            file.flushed, file.pending = bytes(content), []
        case _:
            files[step.name].pending.append(step)
    return told


def _cut(files: dict[str, _File], names: dict[str, _File], chance: random.Random) -> dict[str, bytes]:
    unkindness = chance.choice((0.0, 0.1, 0.5, 0.9, 1.0))
    found = {}
    for name in sorted(files.keys() | names.keys()):
        now, flushed = files.get(name), names.get(name)
        if now is not flushed:
            now = flushed if chance.random() < unkindness else now
        if now is not None:
            found[name] = now.after(chance, unkindness)
    return found


def _apply(content: bytearray, step: Step) -> None:
    end = step.offset + len(step.data)
    if step.kind == "size":
        del content[step.offset :]
    if len(content) < end:
        content.extend(bytes(end - len(content)))
    if step.kind == "write":
        content[step.offset : end] = step.data
