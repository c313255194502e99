"""Commands and their parsers, which speak the reader's language."""

import argparse
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import NoReturn

from gongzhi.cli.telling import CannotRun, worded
from gongzhi.core.terms import Said


class Layout(argparse.HelpFormatter):
    """The layout of a help text, its first word in the reader's language."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        """The line that shows the command as a whole."""
        super().add_usage(usage, actions, groups, prefix or worded("用法："))


class Parser(argparse.ArgumentParser):
    """A parser that says in one line what is wrong with the command."""

    def __init__(self, *, prog: str, description: str) -> None:
        super().__init__(
            prog=prog,
            description=description,
            formatter_class=Layout,
            add_help=False,
            allow_abbrev=False,
        )
        self._positionals.title = worded("参数")
        self._optionals.title = worded("选项")
        self.add_argument("-h", "--help", action="help", help=worded("显示这份帮助"))

    def error(self, message: str) -> NoReturn:
        """Refuse the command; argparse would print the usage too."""
        raise CannotRun(
            Said(
                "命令不对：{message}。看 {command} --help",
                {"message": message, "command": self.prog},
            )
        )


@dataclass(frozen=True, slots=True)
class Command:
    """A command: the module with its `arguments` and `run`, and what it is for."""

    module: str
    purpose: str

    def parser(self, name: str) -> Parser:
        """The parser of the command's own arguments."""
        made = Parser(prog=f"gongzhi {name}", description=worded(self.purpose))
        import_module(self.module).arguments(made)
        return made

    def run(self, name: str, arguments: Sequence[str]) -> int:
        """Do what the arguments ask for; the exit status."""
        options = self.parser(name).parse_args(arguments)
        return int(import_module(self.module).run(options))
