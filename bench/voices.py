"""Similar voices while somebody writes, as their number grows; asked: at most 100 ms on 10,000.

    ./run bench voices [voices]

Voices are made of a few hundred phrases, so that common ones stand in thousands of them. What the
question takes is processor time of the process and of its database backend together, which others
on the machine don't lengthen; beside it the bare question of the index, without weighing.
"""

import random
import sys
import time
from datetime import date
from functools import partial
from statistics import median

from django.db import connection
from django.utils.module_loading import import_string
from installation import installation
from measuring import fingerprint, table
from people import founded
from searching import processor_time, scalar

SIZE = 10_000
ROUNDS = 20
PHRASES = """\
独居老人 高龄老人 双职工家庭 外来务工人员 残疾人 沿街商户 公交乘客 学生家长
做饭难 走不远 没人照看 看病排队 停车难 路灯不亮 积水 噪声大 扬尘 坡道太陡
希望社区开一个助餐点 建议延长托管时间 要求公示合同 请把目标定高一些 建议改造老旧管网 增加公交班次
走访二百户 去年漏了三次 登记本上有 现场看过 问卷九十六份 附三个可比项目
中心小学 人民医院 农贸市场 文化广场 棉纺厂宿舍 老巷 桥头 河湾 东门 水岸
康复室周末开放 轮椅能进 夜间施工 错时停车 雨污分流 加装电梯 文体活动室 图书角
"""
GROUPS = [line.split() for line in PHRASES.splitlines()]
WRITTEN = (
    "老人做饭难，希望社区开一个助餐点，轮椅能进",
    "路灯不亮，东门晚上看不清",
    "请把目标定高一些，登记本上有",
    "完全没有人说过的话：量子纠缠",
)


def main() -> None:
    size = int(sys.argv[1]) if len(sys.argv) > 1 else SIZE
    print(fingerprint(), "\n")
    with installation():
        lines = measured(size)
        connection.close()
    print(table(["voices", "written", "found", "CPU ms", "wall ms", "index alone ms"], lines))


def measured(size: int) -> list[list[str]]:
    fill(size, organisation=founded())
    visitor = import_string("gongzhi.core.charter.VISITOR")
    similar = import_string("gongzhi.forum.similar.similar_voices")
    near = import_string("gongzhi.forum.similar._near")
    telling = import_string("gongzhi.core.participating.finding.telling")
    lines = []
    for text in WRITTEN:
        ask = partial(similar, text, member=visitor, most=5, from_percent=25)
        alone = lambda text=text: list(near(telling(text), member=visitor, but=None))  # noqa: E731
        cpu, wall = spent(ask)
        bare, _ = spent(alone)
        lines.append(
            [f"{size:,}", text, str(len(ask())), f"{cpu:.0f}", f"{wall:.0f}", f"{bare:.0f}"]
        )
    return lines


def spent(call: object) -> tuple[float, float]:
    """Milliseconds of processor time of a call here and in the database, and its median wall."""
    call()
    backend = scalar("SELECT pg_backend_pid()")
    before, walls = time.process_time() + processor_time(backend), []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        call()
        walls.append(time.perf_counter() - began)
    cpu = (time.process_time() + processor_time(backend) - before) / ROUNDS
    return cpu * 1000, median(walls) * 1000


def fill(size: int, *, organisation: object) -> None:
    """Voices to one organisation, each with its words kept as the product keeps them."""
    chance = random.Random(size)
    model = import_string("gongzhi.forum.models.Voice")
    person = import_string("gongzhi.parties.models.Person").objects.first()
    keep = import_string("gongzhi.forum.similar.keep_words")
    today = date(2026, 3, 1)
    rows = [
        model(
            fiscal_year=2026, number=number, kind="need", about=organisation.thing().name,
            addressed=organisation, person=person, title=said(chance, 2), text=said(chance, 6),
            said_on=today, due_on=today,
        )
        for number in range(1, size + 1)
    ]  # fmt: skip
    for row in model.objects.bulk_create(rows, batch_size=1000):
        keep(row)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE forum_voice")


def said(chance: random.Random, phrases: int) -> str:
    return "，".join(chance.choice(chance.choice(GROUPS)) for _ in range(phrases))


if __name__ == "__main__":
    main()
