"""The commands: each module does one, given what the command line said, and returns its exit code."""
