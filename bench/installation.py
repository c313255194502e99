"""An installation of its own for a benchmark: a database server, its tables, its settings."""

import argparse
import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from gongzhi.cli.demo import arguments, prepare, settle
from gongzhi.cli.postgres import running
from gongzhi.cli.postgres_roles import APP, OWNER
from gongzhi.cli.schema import bring_up_to_date


@contextlib.contextmanager
def installation() -> Iterator[tuple[Path, str]]:
    """An empty one: its folder, and the address of its database's owner."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        home.chmod(0o711)  # the database server's own user passes through
        os.environ["DJANGO_SETTINGS_MODULE"] = "gongzhi.web.settings"
        with running(home) as server:
            settle(home, address=server.url(role=APP))
            owner = server.url(role=OWNER)
            bring_up_to_date(owner=owner)
            yield home, owner


def with_the_city(folder: Path, *, stack: contextlib.ExitStack) -> None:
    """The demo's city in a folder, its server running for as long as the stack is open."""
    parser = argparse.ArgumentParser()
    arguments(parser)
    folder.chmod(0o711)  # the database server's own user passes through
    prepare(folder, parser.parse_args([]), stack=stack)
