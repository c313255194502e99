"""The demo's witnesses in one process beside the site; for this machine alone."""

import os
from pathlib import Path

from django.utils.module_loading import import_string

from gongzhi.cli.children import end_with_parent
from gongzhi.cli.ports import listening
from gongzhi.cli.telling import complain, tell
from gongzhi.core.charter import Refused
from gongzhi.core.terms import Said
from gongzhi.witness.hosting import HOST, server

PORTS = range(8100, 8200)
FOLDER, PORT = "GONGZHI_DEMO_WITNESSES", "GONGZHI_DEMO_WITNESSES_PORT"
HONESTLY = "五个见证方都在这台机器上：演示怎样共同见证，不证明任何事；真实运行时各方用自己的机器"
OUTDATED = "演示数据是早先的版本装入的，规则里没有见证方；要看见证，请用 --reset 从头开始"


def settle(folder: Path) -> bool:
    """Make the witnesses in the demo's folder and have the log ask them; whether it may."""
    port = next((port for port in PORTS if listening(HOST, port=port)), None)
    if port is None:
        return False
    os.environ[FOLDER], os.environ[PORT] = str(folder / "witnesses"), str(port)
    try:
        settling = import_string("gongzhi.city.witnesses.settle_witnesses")
        if not settling(folder / "witnesses", address=f"http://{HOST}:{port}"):
            return False
    except Refused:
        complain(Said(OUTDATED))
        return False
    tell(Said(HONESTLY))
    return True


def host() -> None:
    """Answer for all of them, as a child of the demo."""
    end_with_parent()
    server(Path(os.environ[FOLDER]), port=int(os.environ[PORT])).serve_forever()
