"""Pages with a county's data, and how they grow to a province's.

    ./run bench growth [projects…]

A unit has 15 projects, a department 20 units; a project has ten indicators, goals in force and
what was seen of it last. A county: 3,000 projects; a province: 250,000 projects, 17,000 units,
2.5 million indicators. Each page is asked for one after the other, by a visitor and by the
bureau's budget officer; everything but the network. p95 is over all pages of a size.
"""

import json
import statistics
import sys
import time
from datetime import date

from django.db import connection
from django.utils.module_loading import import_string
from installation import installation
from measuring import fingerprint, table
from people import budget_officer, founded, signed_in
from watching import MONTHS, YEAR, fill

SIZES = (3_000, 30_000, 250_000)
PER_UNIT, PER_DEPARTMENT, INDICATORS, ROUNDS = 15, 20, 10, 12
P95 = 0.95
PAGES = {
    "home": "/",
    "monitoring": "/monitoring/",
    "monitoring, a unit": "/monitoring/?unit={unit}",
    "alerts": "/alerts/",
    "goals": "/goals/",
    "search": "/search/?q=道路",
    "a project": "/projects/{project}/",
    "a project's curves": "/projects/{project}/monitoring/",
    "a project's goals": "/projects/{project}/goals/",
    "desk": "/desk/",
}


def main() -> None:
    sizes = [int(given) for given in sys.argv[1:]] or SIZES
    print(fingerprint(), "\n")
    columns = []
    for size in sizes:
        with installation():
            columns.append(measured(size))
            connection.close()
    rows = [[name, *(f"{column[name]:.0f}" for column in columns)] for name in columns[0]]
    print(table(["ms", *(f"{size:,} projects" for size in sizes)], rows))


def measured(size: int) -> dict[str, float]:
    """The median of each page in milliseconds, and the p95 over all requests."""
    models = import_string("gongzhi.cycle.models")
    bureau = founded()
    officer = budget_officer(bureau, since=date(YEAR, 1, 1))
    fill(1, bureau=bureau, models=models)
    import_string("gongzhi.cycle.actions.watching.watch_projects")(year=YEAR)
    multiply(size, bureau=bureau, models=models)
    last = models.Project.objects.filter(code__startswith="M").last()
    visitor, client = import_string("django.test.Client")(), signed_in(officer)
    medians, every = {}, []
    for name, address in PAGES.items():
        asked = address.format(unit=last.unit_id, project=last.pk)
        for who, browser in (("visitor", visitor), ("officer", client)):
            if name == "desk" and who == "visitor":
                continue
            times = [milliseconds(browser, asked) for _ in range(ROUNDS)][2:]
            medians[f"{name}, {who}"] = statistics.median(times)
            every += times
    medians["p95 of all"] = sorted(every)[int(P95 * len(every))]
    return medians


def milliseconds(browser: object, address: str) -> float:
    started = time.perf_counter()
    answer = browser.get(address, secure=True, HTTP_HOST="localhost")
    assert answer.status_code == 200, (address, answer.status_code)
    return (time.perf_counter() - started) * 1000


def multiply(size: int, *, bureau: object, models: object) -> None:
    """So many projects like the one that is there, of units of departments: not measured."""
    seen = models.Watched.objects.get()
    version = models.GoalVersion.objects.get()
    values = {
        "size": size,
        "per_unit": PER_UNIT,
        "per_department": PER_DEPARTMENT,
        "region": bureau.region_id,
        "person": version.drafted_by_id,
        "record": json.dumps(version.record),
        "year": YEAR,
        "first": date(YEAR, 1, 1),
        "today": date(YEAR, MONTHS, 12),
        "pack": version.pack,
        "indicators": INDICATORS,
        "curves": json.dumps(seen.curves),
        "signals": json.dumps(seen.signals),
        "forecasts": json.dumps(seen.forecasts),
    }
    with connection.cursor() as cursor:
        for statement in STATEMENTS:
            cursor.execute(statement, values)
    sums = import_string("gongzhi.cycle.summing.Summing")
    every = models.Watched.objects.order_by()
    summing = sums(list(every.values_list("project_id", flat=True)))
    for row in every.iterator(chunk_size=2_000):
        summing.add(row)
    models.WatchedSum.objects.all().delete()
    models.WatchedSum.objects.bulk_create(summing.rows(on=seen.on), batch_size=500)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


DEPARTMENTS = """
INSERT INTO parties_organisation (id, code, name, kind, region_id)
SELECT gen_random_uuid(), 'D' || at, '第' || at || '局', 'government', %(region)s
FROM generate_series(1, %(size)s / %(per_unit)s / %(per_department)s + 1) AS at
"""
UNITS = """
INSERT INTO parties_organisation (id, code, name, kind, region_id, parent_id)
SELECT gen_random_uuid(), 'U' || at, '第' || at || '中心', 'government', %(region)s, parent.id
FROM generate_series(1, %(size)s / %(per_unit)s + 1) AS at
JOIN parties_organisation parent ON parent.code = 'D' || (at / %(per_department)s + 1)
"""
PROJECTS = """
INSERT INTO cycle_project (id, code, name, unit_id, stage)
SELECT gen_random_uuid(), 'M' || lpad(at::text, 9, '0'),
       (ARRAY['某镇道路修缮', '学校食堂改造', '水库除险', '老旧小区改造'])[at %% 4 + 1] || at,
       unit.id, 'disclosed'
FROM generate_series(1, %(size)s - 1) AS at
JOIN parties_organisation unit ON unit.code = 'U' || (at / %(per_unit)s + 1)
"""
GOALS = """
INSERT INTO cycle_goalversion (id, project_id, fiscal_year, number, stage, record, pack,
    drafted_by_id, drafted_on, approved_on, document_number)
SELECT gen_random_uuid(), project.id, %(year)s, 1, 'approved', %(record)s::jsonb, %(pack)s,
       %(person)s, %(first)s, %(first)s, '〔2026〕1号'
FROM cycle_project project WHERE project.code LIKE 'M%%'
"""
LINES = """
INSERT INTO cycle_goalindicator (version_id, position, key, name, heading, target, value, measure,
    less_is_better, course, weight, by_month)
SELECT version.id, at, 'i' || at, '完成里程' || at, '', '≥100公里', 100, '公里', false, 'so_far', 9,
       '[]'::jsonb
FROM cycle_goalversion version
JOIN cycle_project project ON project.id = version.project_id AND project.code LIKE 'M%%'
CROSS JOIN generate_series(1, %(indicators)s) AS at
"""
SEEN = """
INSERT INTO cycle_watched (project_id, fiscal_year, "on", level, budget, paid, money_now,
    goals_now, curves, signals, forecasts)
SELECT id, %(year)s, %(today)s,
       CASE WHEN at %% 50 = 0 THEN 'red' WHEN at %% 11 = 0 THEN 'yellow' ELSE '' END,
       100000 + at %% 900000, 50000, (at %% 100) / 100.0, (at %% 97) / 97.0,
       %(curves)s::jsonb, %(signals)s::jsonb, %(forecasts)s::jsonb
FROM (SELECT id, row_number() OVER () AS at FROM cycle_project WHERE code LIKE 'M%%') AS project
"""
STATEMENTS = (DEPARTMENTS, UNITS, PROJECTS, GOALS, LINES, SEEN)

if __name__ == "__main__":
    main()
