"""The configuration as it lives: where it comes from, what it hangs on, and which edition of it rules."""
