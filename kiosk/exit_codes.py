"""The exit codes of every command; other people's scripts hang on them (DESIGN section 3)."""

DONE = 0
OTHER = 1
USAGE = 2
NO_LEVEL = 3
