"""A fuzzer for one format, led by coverage: ``python -m tests.fire.fuzz FORMAT [libFuzzer options] CORPUS...``."""

import sys

import atheris

with atheris.instrument_imports(include=["kiosk.formats"]):
    from kiosk.formats import FORMATS

    DECODERS = {name: load() for name, load in FORMATS.items()}

from kiosk.errors import Refused
from tests.formats.fixtures import ASKS, FIXTURES, STATED


def main() -> None:
    name = sys.argv.pop(1)
    decode, ask = DECODERS[name], ASKS[name]

    def judge(document: bytes) -> None:
        try:
            reading = decode(document, ask)
        except Refused:
            return
        assert reading.level in ask.scale
        assert reading.area == ask.area
        assert reading.statement.isprintable()
        assert len(reading.statement) <= 200
        if name == "signed":
            assert (document, reading.level) == (FIXTURES[name], STATED[name]), "nobody signed that"

    # To merge corpora, libFuzzer has a shell run what stands first again.
    atheris.Setup([f"{sys.executable} -m tests.fire.fuzz {name}", *sys.argv[1:]], judge)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
