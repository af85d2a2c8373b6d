"""Figures that the proofs take on the way, printed at their end beside what is asked for."""

_taken: list[str] = []


def take(what: str, figure: str, goal: str) -> None:
    """Keeps a figure for the end. A proof fails on what is broken, not on how busy the machine was."""
    _taken.append(f"{what:<44} {figure:>12}   goal {goal}")


def taken() -> list[str]:
    """All figures, in the order in which they were taken."""
    return list(_taken)
