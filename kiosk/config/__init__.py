"""The configuration: every option declared once; loader, reference and example come from that table."""
