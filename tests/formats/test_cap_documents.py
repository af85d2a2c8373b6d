"""``cap``: wrappers, envelopes, indexes, other versions of the standard, and documents made to break it."""

import pytest
from msgspec.structs import replace

from kiosk.errors import Refused
from kiosk.formats import cap
from tests.formats.cap_messages import (
    ASK,
    HOUR,
    SPACE,
    alert,
    atom,
    atom_links,
    info,
    outcome,
    reference,
    rss_links,
)

ATOM = "http://www.w3.org/2005/Atom"


def edxl(message: str, status: str = "Actual", kind: str = "Report") -> str:
    return (
        "<EDXLDistribution xmlns='urn:oasis:names:tc:emergency:EDXL:DE:1.0'><distributionID>1</distributionID>"
        f"<distributionStatus>{status}</distributionStatus><distributionType>{kind}</distributionType>"
        f"<contentObject><xmlContent><embeddedXMLContent>{message}</embeddedXMLContent></xmlContent>"
        "</contentObject></EDXLDistribution>"
    )


def links(document: str) -> tuple[str, ...]:
    return cap.links(document.encode(), ASK)


# ---------------------------------------------------------------- around a message


def test_version_1_1_is_read_and_other_namespaces_are_not() -> None:
    assert outcome(alert(space="urn:oasis:names:tc:emergency:cap:1.1")) == "SEVERE"
    for space in ("", "urn:oasis:names:tc:emergency:cap:1.3", f"{SPACE}/", SPACE.upper(), "http://a.example"):
        assert outcome(alert(space=space)) == "not-a-feed"


def test_elements_of_another_namespace_are_not_the_messages() -> None:
    foreign = alert().replace("<status>Actual</status>", "<x:status xmlns:x='urn:x'>Actual</x:status>")
    assert outcome(foreign) == "malformed"
    beside = alert().replace("<status>", "<x:status xmlns:x='urn:x'>Test</x:status><status>")
    assert outcome(beside) == "SEVERE"


def test_a_wrapper_of_messages_is_read_as_all_of_them() -> None:
    both = alert() + alert(identifier="B", kind="Cancel", references=reference())
    assert outcome(f"<alerts>{alert()}</alerts>") == "SEVERE"
    assert outcome(f"<alerts>{both}</alerts>") == "no-level"
    assert outcome("<alerts/>") == "not-a-feed", "it can be anybody's"
    assert outcome(f"<alerts>{alert()}<other/></alerts>") == "not-a-feed"


def test_an_envelope_counts_as_much_as_its_content() -> None:
    assert outcome(edxl(alert())) == "SEVERE"
    for status in ("Exercise", "System", "Test", "Unknown", ""):
        assert outcome(edxl(alert(), status)) == "not-actual"
    for kind in ("Cancel", "Error", "Request", ""):
        assert outcome(edxl(alert(), kind=kind)) == "not-actual"
    assert outcome(edxl("")) == "no-level"
    assert outcome(edxl(alert(status="Test"))) == "not-actual"


def test_other_encodings_are_read() -> None:
    message = alert(info(area="Montr\u00e9al"))
    latin = f'<?xml version="1.0" encoding="ISO-8859-1"?>{message}'.encode("iso-8859-1")
    assert cap.decode(latin, ASK).level == "SEVERE"
    assert cap.decode(f'<?xml version="1.0" encoding="UTF-16"?>{message}'.encode("utf-16"), ASK).level == "SEVERE"


# ---------------------------------------------------------------- indexes


def test_an_index_names_what_has_to_be_fetched() -> None:
    assert links(atom_links("a", "https://h.example/b?x=1&y=2", "a")) == ("a", "https://h.example/b?x=1&y=2")
    assert links(rss_links("a", "b")) == ("a", "b")
    assert links(alert()) == links(atom(alert())) == ()


def test_of_several_links_the_one_that_is_marked_as_cap_counts() -> None:
    entry = (
        f"<feed xmlns='{ATOM}'><entry><link href='page'/><link rel='self' href='self'/>"
        "<link type='application/cap+xml' href='message'/></entry></feed>"
    )
    assert links(entry) == ("message",)
    item = "<item><link>page</link><enclosure type='application/cap+xml' url='message' length='1'/></item>"
    assert links(f"<rss version='2.0'><channel>{item}</channel></rss>") == ("message",)


@pytest.mark.parametrize(
    "entry",
    [
        "<entry/>",
        "<entry><link/></entry>",
        "<entry><link href=' '/></entry>",
        "<entry><link href='a'/><link href='b'/></entry>",
    ],
)
def test_an_entry_without_one_message_makes_the_index_useless(entry: str) -> None:
    with pytest.raises(Refused) as refused:
        links(f"<feed xmlns='{ATOM}'>{entry}</feed>")
    assert refused.value.problem == "ambiguous"


def test_an_index_of_very_many_messages_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        links(atom_links(*map(str, range(21))))
    assert refused.value.problem == "too-big"
    assert len(links(atom_links(*map(str, range(20))))) == 20


def test_an_index_is_read_with_everything_it_names_or_not_at_all() -> None:
    cancel = alert(identifier="B", kind="Cancel", references=reference())
    fetched = {"a": alert().encode(), "b": cancel.encode()}
    index = atom_links("a", "b")
    assert outcome(atom_links("a"), replace(ASK, linked=fetched)) == "SEVERE"
    assert outcome(index, replace(ASK, linked=fetched)) == "no-level"
    assert outcome(index, replace(ASK, linked={"a": fetched["a"]})) == "malformed"
    assert outcome(index, replace(ASK, linked=fetched | {"b": b""})) == "malformed"
    assert outcome(index, replace(ASK, linked=fetched | {"b": cancel.encode()[:-9]})) == "malformed"
    assert outcome(index, replace(ASK, linked=fetched | {"b": b"<html>login</html>"})) == "not-a-feed"
    assert outcome(index, replace(ASK, linked=fetched | {"b": atom_links("c").encode()})) == "not-a-feed"


def test_an_index_may_lose_its_newest_message_without_being_older() -> None:
    reading = cap.decode(atom_links("a").encode(), replace(ASK, linked={"a": alert().encode()}))
    assert reading.issued is None


def test_an_empty_index_states_nothing() -> None:
    assert outcome(atom_links()) == outcome(rss_links()) == "no-level"


# ---------------------------------------------------------------- made to break it

PARAMETER = "<parameter><valueName>ThreatLevel</valueName><value>SEVERE</value></parameter>"
HOSTILE = {
    # one element twice, so that two readers could differ
    "two statuses": alert().replace("<status>", "<status>Test</status><status>"),
    "two types": alert().replace("<msgType>", "<msgType>Cancel</msgType><msgType>"),
    "two scopes": alert().replace("<scope>", "<scope>Private</scope><scope>"),
    "two times": alert().replace("<sent>", "<sent>2020-01-01T00:00:00+00:00</sent><sent>"),
    "two senders": alert().replace("<sender>", "<sender>x</sender><sender>"),
    "two identifiers": alert().replace("<identifier>", "<identifier>x</identifier><identifier>"),
    "two ends": alert(info(expires="2030-01-01T00:00:00+00:00</expires><expires>2020-01-01T00:00:00+00:00")),
    "two values": alert(info("SEVERE</value><value>LOW")),
    "two names": alert().replace("<valueName>ThreatLevel", "<valueName>x</valueName><valueName>ThreatLevel"),
    # elements inside values
    "markup in the level": alert(info("<b>SEVERE</b>")),
    "markup beside the level": alert(info("SEVERE<b/>")),
    "markup in the status": alert(status="Act<b/>ual"),
    "markup in the scope": alert(scope="<Public/>"),
    "the level in an attribute": alert(info(None).replace("<area>", "<parameter ThreatLevel='SEVERE'/><area>", 1)),
    # the level somewhere else
    "the parameter outside info": alert(info(None)).replace("<info>", f"{PARAMETER}<info>"),
    "the parameter in the area": alert(info(None).replace("<areaDesc>", f"{PARAMETER}<areaDesc>")),
    "the parameter in a comment": alert(info(None).replace("<area>", f"<!--{PARAMETER}--><area>")),
    "the parameter in an instruction": alert(info(None).replace("<area>", "<?p ThreatLevel SEVERE?><area>")),
    "the parameter as text": alert(info(None).replace("<area>", f"<![CDATA[{PARAMETER}]]><area>")),
    "the parameter of another namespace": alert(info(None).replace("<area>", f"<q>{PARAMETER}</q><area>")),
    "an eventCode of that name": alert(
        info(None).replace(
            "<area>", "<eventCode><valueName>ThreatLevel</valueName><value>SEVERE</value></eventCode><area>"
        )
    ),
    "a geocode of that name": alert(
        info(None).replace(
            "</area>", "<geocode><valueName>ThreatLevel</valueName><value>SEVERE</value></geocode></area>"
        )
    ),
    "an alert in an alert": alert(info(None), alert()),
    "an info in an info": alert(f"<info>{info()}</info>"),
    # words
    "no word": alert(info("")),
    "two words": alert(info("SEVERE CRITICAL")),
    "a word and a doubt": alert(info("SEVERE?")),
    "a negation": alert(info("NOT SEVERE")),
    "a former level": alert(info("was SEVERE")),
    "full width letters": alert(info("\uff33\uff25\uff36\uff25\uff32\uff25")),
    "a long s": alert(info("\u017fevere")),
    "a Greek E": alert(info("S\u0395VERE")),
    "a rank": alert(info("4")),
    "a colour": alert(info("RED")),
    "a letter missing": alert(info("SEVER")),
    "a letter more": alert(info("SEVERED")),
    # times
    "sent without a zone": alert(sent="2026-11-24T11:00:00"),
    "sent on no day": alert(sent="2026-02-30T11:00:00+00:00"),
    "sent with a day only": alert(sent="2026-11-24"),
    "sent in words": alert(sent="today"),
    "sent in digits of another script": alert(sent="\u0662026-11-24T11:00:00+00:00"),
    "sent in the year 0": alert(sent="0000-01-01T00:00:00+00:00"),
    "sent in the year 1 of another zone": alert(sent="0001-01-01T00:00:00+14:00"),
    "sent in the year 9999": alert(sent="9999-12-31T23:59:59-12:00"),
    "sent with a zone of 99 hours": alert(sent="2026-11-24T11:00:00+99:00"),
    "sent nowhere": alert(sent=""),
    "ends in words": alert(info(expires="never")),
    "ends without a zone": alert(info(expires="2030-01-01T00:00:00")),
    "begins in words": alert(info(effective="now")),
    # names
    "no identifier": alert(identifier=""),
    "no sender": alert(sender=" "),
    "a comma in the identifier": alert(identifier="a,b"),
    "a space in the sender": alert(sender="a b"),
    "a space that is invisible": alert(identifier="\u200b"),
    # shapes
    "nothing": "",
    "a space": " ",
    "no end": alert()[:-1],
    "two roots": alert() + alert(),
    "text after the end": alert() + "x",
    "only an info": info(),
    "capital tags": alert().replace("alert", "ALERT"),
    "a DOCTYPE": f"<!DOCTYPE alert>{alert()}",
    "an entity": f"<!DOCTYPE a [<!ENTITY l 'SEVERE'>]>{alert(info('&l;'))}",
    "an unknown entity": alert(info("&severe;")),
    "XML 1.1": f"<?xml version='1.1'?>{alert()}",
    "UTF-7": f"<?xml version='1.0' encoding='UTF-7'?>{alert()}",
    "deep": alert("<info>" * 40 + "</info>" * 40),
    "a page": f"<html><body>{alert()}</body></html>",
    "an alert in a div": f"<div xmlns='urn:x'>{alert()}</div>",
    "a SOAP envelope": f"<Envelope xmlns='http://schemas.xmlsoap.org/soap/envelope/'><Body>{alert()}</Body></Envelope>",
    "JSON": '{"alert": {"status": "Actual", "ThreatLevel": "SEVERE"}}',
    "an Atom entry without its feed": f"<entry xmlns='{ATOM}'><content>{alert()}</content></entry>",
    "an index in an index": atom(atom(alert())),
    "cap tags in an index": (
        f"<feed xmlns='{ATOM}' xmlns:cap='{SPACE}'><entry><cap:status>Actual</cap:status>"
        "<cap:msgType>Alert</cap:msgType><cap:parameter><cap:valueName>ThreatLevel</cap:valueName>"
        "<cap:value>SEVERE</cap:value></cap:parameter></entry></feed>"
    ),
    # messages that are not for us
    "sent tomorrow": alert(sent=24 * HOUR),
    "an acknowledgement": alert(kind="Ack"),
    "an error": alert(kind="Error"),
    "an exercise": alert(status="Exercise"),
    "a test by its code": alert(info(code="RMT")),
    "a test by its words": alert(info(headline="Test of the alerting system")),
}  # fmt: skip


@pytest.mark.parametrize("what", HOSTILE)
def test_a_document_that_was_made_to_break_it_states_nothing(what: str) -> None:
    assert outcome(HOSTILE[what]) not in ASK.scale
