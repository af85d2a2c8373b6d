"""Transports: all input from outside. They obtain bytes and never look into them."""
