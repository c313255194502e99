"""Ports of this machine: free, or taken by another program."""

import atexit
import socket
import sys

from gongzhi.cli.telling import CannotRun
from gongzhi.core.terms import Said

CLAIMED: dict[tuple[str, int], socket.socket] = {}  # what this program holds until it ends


def free_port(host: str, *, wanted: int) -> int:
    """The port, refused when something listens there already; 0 chooses any."""
    if (found := listening(host, port=wanted)) is None:
        raise CannotRun(Said("端口 {port} 已被占用；请用 --port 换一个", {"port": str(wanted)}))
    return found


def listening(host: str, *, port: int) -> int | None:
    """The port, once tried, or nothing where it is taken; it is this program's from then on.

    The server shares ports among its processes, so it would notice no other one; and it opens
    its port only when everything else is ready, by when another program may have tried it too.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            probe.listen(1)
        except (OSError, OverflowError):
            return None
        found = int(probe.getsockname()[1])
        return found if _is_ours(host, port=found) else None


def _is_ours(host: str, *, port: int) -> bool:
    """Whether the port is this program's among all of our programs on this machine.

    The name of a socket in Linux's abstract space stands for it: only one program has it, and it
    goes with the program however that ends. Elsewhere nothing is held.
    """
    if (host, port) in CLAIMED or sys.platform != "linux":
        return True
    claim = socket.socket(socket.AF_UNIX)
    try:
        claim.bind(f"\0gongzhi {host} {port}")
    except OSError:
        claim.close()
        return False
    CLAIMED[host, port] = claim
    return True


@atexit.register
def _give_back() -> None:
    """Close what was held: the program ends, and leaves no socket open."""
    for claim in CLAIMED.values():
        claim.close()
