"""Whole answers with the wrong thing in them: pages of networks and shields, torn and foreign documents."""

import socket

from tests.fire.faults.registry import FAULTS, NO_STATEMENT, TAKEN, Script, Site, whole

_PAGES: dict[str, bytes] = {
    "a captive portal": b"<html><head><title>Welcome to Guest WiFi</title></head><body><form action='/login'>"
    b"<input name='room'></form></body></html>",
    "a captive portal that names a level": b"<html><body><h1>Venue news</h1><p>The current threat level is LOW."
    b"</p><p>The UK threat level is LOW.</p></body></html>",
    "a shield's challenge": b"<!DOCTYPE html><html><head><title>Just a moment...</title></head><body>"
    b"<noscript>Enable JavaScript and cookies to continue</noscript></body></html>",
    "a shield's error": b"error code: 1022",
    "a maintenance page": b"<html><body>We'll be back soon. Levels are LOW, MODERATE and SEVERE.</body></html>",
    "an error as json": b'{"error": {"code": 500, "message": "threat level is LOW"}}',
    "a word and nothing else": b"LOW",
    "spaces": b" " * 1000,
    "zeros": bytes(1000),
    "a byte order mark alone": b"\xef\xbb\xbf",
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
    "a billion laughs": b"<!DOCTYPE x [<!ENTITY a 'LOW'>"
    + b"".join(b"<!ENTITY %c '%s'>" % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]><rss><channel><item><title>Current threat level: &j;</title></item></channel></rss>",
    "an entity from a file": b"<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/hostname'>]><rss><channel><item>"
    b"<title>Current threat level: &a;</title></item></channel></rss>",
    "a hundred thousand open tags": b"<a>" * 100_000,
    "a hundred thousand open brackets": b"[" * 100_000,
}


def _serving(page: bytes) -> Script:
    def script(connection: socket.socket, site: Site) -> None:
        site.asked(connection)
        connection.sendall(whole(page, "Content-Type: text/html"))

    return script


for _name, _page in _PAGES.items():
    FAULTS.add(*NO_STATEMENT, name=_name)(_serving(_page))
FAULTS.add("too-big", name="two megabytes of spaces")(_serving(b" " * 2_000_000))


@FAULTS.add(*NO_STATEMENT)
def a_document_cut_in_its_publishers_hand(connection: socket.socket, site: Site) -> None:
    site.asked(connection)
    connection.sendall(whole(site.document[:40]))


@FAULTS.add(TAKEN, *NO_STATEMENT)
def a_document_in_utf_16_that_says_utf_8(connection: socket.socket, site: Site) -> None:
    """The words are the publisher's own all the same."""
    site.asked(connection)
    connection.sendall(whole(site.document.decode().encode("utf-16-be"), "Content-Type: text/xml; charset=utf-8"))


@FAULTS.add(*NO_STATEMENT)
def a_document_with_its_levels_blacked_out(connection: socket.socket, site: Site) -> None:
    """Every level's word is another word: what a publisher with a new scale looks like."""
    site.asked(connection)
    renamed = site.document
    for word in (b"severe", b"SEVERE", b"Severe", b"Imminent Threat"):
        renamed = renamed.replace(word, b"PURPLE")
    connection.sendall(whole(renamed))
