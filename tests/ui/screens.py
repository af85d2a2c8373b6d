"""Pictures made by hand: one for every state, one in Welsh, and one whose texts are far too long."""

from msgspec.structs import replace

from kiosk.core.screen import Colours, Contact, Pattern, Screen, Sign, Step

LABELS = ("Low", "Moderate", "Substantial", "Severe", "Critical")
LIGHT, DARK = ("#f0f1f2", "#0b0c0c"), ("#0b0c0c", "#ffffff")
STRIP = ("#0b0c0c", "#ffffff")
PAGE = ("#ffffff", "#0b0c0c", "#32373b", "#858d93")
PAPER = "#ffffff"


def colours(banner: str, ink: str, footer: tuple[str, str], accent: str) -> Colours:
    return Colours(banner, ink, accent, *footer, *STRIP, *PAGE, PAPER)


def ladder(rank: int, labels: tuple[str, ...] = LABELS) -> tuple[Step, ...]:
    return tuple(
        Step(label, reached=place <= rank, current=place == rank) for place, label in enumerate(labels, 1)
    )


LIVE = Screen(
    language="en",
    colours=colours("#f76a00", "#000000", LIGHT, "#c75500"),
    pattern=Pattern.PLAIN,
    strip=None,
    strip_end=None,
    place="Riverside Hall",
    clock="14:32",
    heading="UK terrorism threat level",
    lead=None,
    level="SEVERE",
    is_level=True,
    meaning="An attack is highly likely",
    change="Raised from Substantial, 15 November 2021",
    rising=True,
    ladder=ladder(4),
    guidance_heading="Be alert, not alarmed",
    guidance=(
        "You may see more police here. They are there to keep you safe.",
        "If something doesn't feel right, tell a member of staff.",
        "Report what concerns you. It won't ruin lives, but it may save them.",
    ),
    notice=(),
    contacts=(
        Contact("Emergency", "999", link=False),
        Contact("Anti-Terrorist Hotline, in confidence", "0800 789 321", link=False),
        Contact("Report online", "gov.uk/ACT", link=True),
    ),
    qr="https://www.gov.uk/ACT",
    qr_label="gov.uk/ACT",
    sign=Sign.CONFIRMED,
    age="Confirmed 2 minutes ago",
    origin="Set by JTAC  ·  Source MI5",
    marks=(),
    watermark=None,
    summary="UK terrorism threat level: Severe. An attack is highly likely. Confirmed 2 minutes ago.",
)

STALE = replace(
    LIVE,
    colours=colours("#f1f217", "#0b0c0c", DARK, "#8a7a00"),
    pattern=Pattern.HATCHED,
    level="SUBSTANTIAL",
    meaning="An attack is likely",
    change=None,
    rising=None,
    ladder=ladder(3),
    sign=Sign.WARNING,
    age="Last confirmed 3 hours ago. This screen can't reach its source.",
)

STALE_SEVERE = replace(
    STALE,
    colours=colours("#f76a00", "#000000", DARK, "#c75500"),
    level="SEVERE",
    meaning="An attack is highly likely",
    ladder=ladder(4),
)

LAST_KNOWN = replace(
    LIVE,
    colours=colours("#2b3337", "#ffffff", DARK, "#2b3337"),
    lead="Last known level",
    change=None,
    rising=None,
    sign=Sign.WARNING,
    age="Last confirmed on 12 May 2026 at 09:10. For the current level see gov.uk/terrorism-national-emergency",
)

UNKNOWN = replace(
    LAST_KNOWN,
    lead=None,
    level="Not confirmed",
    is_level=False,
    meaning="This screen has no confirmed threat level. Look at gov.uk/terrorism-national-emergency",
    ladder=ladder(0),
    age="No source has answered since 12 May, 09:10.",
    origin="Source MI5",
)

OPERATOR = replace(
    LIVE,
    strip="Set locally by the duty manager",
    strip_end="Until 18:00",
    change="Lowered from Critical, 27 May 2017",
    rising=False,
    sign=Sign.WARNING,
    colours=colours("#f76a00", "#000000", DARK, "#c75500"),
    age="Set at 14:02. The source of this screen was not asked.",
    marks=("The sources of this screen disagree. The higher level is shown.",),
)

EXERCISE = replace(
    LIVE,
    colours=colours("#630000", "#ffffff", LIGHT, "#630000"),
    pattern=Pattern.EXERCISE,
    strip="EXERCISE  ·  This is a drill",
    strip_end="Ends 15:00",
    level="CRITICAL",
    meaning="An attack is highly likely in the near future",
    change=None,
    rising=None,
    ladder=ladder(5),
    sign=Sign.NONE,
    age="Exercise started 14:00 by the duty manager",
    origin="No live source is shown",
    watermark="EXERCISE",
    qr=None,
)

DEMONSTRATION = replace(
    LIVE,
    colours=colours("#095b45", "#ffffff", LIGHT, "#095b45"),
    strip="Demonstration",
    strip_end="Recorded in 2021",
    level="LOW",
    meaning="An attack is highly unlikely",
    ladder=ladder(1),
    watermark="DEMONSTRATION",
    qr=None,
)

WELSH = replace(
    LIVE,
    language="cy",
    place="Tŵr ŷ Ffynnon",
    heading="Lefel bygythiad terfysgaeth y DU",
    level="DIFRIFOL",
    meaning="Mae ymosodiad yn debygol iawn",
    change="Codwyd o Sylweddol, 15 Tachwedd 2021",
    ladder=ladder(4, ("Isel", "Cymedrol", "Sylweddol", "Difrifol", "Critigol")),
    guidance_heading="Byddwch yn effro, nid yn bryderus",
    guidance=(
        "Efallai y gwelwch fwy o heddlu yma. Maen nhw yma i'ch cadw'n ddiogel.",
        "Os nad yw rhywbeth yn teimlo'n iawn, dywedwch wrth aelod o staff.",
        "Rhowch wybod am yr hyn sy'n eich poeni.",
    ),
    contacts=(
        Contact("Argyfwng", "999", link=False),
        Contact("Llinell Gymorth Gwrthderfysgaeth, yn gyfrinachol", "0800 789 321", link=False),
        Contact("Adroddwch ar-lein", "gov.uk/ACT", link=True),
    ),
    age="Cadarnhawyd 2 funud yn ôl",
    origin="Pennwyd gan JTAC  ·  Ffynhonnell MI5",
)

LONG = replace(
    STALE,
    language="de",
    place="Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz-Gedächtnishalle " * 2
    + "am Donaudampfschifffahrtsgesellschaftsplatz",
    heading="Bundesweite Terrorismusgefährdungseinschätzung",
    level="AUẞERGEWÖHNLICH HOCH",
    meaning="Ein Anschlag ist in unmittelbarer Zukunft mit außerordentlich hoher Wahrscheinlichkeit zu erwarten",
    change="Angehoben von „eingeschränkt wahrscheinlich“ am Donnerstag, 26. November 2026",
    rising=True,
    ladder=ladder(
        5,
        (
            "Unwahrscheinlich",
            "Eingeschränkt wahrscheinlich",
            "Wahrscheinlich",
            "Hochwahrscheinlich",
            "Außergewöhnlich hoch",
        ),
    ),
    guidance_heading="Aufmerksamkeit statt Verunsicherung: was Besucherinnen und Besucher wissen sollten",
    guidance=(
        "Möglicherweise sehen Sie hier mehr Polizeivollzugsbeamte als üblich. Sie sind zu Ihrer Sicherheit da.",
        "Wenn Ihnen etwas ungewöhnlich vorkommt, wenden Sie sich bitte an das Personal.",
        "Melden Sie, was Ihnen Sorgen bereitet. Das schadet niemandem, kann aber Menschenleben retten.",
        "Lassen Sie Ihr Gepäck und Ihre Kleidung an keiner Stelle des Gebäudes unbeaufsichtigt.",
        "Folgen Sie den Lautsprecherdurchsagen und den Anweisungen des Veranstaltungssicherheitspersonals.",
        "Halten Sie die Feuerwehrzufahrten und die gekennzeichneten Rettungswege zu jeder Zeit frei.",
    ),
    contacts=(
        Contact("Polizeinotruf und Rettungsdienst", "112", link=False),
        Contact("Vertrauliches Hinweistelefon des Bundesamtes", "0049 800 000 000 000", link=False),
        Contact("Im Internet melden", "hinweisaufnahme.beispielbehörde.example", link=True),
    ),
    qr="https://hinweisaufnahme.beispielbehörde.example/formular?quelle=anzeigetafel",
    qr_label="Hinweise im Internet melden",
    age="Zuletzt vor drei Stunden bestätigt. Diese Anzeige kann ihre Quelle zurzeit nicht erreichen.",
    origin="Festgelegt vom Gemeinsamen Terrorismusabwehrzentrum · Quelle: Bundesministerium",
    marks=("Die Quellen dieser Anzeige widersprechen einander. Gezeigt wird die höhere Einschätzung.",),
)

ABSURD = replace(
    LONG,
    strip="Von der Veranstaltungssicherheitsbeauftragten vorübergehend festgelegt",
    strip_end="Bis Donnerstag, 26. November 2026, 18:00 Uhr",
    lead="Zuletzt bekannte Gefährdungseinschätzung",
    marks=(
        *LONG.marks,
        "Der Uhr dieses Rechners ist nicht zu trauen, deshalb stehen hier nur vollständige Zeitangaben.",
        "Diese Anzeige kann nicht speichern. Nach einem Stromausfall weiß sie nicht, was zuletzt galt.",
    ),
)

SAMPLES = {
    "live": LIVE,
    "stale": STALE,
    "stale-severe": STALE_SEVERE,
    "last-known": LAST_KNOWN,
    "unknown": UNKNOWN,
    "operator": OPERATOR,
    "exercise": EXERCISE,
    "demonstration": DEMONSTRATION,
    "welsh": WELSH,
    "long": LONG,
}

SIZES = (
    (800, 480),
    (1366, 768),
    (1920, 1080),
    (1080, 1920),
    (1080, 1080),
    (3840, 1080),
    (3840, 2160),
)
