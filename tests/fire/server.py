"""The fault server: any kind of fault, for any format and transport, on real sockets in this process."""

import socket
import ssl
import warnings
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import trustme

from tests.fire.faults import brokers, certificates, connections, names, pages, redirects, wire
from tests.fire.faults.registry import FAULTS, Fault, Phase, Site
from tests.fire.sources import LINKED, PATH
from tests.formats.fixtures import FIXTURES
from tests.servers import DocumentServer, FaultServer, server_tls, unused_port

__all__ = ["KINDS", "Faults"]

KINDS: Mapping[str, Fault] = FAULTS.kinds
"""Every kind of fault on sockets: the modules beside ``registry`` add theirs when they are imported."""
_MODULES = (brokers, certificates, connections, names, pages, redirects, wire)
_HOSTS = ("127.0.0.1", "localhost", *names.NAMES)
_LONG_AGO, _NOW = timedelta(days=9), datetime.now(UTC)


class Faults:
    """Serves faults with certificates that are made once; ``folder/authorities.pem`` trusts the sound one."""

    def __init__(self, folder: Path) -> None:
        authority, stranger = trustme.CA(), trustme.CA()
        authority.cert_pem.write_to_path(str(folder / "authorities.pem"))
        orphan = authority.create_child_ca().issue_cert("127.0.0.1")
        self._contexts = {
            "good": server_tls(authority.issue_cert(*_HOSTS)),
            "expired": server_tls(_dated(authority, _NOW - _LONG_AGO, _NOW - timedelta(days=1))),
            "not yet valid": server_tls(_dated(authority, _NOW + timedelta(days=1), _NOW + _LONG_AGO)),
            "for another host": server_tls(authority.issue_cert("elsewhere.example")),
            "of an unknown authority": server_tls(stranger.issue_cert(*_HOSTS)),
            "signed by itself": _self_signed(folder),
            "of an unknown link in between": _alone(orphan, folder),
            "only TLS 1.1": _outdated(authority),
        }

    @contextmanager
    def serving(self, fault: Fault, form: str, scheme: str) -> Iterator[tuple[str, FaultServer]]:
        """The url at which a fault comes in the place of the format's fixture, and the server behind it."""
        with ExitStack() as running:
            elsewhere = running.enter_context(DocumentServer(FIXTURES[form]))
            site = Site(FIXTURES[form], LINKED, fault.host, 0, scheme, elsewhere.url(host=fault.host))
            context = self._contexts[fault.certificate] if scheme in {"https", "mqtts"} else None

            def script(connection: socket.socket) -> None:
                if context is None or fault.phase is Phase.CONNECTED:
                    fault.script(connection, site)
                    return
                with context.wrap_socket(connection, server_side=True) as secure:
                    fault.script(secure, site)

            server = running.enter_context(FaultServer(script))
            yield server.url(PATH, fault.host, scheme), server
            assert server.connections or fault.host != "127.0.0.1", "the fault was never met"

    @contextmanager
    def refusing(self, scheme: str) -> Iterator[str]:
        """A url whose port nobody listens on."""
        with unused_port() as port:
            yield f"{scheme}://127.0.0.1:{port}{PATH}"

    @contextmanager
    def ignoring(self, scheme: str) -> Iterator[str]:
        """A url whose port answers no call, as behind a firewall: its queue of calls is full."""
        with ExitStack() as running:
            deaf = running.enter_context(socket.socket())
            deaf.bind(("127.0.0.1", 0))
            deaf.listen(0)
            for _ in range(4):
                caller = running.enter_context(socket.socket())
                caller.setblocking(False)
                caller.connect_ex(deaf.getsockname())
            yield f"{scheme}://127.0.0.1:{deaf.getsockname()[1]}{PATH}"


def _dated(authority: trustme.CA, begin: datetime, end: datetime) -> trustme.LeafCert:
    return authority.issue_cert(*_HOSTS, not_before=begin, not_after=end)


def _self_signed(folder: Path) -> ssl.SSLContext:
    alone, context = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with alone.cert_pem.tempfile(str(folder)) as certificate, alone.private_key_pem.tempfile(str(folder)) as key:
        context.load_cert_chain(certificate, key)
    return context


def _alone(certificate: trustme.LeafCert, folder: Path) -> ssl.SSLContext:
    """A certificate without the one that signed it."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with (
        certificate.cert_chain_pems[0].tempfile(str(folder)) as leaf,
        certificate.private_key_pem.tempfile(str(folder)) as key,
    ):
        context.load_cert_chain(leaf, key)
    return context


def _outdated(authority: trustme.CA) -> ssl.SSLContext:
    context = server_tls(authority.issue_cert(*_HOSTS))
    context.set_ciphers("DEFAULT@SECLEVEL=0")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # that it is too old is the point
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.maximum_version = ssl.TLSVersion.TLSv1_1
    return context
