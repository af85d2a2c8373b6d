"""How the whole composition wanders within its margin, so that no edge burns into a panel."""

_PATH = ((0, 0), (1, 0), (1, 1), (0, 1), (-1, 1), (-1, 0), (-1, -1), (0, -1), (1, -1))


def offset(step: int, reach: int) -> tuple[int, int]:
    """Pixels to the right and down at a step, at most ``reach`` in either direction."""
    across, down = _PATH[step % len(_PATH)]
    return across * reach, down * reach
