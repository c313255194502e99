"""The files of the repository, as the house tests look at them."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

REPOSITORY = Path(__file__).parent.parent.parent
SOURCE = REPOSITORY / "src" / "gongzhi"


@cache
def tracked() -> tuple[Path, ...]:
    """Every file that belongs to the repository."""
    command = ["git", "-C", str(REPOSITORY), "ls-files", "-z", "--cached", "--exclude-standard"]
    listed = subprocess.run(command, capture_output=True, check=False)
    if listed.returncode:
        return tuple(path for path in REPOSITORY.rglob("*") if path.is_file())
    names = listed.stdout.decode().split("\0")
    return tuple(REPOSITORY / name for name in names if name and (REPOSITORY / name).is_file())


def texts(*suffixes: str, under: Path = REPOSITORY) -> Iterator[tuple[str, str]]:
    """The name and text of each tracked file with one of the endings."""
    for path in tracked():
        if path.suffix in suffixes and path.is_relative_to(under):
            yield str(path.relative_to(REPOSITORY)), path.read_text(encoding="utf-8")


@cache
def modules() -> tuple[tuple[str, ast.Module], ...]:
    """The name and syntax tree of each module of the product, migrations left out."""
    return tuple(
        (name, ast.parse(text, filename=name))
        for name, text in texts(".py", under=SOURCE)
        if "/migrations/" not in name
    )


@cache
def functions() -> tuple[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef], ...]:
    """Where each function of the product stands, and the function."""
    return tuple(
        (f"{name}:{node.lineno} {node.name}", node)
        for name, module in modules()
        for node in ast.walk(module)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
