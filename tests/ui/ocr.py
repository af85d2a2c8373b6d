"""An independent witness: what tesseract reads on a picture, against what is meant to stand there."""

import difflib
import os
import shutil
import subprocess
import tempfile
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage

from tests.ui.judges import Report, Text, ink_and_background
from tests.ui.sights import SIGHTS, Pixels, copy, luminances, picture, pixels

WITNESSED = frozenset({"level", "number", "footer", "mark"})
"""The roles that tell the level, the state, its age, and whom to call."""

_MODELS = {
    "ar": "ara",
    "cy": "cym",
    "de": "deu",
    "en": "eng",
    "es": "spa",
    "fr": "fra",
    "nl": "nld",
    "pl": "pol",
    "zh": "chi_sim",
}
_OTHER_SCRIPTS = frozenset({"ar", "zh"})
_CAPITALS = {"ar": (14, 18, 20, 22, 30)}
_CAPITALS_ELSEWHERE = (36,)
"""Pixels of capitals that tesseract reads best; heavy Arabic words it reads now in one size and now in another."""
_MARGIN = 24
_ALIKE = 0.86
_ALIKE_OTHER_SCRIPTS = 0.7
"""How much of a sentence has to be read; of numbers and of the level in Latin letters, all."""
_SECONDS = 60


def judge_readability(report: Report, drawn: Pixels, sights: Sequence[str] = SIGHTS) -> Iterator[str]:
    """Level, state, age and numbers are read as they are meant: in colour, in grey and by colour-blind eyes."""
    wanted = [text for text in report["texts"] if text["role"] in WITNESSED and not _unreadable_here(text)]
    shots = [(text, sight) for sight in sights for text in wanted]
    for (text, sight), readings in zip(shots, read_texts(shots, drawn), strict=True):
        # With two directions in one line, the order of the words is the reader's own.
        in_order = text["language"] != "ar"
        if max(likeness(text["text"], read, in_order=in_order) for read in readings) < _enough(text):
            yield f"the {text['role']} “{text['text']}” is read as “{'”, “'.join(readings)}” ({sight})"


def _unreadable_here(text: Text) -> bool:
    """Whether the witness has no eyes for it: one heavy Arabic word by itself is nothing to its model."""
    return bool(text["language"] == "ar" and text["role"] == "level")


def read_texts(shots: list[tuple[Text, str]], drawn: Pixels) -> list[list[str]]:
    """What is read at the place of each text in each size, as somebody with one of ``SIGHTS`` sees it."""
    sized = [
        (number, capitals)
        for number, (text, _) in enumerate(shots)
        for capitals in _CAPITALS.get(text["language"], _CAPITALS_ELSEWHERE)
    ]
    result: list[list[str]] = [[] for _ in shots]
    with tempfile.TemporaryDirectory(prefix="witness-") as folder:
        groups: dict[str, list[int]] = {}
        for number, (index, capitals) in enumerate(sized):
            text, sight = shots[index]
            image = picture(_line(text, drawn, sight, capitals))
            image.convertToFormat(QImage.Format.Format_Grayscale8).save(f"{folder}/{number}.pgm")
            groups.setdefault(_model(text), []).append(number)
        for model, numbers in groups.items():
            for number, read in zip(numbers, _tesseract(Path(folder), model, numbers), strict=True):
                result[sized[number][0]].append(read)
    return result


def likeness(meant: str, read: str, *, in_order: bool = True) -> float:
    """1 where both say the same, whatever their spaces, points, accents and capitals, and order if need be."""
    one, other = ([_bare(word) for word in text.split()] for text in (meant, read))
    if not in_order:
        one, other = sorted(one), sorted(other)
    return difflib.SequenceMatcher(None, "".join(one), "".join(other), autojunk=False).ratio()


def _enough(text: Text) -> float:
    if text["role"] == "number":
        return 1.0
    if text["language"] in _OTHER_SCRIPTS:
        return _ALIKE_OTHER_SCRIPTS
    return 1.0 if text["role"] == "level" else _ALIKE


def _model(text: Text) -> str:
    """Numbers are written alike in every language; a text of no known language is read as English."""
    if text["role"] == "number":
        return "eng"
    model = _MODELS.get(text["language"], "eng")
    # Names of sources and of people are in Latin letters.
    mixed = text["language"] in _OTHER_SCRIPTS and any(
        letter.isascii() for letter in text["text"] if letter.isalpha()
    )
    return f"{model}+eng" if mixed else model


def _tesseract(folder: Path, model: str, numbers: list[int]) -> list[str]:
    """One process for many pictures: it gives a page for each."""
    pictures = "".join(f"{folder}/{number}.pgm\n" for number in numbers)
    done = subprocess.run(
        [shutil.which("tesseract") or "tesseract", "stdin", "stdout", "-l", model, "--psm", "6", "--dpi", "300"],
        input=pictures,
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        capture_output=True,
        encoding="utf-8",
        timeout=_SECONDS,
        check=True,
    )
    return [" ".join(page.split()) for page in done.stdout.split("\f")[: len(numbers)]]


def _bare(text: str) -> str:
    spread = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in spread if letter.isalnum())


def _line(text: Text, drawn: Pixels, sight: str, capitals: int) -> Pixels:
    """The text dark on light, with capitals of so many pixels and a margin of its own background."""
    x, y, w, h = text["rect"]
    lightness = np.sqrt(luminances(copy(drawn[y : y + h, x : x + w], sight)))
    ink, background, _ = ink_and_background(text, drawn)
    if ink > background:
        lightness, background = 1 - lightness, (1 - background**0.5) ** 2
    flat = np.repeat(np.rint(255 * lightness).astype(np.uint8)[..., None], 3, axis=2)
    size = QSize(w, h) * (capitals / text["cap_height"])
    scaled = picture(flat).scaled(
        size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    margin = ((_MARGIN, _MARGIN), (_MARGIN, _MARGIN), (0, 0))
    return np.pad(pixels(scaled), margin, constant_values=round(255 * background**0.5))
