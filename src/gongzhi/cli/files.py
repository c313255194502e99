"""The commands that work on files: no database, no Django, no configuration."""

import os
import sys
from collections.abc import Sequence

from gongzhi.cli.parsing import Command
from gongzhi.cli.telling import CannotRun, complain

UNUSABLE, INTERRUPTED, NOBODY_READS = 2, 130, 141  # the last two are what shells expect
COMMANDS = {
    "allocate": Command(
        "gongzhi.cli.allocating", "按规则安排下年资金：每个项目多少、被哪条规则限住、改了谁得谁失"
    ),
    "check": Command("gongzhi.cli.checking", "查验绩效表：重算得分，指出错在哪里、依据什么"),
    "draw": Command("gongzhi.cli.drawing", "重抽一次抽选的代表，与公布的结果核对"),
    "effects": Command(
        "gongzhi.cli.effects", "看一个结果有没有变：与之前比、与可比的单位比，写明误差和限度"
    ),
    "efficiency": Command(
        "gongzhi.cli.efficiency", "比较单位的投入产出（DEA）：谁做得最好，别的可以向谁学"
    ),
    "equity": Command(
        "gongzhi.cli.equity", "看钱或者服务分得均不均：人均、按需求，基尼、泰尔、洛伦兹曲线"
    ),
    "groups": Command(
        "gongzhi.cli.grouping", "看一次讨论里有哪些意见组：什么是共识、分歧在哪里、各组怎么说"
    ),
    "import": Command(
        "gongzhi.cli.importing",
        "导入支付、预算、合同等文件；加 --check 只试读，说清读出什么、错在哪里",
    ),
    "indicators": Command("gongzhi.cli.indicators", "翻指标库：按词、功能分类或编码找指标"),
    "negotiate": Command(
        "gongzhi.cli.negotiating",
        "协商：各方的排序和分歧、入围的方案、两个并列的建议、谁补谁多少，一步一步说清",
    ),
    "verify": Command("gongzhi.cli.verifying", "核对存证证明，不需要网络和数据库"),
    "vote": Command("gongzhi.cli.voting", "重新计一次投票：按哪种规则、资助谁、为什么"),
    "witness": Command("gongzhi.cli.witnessing", "在自己的机器上见证日志，谁也不能改写历史"),
}


def main(arguments: Sequence[str]) -> int:
    """Run a command; whatever happens, the reader sees a sentence and never a traceback."""
    name, *rest = arguments
    try:
        status = COMMANDS[name].run(name, rest)
        sys.stdout.flush()
    except CannotRun as problem:
        complain(problem.said)
        return UNUSABLE
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # nobody reads on; without this Python would complain once more at its end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return NOBODY_READS
    return status
