"""Sentences about threat levels: a few that state one, and many that only look as if they did."""

RISE = (
    "Today (Monday, 15 November), the Joint Terrorism Analysis Centre (JTAC) confirmed that the threat level "
    "from terrorism has been raised from \u201csubstantial\u201d, to \u201csevere\u201d."
)
FALL = (
    "The UK terrorism threat level has been lowered from 'severe' to 'substantial', Home Secretary Priti Patel "
    "has announced."
)
QUOTE = (
    "\u201cThe threat level moving to severe means it is \u2018highly likely\u2019 that there is an attack.\u201d"
)
PLAIN = "The UK national terrorism threat level is SEVERE."
LEVELS = """There are 5 levels of threat:

\u2022 low - an attack is highly unlikely

\u2022 moderate - an attack is possible but not likely

\u2022 substantial - an attack is likely

\u2022 severe - an attack is highly likely

\u2022 critical - an attack is highly likely in the near future"""

SPECULATION = [
    "The UK threat level could be raised to severe.",
    "The UK threat level may be raised to CRITICAL.",
    "The UK threat level might now be severe.",
    "The UK threat level is expected to be raised to severe.",
    "The UK threat level will be raised to severe tomorrow.",
    "The UK threat level should be severe.",
    "The UK threat level is likely to be severe.",
    "The UK threat level is being raised to severe.",
    "JTAC is considering whether to raise the UK threat level to severe.",
    "JTAC may have raised the UK threat level to severe.",
    "The minister calls for the UK threat level to be raised to severe.",
    "Sources say the UK threat level is SEVERE.",
    "It is thought that the UK threat level is SEVERE.",
    "A newspaper reported that JTAC has raised the UK threat level to severe.",
]
DENIAL = [
    "The UK threat level has not been raised to severe.",
    "The UK threat level is not severe.",
    "The UK threat level is no longer severe.",
    "The UK threat level is anything but LOW.",
    "The UK threat level isn\u2019t severe.",
    "The UK threat level has never been raised to critical.",
    "JTAC has not raised the UK threat level to severe.",
    "It is not true that the UK threat level is SEVERE.",
    "It is not true that\nthe UK threat level is SEVERE.",
    "JTAC has refused to raise the UK threat level to severe.",
    "The UK threat level is SEVERE no more.",
]
CONDITION = [
    "If the UK threat level is raised to critical, events will be cancelled.",
    "If so, the UK threat level is SEVERE.",
    "When the UK threat level is SEVERE, bags are searched.",
    "Unless things change, the UK threat level is SEVERE.",
    "The UK threat level is SEVERE if JTAC says so.",
    "The UK threat level is SEVERE, unless JTAC lowers it.",
    "Should JTAC decide so:\n\nThe UK national threat level is SEVERE.",
    "Suppose the UK threat level is SEVERE.",
]
QUESTION = [
    "Is the UK threat level SEVERE?",
    "The UK threat level is SEVERE?",
    "The UK threat level is SEVERE?!",
    "Has JTAC raised the threat level to severe?",
]
QUOTATION = [
    "He said: \u201cThe UK threat level is SEVERE.\u201d",
    'He said: "I wish. The UK threat level is SEVERE. Good."',
    "\u201cLet us hope. The UK threat level is LOW.\u201d",
    "\u201cLet us hope.\n\nThe UK threat level is LOW.\n\nIndeed.\u201d",
    "\u2018We hope. The UK threat level is LOW.\u2019",
    "A caller wrote:\n\nThe UK threat level is LOW.",
]
PAST = [
    "The UK threat level was raised to CRITICAL in 2017.",
    "The UK threat level was SEVERE.",
    "The UK threat level had been raised to severe.",
    "The UK threat level has been SEVERE.",
    "In 2017, the UK threat level is raised to CRITICAL.",
    "At the time, the UK threat level is SEVERE.",
    "On 27 May 2017 JTAC lowered the UK threat level to severe.",
    "The UK threat level has been raised to severe in the past.",
    "The UK threat level is SEVERE as of 2017.",
    "The previous UK threat level is SEVERE.",
]
OTHER_SUBJECT = [
    "The UK cyber threat level is SEVERE.",
    "The UK flood threat level is SEVERE.",
    "The UK weather warning level is SEVERE.",
    "The UK response level is CRITICAL.",
    "JTAC has raised the response level to severe.",
    "The terrorism threat level in France is SEVERE.",
    "The threat level in the United States is SEVERE.",
    "The threat to the UK from flooding is SEVERE.",
    "The threat to Great Britain from Northern Ireland-related terrorism is SUBSTANTIAL.",
    "The UK overseas threat level is SEVERE.",
    "The threat level is SEVERE.",
    "The threat level from terrorism is SEVERE.",
    "The national threat level is SEVERE.",
    "MI5 has lowered the threat level to MODERATE.",
    "The Home Secretary has raised the threat level to SEVERE.",
    "In Brussels they met.\n\nThe national threat level has been raised from low to severe.",
    "There were severe delays on UK railways after a critical failure.",
    "The UK threat level in Scotland is SEVERE.",
    "The UK threat level for aviation is SEVERE.",
    "The UK met Sweden.\n\nThe national terrorism threat level is SEVERE.",
    "Bird flu is found in birds.\n\nThe UK national threat level is SEVERE.",
    "The UK terrorism threat level has been raised to severe, Home Secretary never has announced.",
    "The UK terrorism threat level has been raised to severe, a newspaper has announced.",
    "The UK threat level is SEVERE, meaning an attack is critical.",
]
NOTHING = [
    "Nothing to see here.",
    "The UK threat level is reviewed at all times.",
    "The UK threat level is set by JTAC and can change at any time.",
    LEVELS,
    "SEVERE means an attack is highly likely in the UK.",
    "UK: SEVERE",
    "SEVERE",
    "The UK threat level moving to severe means an attack is highly likely.",
    "The UK national threat level is SEVERE",
    "The UK national threat level is low",
]
