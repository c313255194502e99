"""Files that a command writes: asked for before the work, written whole or not at all."""

import os
from collections.abc import Iterable
from pathlib import Path

from gongzhi.cli.telling import CannotRun
from gongzhi.core.terms import Said
from gongzhi.papers.paths import printable


def must_be_writable(path: Path, *, inputs: Iterable[Path]) -> None:
    """Refuse a target that can't be written, before anybody has waited for the result."""
    name = printable(str(path))
    folder = path.parent
    if path.is_dir():
        raise CannotRun(Said("{path} 是文件夹；请写成文件名", {"path": name}))
    if not folder.is_dir():
        told = {"path": name, "folder": printable(str(folder))}
        raise CannotRun(Said("写不了 {path}：没有文件夹 {folder}；请先建立", {**told}))
    if not os.access(path if path.exists() else folder, os.W_OK):
        raise CannotRun(Said("写不了 {path}：没有权限；请换一个地方", {"path": name}))
    if path.exists() and any(path.samefile(given) for given in inputs if given.exists()):
        raise CannotRun(Said("{path} 是要查的文件，不能覆盖；请换一个名字", {"path": name}))


def must_be_new(path: Path) -> None:
    """Refuse a target that can't be written, or that is there already."""
    must_be_writable(path, inputs=())
    if path.exists():
        name = printable(str(path))
        raise CannotRun(Said("{path} 已经有了，不覆盖；请换一个名字", {"path": name}))


def must_be_folder(path: Path) -> None:
    """Make the folder, or say why it can't be."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _failed(path, error) from None
    if not os.access(path, os.W_OK):
        name = printable(str(path))
        raise CannotRun(Said("写不了 {path}：没有权限；请换一个地方", {"path": name}))


def write_whole(path: Path, content: bytes) -> None:
    """The content under the name, never half of it."""
    draft = path.parent / f".gongzhi-{os.getpid()}"
    try:
        with draft.open("xb") as file:
            file.write(content)
        draft.replace(path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise _failed(path, error) from None


def written(path: Path) -> Said:
    """Where a file was put."""
    return Said("写好了：{path}", {"path": printable(str(path))})


def _failed(path: Path, error: OSError) -> CannotRun:
    told = {"path": printable(str(path)), "error": error.strerror or type(error).__name__}
    return CannotRun(Said("写不了 {path}：{error}；请换一个地方", {**told}))
