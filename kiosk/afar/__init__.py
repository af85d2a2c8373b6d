"""How the kiosk is seen from afar: what it answers to whoever asks, and what it publishes by itself."""
