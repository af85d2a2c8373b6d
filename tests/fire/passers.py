"""What a passer-by does to a keyboard and a mouse, as words for xdotool."""

import random

_KEYS = (
    *("Escape", "Return", "Tab", "space", "Menu", "Print", "Pause", "Delete", "BackSpace", "Home", "End", "Prior"),
    *(
        "Up",
        "Down",
        "Left",
        "Right",
        "Super_L",
        "Alt_L",
        "Control_L",
        "XF86AudioMute",
        "XF86PowerOff",
        "XF86Sleep",
    ),
    *(f"F{number}" for number in range(1, 13)),
    *"aqwx19",
)
_CHORDS = ("alt", "ctrl", "super", "shift", "ctrl+alt", "ctrl+shift", "alt+shift")
_TYPED = ("level low", ":q!", "<script>", "sudo reboot")
_WIDTH, _HEIGHT = 1920, 1080


def _digits(chance: random.Random) -> list[str]:
    """Of any length but the shortest that a PIN may have, so that none is right."""
    return [str(chance.randrange(10)) for _ in range(chance.choice((0, 1, 4, 5, 7, 12)))]


def doing(chance: random.Random) -> tuple[str, list[str]]:
    """The kind of one input, and the words for it."""

    def place() -> list[str]:
        return ["mousemove", str(chance.randrange(_WIDTH)), str(chance.randrange(_HEIGHT))]

    words = {
        "key": ["key", chance.choice(_KEYS)],
        "chord": ["key", f"{chance.choice(_CHORDS)}+{chance.choice(_KEYS)}"],
        "click": [*place(), "click", "--repeat", str(chance.randint(1, 3)), chance.choice("123")],
        "wheel": [*place(), "click", "--repeat", "5", chance.choice("4567")],
        "drag": [*place(), "mousedown", "1", *place(), *place(), "mouseup", "1"],
        "typing": ["type", "--delay", "0", "--args", "1", chance.choice(_TYPED)],
        "close request": ["key", "alt+F4"],  # the window manager sends it
        "exit chord and a wrong PIN": [
            "key",
            "ctrl+alt+shift+q",
            *_digits(chance),
            chance.choice(("Return", "Escape")),
        ],
    }
    kind = chance.choice(tuple(words))
    return kind, words[kind]
