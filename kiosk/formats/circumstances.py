"""What around a stated level takes it back: an exercise, an embargo, a correction, the past, another country.

Such words name no level, so no pattern of a statement sees them. They are looked for in the whole document,
and one of them is a reason to refuse it: a wrong refusal costs a look at the source, a wrong level much more.
"""

import re

from kiosk.core.model import Problem
from kiosk.errors import Refused
from kiosk.formats.moves import MOVED
from kiosk.formats.text import FLAGS, excerpt

_NOT_ACTUAL = re.compile(
    r"\b(?:exercises?|drill|rehearsal|simulat\w+|training|tests?|draft|embargo\w*|hypothetical\w*|fiction\w*"
    r"|scenarios?|template|withdrawn|superseded|archived?|obsolete|out of date|expired|no longer in force"
    r"|disregard|(?<!for )examples?|not (?:to be |for )(?:release|publication|publish)\w*"
    r"|(?:take|takes|taking|took|come|comes|coming|with|into) (?:immediate )?effect|effective from"
    r"|(?:come|comes|coming) into force)\b",
    FLAGS,
)
_DOUBT = re.compile(
    r"\b(?:rumou?rs?|untrue|not true|false\w*|fake|hoax|(?:mis|dis)information|incorrect\w*|retract\w*"
    r"|erroneous\w*|in error|by mistake|satir\w+|parody|spoof|speculat\w+|alleged\w*|unconfirmed"
    r"|den(?:y|ies|ied)|no longer (?:the case|so|true|applies|correct|valid)|corrections?|corrected"
    r"|(?:was|were|is|are) (?:wrong|mistaken)|(?:not|never)(?: yet)?(?: been)? (?:decided|confirmed|announced)"
    r"|undecided|suppos(?:e|ed|ing)|imagine|pretend|myths?|fact(?=[.:?!])"
    r"|wrote|tweeted|claims? that|people (?:say|said|think|believe)"
    r"|on this day|(?:a|the) history of|years? ago|anniversary|look(?:ing|s)? back|ha(?:s|ve) since"
    r"|since been|(?:this|the) page said|lowered|downgraded|(?:one|two) (?:steps?|levels?)"
    r"|(?:lower|reduc|rais|increas|upgrad|downgrad)\w* (?:it|the (?:threat )?level)"
    r"|apologi[sz]e\w*|apology|mistakes?|if only|not(?=[.!])|(?:this|it|that) (?:was until|was yesterday|changed)"
    r"|last (?:year|month|week)[\u2019']s|"
    rf"(?:it|this|that|levels?) (?:has|had|was|will)(?: (?!not\b)\w+)?(?: been| be)? (?:{MOVED}))\b",
    FLAGS,
)
_COUNTRY = re.compile(
    r"\b(?:Afghanistan|Australia|Austria|Belgium|Brazil|Canada|China|Czech|Denmark|Egypt|Estonia|Finland|France"
    r"|Germany|Greece|Hungary|Iceland|India|Indonesia|Iraq|Israel|Italy|Japan|Kenya|Latvia|Lithuania|Luxembourg"
    r"|Malaysia|Malta|Mexico|Netherlands|New Zealand|Nigeria|Norway|NZ|Pakistan|Philippines|Poland|Portugal"
    r"|Republic of Ireland|Romania|Russia|Singapore|South Africa|Spain|Sweden|Switzerland|Turkey|Ukraine"
    r"|United States|USA?|Danish|Dutch|French|German|Norwegian|Swedish|Belgian|Australian|Canadian|American"
    r"|Amsterdam|Berlin|Brussels|Canberra|Copenhagen|Madrid|Oslo|Paris|Stockholm|Washington|Wellington)\b"
)


def check_earnest(text: str) -> None:
    """Refuses a document that is an exercise, a draft, out of force or not yet in force (not-actual)."""
    if found := _NOT_ACTUAL.search(text):
        raise Refused(
            Problem.NOT_ACTUAL,
            f"The document speaks of “{excerpt(found[0])}”, so it may not be in earnest; read it yourself.",
        )


def check_certain(text: str) -> None:
    """Refuses words, apart from the sentences that state levels, that doubt or outdate these (ambiguous)."""
    if found := _DOUBT.search(text):
        raise Refused(
            Problem.AMBIGUOUS,
            f"The document speaks of “{excerpt(found[0])}”, so the level is not certain; read it yourself.",
        )


def names_another_country(text: str) -> bool:
    """Whether a country other than the UK, its people or its capital is named; capital letters count."""
    return bool(_COUNTRY.search(text))
