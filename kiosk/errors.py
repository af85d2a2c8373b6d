"""Everything that can go wrong, as one tree.

KioskError                  one plain sentence: what, where, what to do
├── ConfigError             the configuration can't be used; carries every mistake found, not only the first
├── ProfileError            a country's profile can't be used
├── SourceError             a source stated no level we can use; carries a Problem
│   ├── Unobtainable        no complete document arrived (transports raise it)
│   └── Refused             a document arrived, and it states no usable level (formats raise it)
├── OrderRefused            the running kiosk does not do what a person ordered; carries an exit code
├── Unavailable             this machine has no such means, or it fails; a clause with the reason
├── StoreError              the state directory can't be read or written
└── AlreadyRunning          another kiosk uses the same state directory
"""

from datetime import timedelta

from kiosk.core.model import Drill, Problem

FAULT = "A part of the program failed; its log tells more."
"""What the screen says of a mistake of ours."""


class KioskError(Exception):
    """An error that a person can act on; its text is one plain sentence."""


class ConfigError(KioskError):
    """A configuration that can't be used.

    Attributes:
        mistakes: one sentence for each mistake, in the order of the file.
    """

    def __init__(self, mistakes: tuple[str, ...]) -> None:
        super().__init__("\n".join(mistakes))
        self.mistakes = mistakes


class ProfileError(KioskError):
    """A profile that is missing, incomplete or contradictory."""


class SourceError(KioskError):
    """A source that stated no level we can use.

    Attributes:
        problem: the word for machines.
    """

    def __init__(self, problem: Problem, message: str) -> None:
        super().__init__(message)
        self.problem = problem


class Unobtainable(SourceError):
    """No complete document arrived.

    Attributes:
        retry_after: how long the source asked us to stay away, if it did.
    """

    def __init__(self, problem: Problem, message: str, retry_after: timedelta | None = None) -> None:
        super().__init__(problem, message)
        self.retry_after = retry_after


class Refused(SourceError):
    """A document arrived and states no level we can use; none of its levels was taken over.

    Attributes:
        note: as ``Reading.note``: what was learnt beside a level, such as which message is cancelled.
        withdrawn: whether the source has taken back what it stated before, so that it is current no more.
        drills: as ``Reading.drills``.
    """

    def __init__(
        self,
        problem: Problem,
        message: str,
        *,
        note: str | None = None,
        withdrawn: bool = False,
        drills: tuple[Drill, ...] | None = None,
    ) -> None:
        super().__init__(problem, message)
        self.note = note
        self.withdrawn = withdrawn
        self.drills = drills


class OrderRefused(KioskError):
    """An order that the running kiosk does not carry out; nothing of it was taken over.

    Attributes:
        code: the exit code of the command.
    """

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code


class Unavailable(KioskError):
    """A means of the machine that is not there or fails; its text is a clause that tells why."""


class StoreError(KioskError):
    """The memory or the display log can't be read or written."""


class AlreadyRunning(KioskError):
    """Another kiosk holds the same state directory."""
