"""Records and refuses every attempt of this process to reach anything outside the machine, name look-ups included."""

import ipaddress
import socket
import sys
from pathlib import Path

_CONNECTS = {"socket.connect", "socket.sendto", "socket.sendmsg"}
_LOOKUPS = {"socket.getaddrinfo", "socket.gethostbyname"}


def record_outbound(log: Path) -> None:
    """From now on and for good: an audit hook cannot be taken away. Each attempt is a line of `log`."""
    log.touch()

    def hook(event: str, args: tuple[object, ...]) -> None:
        target = _target(event, args)
        if target is None or _is_local(target):
            return
        with log.open("a") as file:
            file.write(f"{event} {target}\n")
        raise OSError(f"outbound connection refused: {event}")

    sys.addaudithook(hook)


def _target(event: str, args: tuple[object, ...]) -> str | None:
    if event in _CONNECTS:
        address = args[1]
        return str(address[0]) if isinstance(address, tuple) else None
    if event in _LOOKUPS:
        host = args[0]
        return host.decode() if isinstance(host, bytes) else str(host or "localhost")
    return None


def _is_local(host: str) -> bool:
    if host in {"localhost", ""}:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


if __name__ == "__main__":
    record_outbound(Path(sys.argv[1]))
    # An address that is reserved for documentation (RFC 5737): nobody answers there.
    socket.create_connection(("192.0.2.1", 443), timeout=1)
