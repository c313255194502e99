"""The commands that need the site: each a module, loaded when it is asked for."""

import os
from collections.abc import Sequence

import gongzhi
from gongzhi.cli import files
from gongzhi.cli.parsing import Command
from gongzhi.cli.telling import CannotRun, complain, worded
from gongzhi.core.terms import Said, several

COMMANDS = {
    "demo": Command("gongzhi.cli.demo", "在本机试用：自带数据库和演示城市，只有本机能打开"),
    "serve": Command("gongzhi.cli.serving", "提供网站，数据库由 DATABASE_URL 指定"),
    "work": Command("gongzhi.cli.working", "为存证编号并处理后台任务，与 serve 一起运行"),
    "setup": Command("gongzhi.cli.setting_up", "建立或更新数据库，登记第一个单位和管理员"),
    "import": Command("gongzhi.cli.delivering", files.COMMANDS["import"].purpose),
    "ledger": Command("gongzhi.cli.ledger", "查看和核对存证"),
}


def overview() -> str:
    """What `gongzhi --help` prints."""
    commands = files.COMMANDS | COMMANDS
    lines = [f"  {name:<10} {worded(command.purpose)}" for name, command in commands.items()]
    return "\n".join(
        [
            worded("用法：gongzhi 命令 [选项]；gongzhi 命令 --help 看每个命令的选项"),
            "",
            *lines,
            "",
            worded("退出状态：0 正常，1 查出确定的错误或证明不成立，2 给的东西不能用"),
        ]
    )


def main(arguments: Sequence[str]) -> int:
    """Find the command and run it; what can't be used is said in one line."""
    name, *rest = arguments or ["--help"]
    if name in ("-h", "--help", "help"):
        print(overview())
        return 0
    if name == "--version":
        print(gongzhi.__version__)
        return 0
    try:
        return run(name, rest)
    except CannotRun as problem:
        complain(problem.said)
        return 2


def run(name: str, arguments: Sequence[str]) -> int:
    """Run a command by its name."""
    if name not in COMMANDS:
        known = several(files.COMMANDS | COMMANDS)
        raise CannotRun(Said("没有命令 {name}；有：{known}", {"name": name, "known": known}))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongzhi.web.settings")
    return COMMANDS[name].run(name, arguments)
