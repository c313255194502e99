"""Ports of this machine: free, or taken by another program."""

import socket

from gongzhi.cli.telling import CannotRun
from gongzhi.core.terms import Said


def free_port(host: str, *, wanted: int) -> int:
    """The port, refused when something listens there already; 0 chooses any."""
    if (found := listening(host, port=wanted)) is None:
        raise CannotRun(Said("端口 {port} 已被占用；请用 --port 换一个", {"port": str(wanted)}))
    return found


def listening(host: str, *, port: int) -> int | None:
    """The port, once tried, or nothing where it is taken.

    The server itself shares ports among its processes, so it would not notice.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            probe.listen(1)
        except (OSError, OverflowError):
            return None
        return int(probe.getsockname()[1])
