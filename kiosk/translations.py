"""What a country says in one language, complete and the same as in its first language, or refused."""

from types import MappingProxyType

from kiosk.core.model import Scale
from kiosk.core.profile import CountryWords, Link, Number
from kiosk.tables import Table

_FACTS = ("source", "reviewed")


def country_words(table: Table, scale: Scale, areas: tuple[str, ...]) -> CountryWords:
    """The words of a language's tables; ProfileError names what is missing, empty, misspelt or ambiguous."""
    words, guidance, contacts = table.table("levels"), table.table("guidance"), table.table("contacts")
    levels = {level: words.table(level) for level in scale.levels}
    words.only(*_FACTS, *scale.levels)
    guidance.only(*_FACTS, "heading", "always", *scale.levels)
    words.distinct({level: entry.string("word") for level, entry in levels.items()})
    places = {area: table.table("areas").table(area) for area in areas}
    link = contacts.table("link")
    return CountryWords(
        level=MappingProxyType({key: entry.string("word") for key, entry in levels.items()}),
        meaning=MappingProxyType({key: entry.string("meaning") for key, entry in levels.items()}),
        heading=MappingProxyType({key: entry.string("heading") for key, entry in places.items()}),
        set_by=MappingProxyType({key: entry.string("set_by") for key, entry in places.items()}),
        guidance_heading=guidance.string("heading"),
        guidance=MappingProxyType({level: guidance.strings(level) for level in scale.levels if level in guidance}),
        guidance_always=guidance.strings("always"),
        numbers=tuple(
            Number(entry.string("label"), entry.string("number")) for entry in contacts.tables("numbers")
        ),
        link=Link(
            link.string("label"),
            link.string("text"),
            link.string("url"),
            link.string("scan") if "scan" in link else "",
        ),
        where=table.table("unconfirmed").string("where"),
    )


def check_translation(table: Table, words: CountryWords, first: CountryWords, language: str) -> None:
    """Refuses words that send people elsewhere, or tell them more or less, than the first language does.

    The ProfileError names the table in which the words were read, and the code of the first language.
    """
    found, wanted = _amounts(words), _amounts(first)
    for key in sorted(found.keys() | wanted.keys()):
        if found.get(key) != wanted.get(key):
            raise table.table("guidance").mistake(
                f"needs as many lines in {key} as {language}: {wanted.get(key, 0)}"
            )
    numbers = [entry.number for entry in first.numbers]
    if [entry.number for entry in words.numbers] != numbers:
        raise table.table("contacts").mistake(f"needs the numbers of {language}: {', '.join(numbers)}")
    if words.link.url != first.link.url:
        raise table.table("contacts").table("link").mistake(f"needs the url of {language}: {first.link.url}")
    if bool(words.link.scan) != bool(first.link.scan):
        raise table.table("contacts").table("link").mistake(f"needs scan where {language} has it, and only there")


def _amounts(words: CountryWords) -> dict[str, int]:
    """How many lines of guidance there are for each level, and for all."""
    return {"always": len(words.guidance_always)} | {level: len(lines) for level, lines in words.guidance.items()}
