"""The pattern of a configuration: a whole sentence that states the level, with a group named ``level``.

It has to fit a sentence from end to end, so that nothing can stand before or behind the statement unseen, and
words of its own have to stand in it, so that no level's word states itself. RE2 matches in linear time: with
Python's engine, a pattern and a document together could keep the kiosk busy for ever.
"""

from typing import Any

from kiosk.formats.text import excerpt, sentences

_GROUP = "level"
_MEMORY = 1 << 20  # bytes for one compiled pattern
_FILLER = "zqzqz"  # stands for any word of anybody's
_WRAPPERS = ("{}", "{}.", "{} {f}", "{f} {}", "{f} {} {f}", "{f} {f} {f} {}", "{f}: {}", "{}: {f}", '"{}"', "({})")


def check_pattern(expression: str, words: tuple[str, ...]) -> str | None:
    """A sentence that says why the pattern can't be used, or None if it can; ``words`` are those of levels."""
    try:
        pattern = _compiled(expression)
    except ValueError:
        return f"“{excerpt(expression)}” is not a regular expression of RE2; correct it."
    if _GROUP not in pattern.groupindex:
        return "it has no group for the level; write (?P<level>\\w+) where the level's word stands."
    tried = (wrapper.format(word, f=_FILLER) for word in words for wrapper in _WRAPPERS)
    if any(pattern.fullmatch(sentence) for sentence in tried):
        return "it fits a level's word among any others; write the words of the sentence around (?P<level>\\w+)."
    return None


def stated(expression: str, lines: list[str]) -> list[tuple[str, str]]:
    """What stands at the level's place of each sentence that the pattern fits, with that sentence."""
    pattern = _compiled(expression)
    return [
        ((match[_GROUP] or "").strip(), sentence)
        for line in lines
        for sentence in sentences(line)
        if (match := pattern.fullmatch(sentence) or pattern.fullmatch(sentence.removesuffix(".")))
    ]


def _compiled(expression: str) -> Any:
    """The pattern; ValueError for what is none."""
    import re2

    options = re2.Options()
    options.case_sensitive = False
    options.log_errors = False
    options.max_mem = _MEMORY
    try:
        return re2.compile(expression, options)
    except re2.error as error:
        raise ValueError(str(error)) from error
