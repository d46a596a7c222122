"""Taking the port that the dev server listens on, with an error that says how to mend it."""

from __future__ import annotations

import errno
import socket

from generator.errors import AnjomanError, BusyError, Problem, SiteError


def listen(host: str, port: int) -> socket.socket:
    """A listening TCP socket at the host (a name or address) and port; 0 takes a free one.

    Raises BusyError where the port is taken, SiteError where the host or port can't be used.
    """
    try:
        family, address = _resolve(host, port)
        return socket.create_server(address, family=family, backlog=128)
    except (OSError, OverflowError, UnicodeError) as error:
        raise _explained(error, host, port) from error


def _resolve(host: str, port: int) -> tuple[socket.AddressFamily, tuple[str, int]]:
    if not 0 <= port <= 65535:
        raise OverflowError
    found = socket.getaddrinfo(host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    # "localhost" has an address of either family; every client tries IPv4.
    family, _, _, _, address = min(found, key=lambda entry: entry[0] != socket.AF_INET)
    return family, (str(address[0]), port)


def _explained(error: Exception, host: str, port: int) -> AnjomanError:
    place = f"{host}:{port}"
    code = error.errno if isinstance(error, OSError) else None
    if code == errno.EADDRINUSE:
        hint = f"End the other program, or take another port: --port {port + 1} (--port 0 finds a free one)."
        return BusyError(Problem(place, 0, "--port", f"port {port} is taken by another program", hint))
    if code == errno.EACCES:
        hint = "Take one above 1023: --port 8000 (--port 0 finds a free one)."
        return BusyError(Problem(place, 0, "--port", f"port {port} is kept for the system", hint))
    if isinstance(error, OverflowError):
        return SiteError(Problem(place, 0, "--port", "expected a port from 0 to 65535", "Try --port 8000."))
    hint = "Leave --host away to serve this machine only, or use --host 0.0.0.0 for the local network."
    return SiteError(Problem(place, 0, "--host", f"“{host}” is no address of this machine", hint))
