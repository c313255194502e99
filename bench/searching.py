"""The search over everything, from a county to a province: what a page takes as the rows grow.

    ./run bench searching [projects…]

A project has ten indicators and one version of goals; one in three is disclosed; the names are
made of a few hundred words, so that common ones stand in tens of thousands of rows. The page is
asked for by a visitor and by the finance bureau, everything but the network: processor time of the
web process and of its database backend together, which others on the machine don't lengthen.
Beside it the names alone by pg_trgm, which needs three characters to use its index.
"""

import os
import random
import sys
import time
from datetime import date
from functools import partial
from pathlib import Path
from urllib.parse import quote

import psycopg
from django.db import connection
from django.utils.module_loading import import_string
from installation import installation
from measuring import fingerprint, seconds, table
from people import budget_officer, founded, signed_in

SIZES = (1_500, 25_000, 250_000)
PROJECTS_A_UNIT, INDICATORS = 15, 10
ROUNDS = 10
# A rare name, a common word of two characters, one character, an indicator, two words, a code,
# two and three characters that stand nowhere.
ASKED = ("石门中心小学", "道路", "桥", "满意度", "水库 加固", "P0000123", "核电", "核电站")
WORDS = """\
清江 云河 东山 西岭 南桥 北塘 高新 开发 老城 新港 柳湖 石门 桐溪 白水 龙泉 永安 太平
中心小学 第一中学 人民医院 道路 桥梁 水库 社区 养老院 图书馆 体育馆 污水处理厂 公园 农田 林场 河道
维修改造 新建 扩建 设备购置 运行维护 信息化 环境整治 培训 补助 监测 普查 宣传 除险加固
培训人次 完成数量 验收合格率 服务对象满意度 成本控制率 按时完成率 利用率 就业人数 覆盖率 建成面积
"""
PLACES, OBJECTS, WORKS, RESULTS = (line.split() for line in WORDS.splitlines())


def main() -> None:
    sizes = [int(given) for given in sys.argv[1:]] or SIZES
    print(fingerprint(), "\n")
    whose = ["visitor CPU ms", "bureau CPU ms", "names by trgm CPU ms"]
    heads = ["projects", "indicators", "filled s", "index MB", "asked", *whose]
    lines: list[list[str]] = []
    for size in sizes:
        with installation() as (_, owner):
            lines += measured(size, owner=owner)
            connection.close()
    print(table(heads, lines))


def measured(size: int, *, owner: str) -> list[list[str]]:
    bureau = founded()
    filled = seconds(lambda: fill(size, bureau=bureau, owner=owner))
    officer = budget_officer(bureau, since=date(2026, 1, 1))
    visitor, budget = import_string("django.test.Client")(), signed_in(officer)
    index = scalar(
        "SELECT sum(pg_relation_size(indexrelid)) FROM pg_stat_user_indexes"
        " WHERE indexrelname LIKE '%\\_by\\_name' OR indexrelname = 'goals_by_document_number'"
    )
    first = [f"{size:,}", f"{size * INDICATORS:,}", f"{filled:.0f}", f"{int(index) / 1e6:.0f}"]
    return [
        [
            *(first if number == 0 else [""] * len(first)),
            words,
            f"{spent(partial(ask, visitor, words)):.0f}",
            f"{spent(partial(ask, budget, words)):.0f}",
            f"{spent(partial(by_trigrams, words)):.0f}",
        ]
        for number, words in enumerate(ASKED)
    ]


def spent(call: object) -> float:
    """Milliseconds of processor time of a call, here and in the database, after a first one."""
    call()
    backend = scalar("SELECT pg_backend_pid()")
    before = time.process_time() + processor_time(backend)
    for _ in range(ROUNDS):
        call()
    assert scalar("SELECT pg_backend_pid()") == backend, "another connection was taken"
    return (time.process_time() + processor_time(backend) - before) / ROUNDS * 1000


def processor_time(process: int) -> float:
    """Seconds that a process of this machine has used."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def ask(client: object, words: str) -> None:
    answer = client.get(f"/search/?q={quote(words)}", secure=True, HTTP_HOST="localhost")
    assert answer.status_code == 200, answer.status_code


def by_trigrams(words: str) -> None:
    """What the names alone would take with the extension: no rights, no page around them."""
    with connection.cursor() as cursor:
        for column, name in (("cycle_project", "name"), ("cycle_goalindicator", "name")):
            every = " AND ".join(f"{name} LIKE %s" for _ in words.split())
            cursor.execute(
                f"SELECT id FROM {column} WHERE {every} LIMIT 1001",
                [f"%{word}%" for word in words.split()],
            )
            cursor.fetchall()


def scalar(statement: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]


def fill(size: int, *, bureau: object, owner: str) -> None:
    """Units, projects, goals and their indicators as rows."""
    new_id = import_string("gongzhi.trust.identifiers.new_id")
    chance = random.Random(size)
    person = import_string("gongzhi.parties.models.Person").objects.first().pk
    units = [new_id() for _ in range(max(1, size // PROJECTS_A_UNIT))]
    projects = [(new_id(), new_id(), chance.choice(units)) for _ in range(size)]
    with psycopg.connect(owner) as database, database.cursor() as cursor:
        copied(cursor, "parties_organisation (id, code, name, kind, region_id, parent_id)", (
            (unit, f"U{number:06}", f"{named(chance)}单位", "government", bureau.region_id,
             bureau.pk)
            for number, unit in enumerate(units)
        ))  # fmt: skip
        copied(cursor, "cycle_project (id, code, name, unit_id, stage)", (
            (key, f"P{number:07}", f"{named(chance)}项目", unit,
             "registered" if number % 3 else "disclosed")
            for number, (key, _, unit) in enumerate(projects)
        ))  # fmt: skip
        copied(
            cursor,
            "cycle_goalversion (id, project_id, fiscal_year, number, stage, record, pack,"
            " drafted_by_id, drafted_on, approved_on, document_number)",
            (
                (version, key, 2026, 1, "approved", "{}", "mof-2020-10", person, "2025-11-01",
                 "2026-01-20", f"某财绩〔2026〕{number % 900}号")
                for number, (key, version, _) in enumerate(projects)
            ),
        )  # fmt: skip
        copied(
            cursor,
            "cycle_goalindicator (version_id, position, key, name, heading, target, measure,"
            " less_is_better, course, by_month)",
            (
                (version, place, f"i{place}", f"{named(chance)}{chance.choice(RESULTS)}", "",
                 "≥90%", "%", False, "so_far", "[]")
                for _, version, _ in projects
                for place in range(INDICATORS)
            ),
        )  # fmt: skip
    trigrams(owner)


def trigrams(owner: str) -> None:
    with psycopg.connect(owner, autocommit=True) as database:
        database.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        database.execute("CREATE INDEX ON cycle_project USING gin (name gin_trgm_ops)")
        database.execute("CREATE INDEX ON cycle_goalindicator USING gin (name gin_trgm_ops)")
        database.execute("VACUUM ANALYZE")


def copied(cursor: object, into: str, rows: object) -> None:
    with cursor.copy(f"COPY {into} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def named(chance: random.Random) -> str:
    return "".join(chance.choice(words) for words in (PLACES, PLACES, OBJECTS, WORKS))


if __name__ == "__main__":
    main()
