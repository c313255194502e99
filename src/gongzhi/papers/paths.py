"""Paths that a person gives: how they are printed, and why one can't be read."""

from gongzhi.core.terms import Problem, Said, Where


def unreadable(error: OSError) -> Problem:
    """What the operating system says about a file or folder that can't be opened."""
    match error:
        case FileNotFoundError():
            what, hint = Said("没有这个文件"), Said("核对路径和文件名")
        case PermissionError():
            what, hint = Said("没有权限读取"), Said("请文件的所有者授予读取权限")
        case IsADirectoryError():
            what, hint = Said("这是文件夹，不是文件"), Said("给出文件夹里的文件")
        case _:
            what = Said("读不出来：{error}", {"error": error.strerror or type(error).__name__})
            hint = Said("换一份文件再试")
    return Problem(where=Where(), what=what, hint=hint)


def printable(name: str) -> str:
    """A path as text that can be printed: bytes that are no text become a mark."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
