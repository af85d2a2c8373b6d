"""Redirects that lead in circles, to less, to strangers, or nowhere; and statuses that are no document."""

import socket

from tests.fire.faults.registry import FAULTS, NO_STATEMENT, TAKEN, Script, Site, whole
from tests.fire.faults.wire import bomb

_PAGE = b"<html><body>The current threat level is LOW.</body></html>"


def _leads(location: str, body: bytes = b"", *headers: str) -> bytes:
    return whole(body, f"Location: {location}", *headers, status="302 Found")


@FAULTS.add("redirect")
def a_redirect_to_itself(connection: socket.socket, site: Site) -> None:
    connection.sendall(_leads(site.asked(connection)))


@FAULTS.add("redirect")
def a_redirect_ever_deeper(connection: socket.socket, site: Site) -> None:
    connection.sendall(_leads(site.asked(connection) + "/deeper"))


@FAULTS.add("redirect", schemes=("https",))
def a_downgrading_redirect(connection: socket.socket, site: Site) -> None:
    site.asked(connection)
    connection.sendall(_leads(site.elsewhere))


@FAULTS.add("redirect")
def a_redirect_with_a_gzip_bomb(connection: socket.socket, site: Site) -> None:
    connection.sendall(_leads(site.asked(connection), bomb(), "Content-Encoding: gzip"))


@FAULTS.add(TAKEN)
def a_bomb_on_the_way_to_the_document(connection: socket.socket, site: Site) -> None:
    if site.asked(connection).endswith("/there"):
        connection.sendall(whole(site.document))
    else:
        connection.sendall(_leads("/there", bomb(), "Content-Encoding: gzip"))


@FAULTS.add(*NO_STATEMENT)
def a_redirect_to_a_login_page(connection: socket.socket, site: Site) -> None:
    if site.asked(connection).startswith("/login"):
        connection.sendall(whole(_PAGE))
    else:
        connection.sendall(_leads("/login?next=/"))


def _leading(location: str) -> Script:
    def script(connection: socket.socket, site: Site) -> None:
        site.asked(connection)
        connection.sendall(_leads(location))

    return script


for _name, _location in {
    "to another host": "https://elsewhere.example/document",
    "to another host without a scheme": "//elsewhere.example/document",
    "to a file": "file:///etc/hostname",
    "to ftp": "ftp://127.0.0.1/document",
    "to javascript": "javascript:alert(1)",
    "to data": "data:text/xml,<rss/>",
    "to a port that is none": "http://127.0.0.1:99999/",
    "to a broken address": "http://[::1/",
    "to another host behind a user's name": "https://127.0.0.1@elsewhere.example/",
}.items():
    FAULTS.add("redirect", "connect", name=f"a redirect {_name}")(_leading(_location))
FAULTS.add("redirect", name="a redirect to nowhere")(_leading(""))


def _answering(status: str, *headers: str, body: bytes = _PAGE) -> Script:
    def script(connection: socket.socket, site: Site) -> None:
        site.asked(connection)
        connection.sendall(whole(body, *headers, status=status))

    return script


for _status in (
    *("201 Created", "202 Accepted", "203 Non-Authoritative Information", "300 Multiple Choices"),
    *(
        "400 Bad Request",
        "401 Unauthorized",
        "403 Forbidden",
        "404 Not Found",
        "407 Proxy Authentication Required",
    ),
    *("410 Gone", "418 I'm a teapot", "429 Too Many Requests", "451 Unavailable For Legal Reasons"),
    *("500 Internal Server Error", "502 Bad Gateway", "503 Service Unavailable", "504 Gateway Timeout"),
    *("511 Network Authentication Required", "520 Web Server Returned an Unknown Error", "999 Denied"),
):
    FAULTS.add("http-status", name=f"status {_status[:3]}")(_answering(_status))
FAULTS.add("http-status", name="no content")(_answering("204 No Content", body=b""))
FAULTS.add("http-status", name="a status with a wish for quiet")(
    _answering("503 Service Unavailable", "Retry-After: 600")
)


@FAULTS.add("http-status")
def a_part_of_the_document(connection: socket.socket, site: Site) -> None:
    site.asked(connection)
    size = len(site.document)
    connection.sendall(whole(site.document, f"Content-Range: bytes 0-{size - 1}/{size}", status="206 Partial"))


@FAULTS.add("http-status")
def the_document_with_an_error(connection: socket.socket, site: Site) -> None:
    site.asked(connection)
    connection.sendall(whole(site.document, status="500 Internal Server Error"))


@FAULTS.add("http-status")
def not_modified_though_nobody_asked(connection: socket.socket, site: Site) -> None:
    site.asked(connection)
    connection.sendall(b'HTTP/1.1 304 Not Modified\r\nETag: "1"\r\n\r\n')
