"""The commands that need the site: each a module, loaded when it is asked for."""

import argparse
import os
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module

import gongzhi
from gongzhi.cli.parsing import Parser
from gongzhi.cli.telling import CannotRun, complain, worded
from gongzhi.core.terms import Said


@dataclass(frozen=True, slots=True)
class Command:
    """A command: the module with its `arguments` and `run`, and what it is for."""

    module: str
    purpose: str

    def parser(self, name: str) -> Parser:
        """The parser of the command's own arguments."""
        parser = Parser(prog=f"gongzhi {name}", description=worded(self.purpose))
        import_module(self.module).arguments(parser)
        return parser


IMPORTING = "导入支付、预算、合同等文件；加 --check 只试读，说清读出什么、错在哪里"
COMMANDS = {
    "demo": Command("gongzhi.cli.demo", "在本机试用：自带数据库和演示城市，只有本机能打开"),
    "serve": Command("gongzhi.cli.serving", "提供网站，数据库由 DATABASE_URL 指定"),
    "work": Command("gongzhi.cli.working", "为存证编号并处理后台任务，与 serve 一起运行"),
    "setup": Command("gongzhi.cli.setting_up", "建立或更新数据库，登记第一个单位和管理员"),
    "import": Command("gongzhi.cli.delivering", IMPORTING),
    "ledger": Command("gongzhi.cli.ledger", "查看和核对存证"),
}
FILE_COMMANDS = {
    "allocate": "按规则安排下年资金：每个项目多少、被哪条规则限住、改了谁得谁失",
    "check": "查验绩效表：重算得分，指出错在哪里、依据什么",
    "draw": "重抽一次抽选的代表，与公布的结果核对",
    "effects": "看一个结果有没有变：与之前比、与可比的单位比，写明误差和限度",
    "efficiency": "比较单位的投入产出（DEA）：谁做得最好，别的可以向谁学",
    "equity": "看钱或者服务分得均不均：人均、按需求，基尼、泰尔、洛伦兹曲线",
    "groups": "看一次讨论里有哪些意见组：什么是共识、分歧在哪里、各组怎么说",
    "import": IMPORTING,
    "indicators": "翻指标库：按词、功能分类或编码找指标",
    "negotiate": "协商：各方的排序和分歧、入围的方案、两个并列的建议、谁补谁多少，一步一步说清",
    "verify": "核对存证证明，不需要网络和数据库",
    "vote": "重新计一次投票：按哪种规则、资助谁、为什么",
    "witness": "在自己的机器上见证日志，谁也不能改写历史",
}


def overview() -> str:
    """What `gongzhi --help` prints."""
    purposes = FILE_COMMANDS | {name: command.purpose for name, command in COMMANDS.items()}
    lines = [f"  {name:<10} {worded(purpose)}" for name, purpose in purposes.items()]
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
        known = "、".join((*FILE_COMMANDS, *COMMANDS))
        raise CannotRun(Said("没有命令 {name}；有：{known}", {"name": name, "known": known}))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongzhi.web.settings")
    command = COMMANDS[name]
    options: argparse.Namespace = command.parser(name).parse_args(arguments)
    return int(import_module(command.module).run(options))
