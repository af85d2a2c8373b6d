"""The exit codes of every command; other people's scripts hang on them (DESIGN section 3)."""

DONE = 0
OTHER = 1
USAGE = 2
NO_LEVEL = 3
UNTRUE = 4
"""Of ``run`` only: the display hung or showed something wrong, and is to be started anew."""
LEFT = 5
"""Of ``run`` only: a person ended it at the screen with the PIN, and it is not to be started anew by itself."""
