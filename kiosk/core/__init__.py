"""The rules of the display: no I/O, no clock, no Qt, nothing that is not in the arguments."""
