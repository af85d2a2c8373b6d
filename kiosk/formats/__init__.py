"""Formats: pure functions from bytes to a Reading, or one refusal. No I/O, no clock, no Qt."""
