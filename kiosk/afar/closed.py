"""Why the endpoint is not open, in words for the log and for ``doctor``."""

import errno
import os
import socket


def why_closed(error: OSError) -> str:
    """What stands in the way, and what to do about it."""
    if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
        return "this machine has no such address; check address in [endpoint]"
    if error.errno == errno.EADDRINUSE:
        return "another program has this port; end it, or write another port in [endpoint]"
    if error.errno == errno.EACCES:
        return "this port is for root only; write one above 1023 in [endpoint]"
    return f"{os.strerror(error.errno or errno.EIO)}; check address in [endpoint]"
