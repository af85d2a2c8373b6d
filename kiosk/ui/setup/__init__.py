"""The setup window: a form for the configuration with a live preview. English only, as every command is."""
