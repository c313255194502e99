"""Pages with a county's data, and how they grow to a province's.

    ./run bench growth [projects…]

A unit has 15 projects, a department 20 units; a project has ten indicators, goals in force, what
was seen of it last, what it is for (one of 26 classes, one of 200 aims for three in five), two
contracts and 68 payments, together two million at most. One in nine shows a colour, half of these
have an alert that nobody has answered, one in a hundred had its budget changed. A county: 3,000
projects; a province: 250,000 projects, 17,000 units, 2.5 million indicators. Each page is asked for
one after the other, by a visitor and by the bureau's budget officer; everything but the network.
Told are milliseconds by the clock, and of processor time of the web process and its database
backend, which others on the machine don't lengthen. p95 is over all pages of a size. Rows are made
by the database, which takes most of the time.
"""

import json
import statistics
import sys
import time
from dataclasses import replace
from datetime import date
from decimal import Decimal

from django.db import connection
from django.utils.module_loading import import_string
from installation import installation
from measuring import MB, fingerprint, table
from people import budget_officer, founded, signed_in
from searching import processor_time, scalar
from watching import YEAR, fill

Times = tuple[float, ...]
SIZES = (3_000, 30_000, 250_000)
PER_UNIT, PER_DEPARTMENT, INDICATORS, ROUNDS = 15, 20, 10, 12
PAYMENTS, PAYMENTS_MAX, CONTRACTS, AIMS = 68, 2_000_000, 2, 200
P95 = 0.95
QUESTION = "payment_uncontracted"
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
    "projects": "/projects/",
    "projects of a class": "/projects/?class=205",
    "deputies": "/deputies/",
    "desk": "/desk/",
    "payments": "/audit/",
    "payments of a unit": "/audit/?unit={code}",
    "payees": "/audit/payees/",
    "contracts": "/audit/contracts/",
    "doubts": "/audit/signals/",
    "doubts of a kind": "/audit/signals/?question={question}",
}
# Those that nobody sees without having signed in.
INSIDE = {"desk", *(name for name, address in PAGES.items() if address.startswith("/audit/"))}


def main() -> None:
    sizes = [int(given) for given in sys.argv[1:]] or SIZES
    print(fingerprint(), "\n")
    columns = []
    for size in sizes:
        with installation():
            started = time.perf_counter()
            officer = filled(size)
            made = time.perf_counter() - started
            whole = {"filled, s": (made,), "on disk, MB": (megabytes(),)}
            columns.append({**measured(officer), **whole})
            connection.close()
    print(shown(columns, sizes=sizes))


def shown(columns: list[dict[str, Times]], *, sizes: list[int]) -> str:
    rows = [
        [name, *(" / ".join(f"{each:.0f}" for each in column[name]) for column in columns)]
        for name in columns[0]
    ]
    return table(["ms / CPU ms", *(f"{size:,} projects" for size in sizes)], rows)


def filled(size: int) -> object:
    """A region with so many projects; the bureau's budget officer."""
    models = import_string("gongzhi.cycle.models")
    bureau = founded()
    officer = budget_officer(bureau, since=date(YEAR, 1, 1))
    fill(1, bureau=bureau, models=models)
    import_string("gongzhi.cycle.actions.watching.watch_projects")(year=YEAR)
    multiply(size, bureau=bureau, models=models)
    return officer


def megabytes() -> float:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return cursor.fetchone()[0] / MB


def measured(officer: object) -> dict[str, Times]:
    """The median of each page by the clock and in processor time, and the p95 over all requests."""
    models = import_string("gongzhi.cycle.models")
    last = models.Project.objects.filter(code__startswith="M").select_related("unit").last()
    told = {"unit": last.unit_id, "code": last.unit.code, "project": last.pk, "question": QUESTION}
    visitor, client = import_string("django.test.Client")(), signed_in(officer)
    medians, every = {}, []
    for name, address in PAGES.items():
        asked = address.format(**told)
        for who, browser in (("visitor", visitor), ("officer", client)):
            if name in INSIDE and who == "visitor":
                continue
            times = [milliseconds(browser, asked) for _ in range(ROUNDS)][2:]
            medians[f"{name}, {who}"] = tuple(map(statistics.median, zip(*times, strict=True)))
            every += times
    at = int(P95 * len(every))
    medians["p95 of all"] = tuple(sorted(each)[at] for each in zip(*every, strict=True))
    return medians


def milliseconds(browser: object, address: str) -> Times:
    """How long a page takes by the clock, and in processor time."""
    backend = scalar("SELECT pg_backend_pid()")
    began, used = time.perf_counter(), time.process_time() + processor_time(backend)
    answer = browser.get(address, secure=True, HTTP_HOST="localhost")
    assert answer.status_code == 200, (address, answer.status_code)
    cpu = time.process_time() + processor_time(backend) - used
    return (time.perf_counter() - began) * 1000, cpu * 1000


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
        "today": seen.on,
        "pack": version.pack,
        "indicators": INDICATORS,
        "contracts": CONTRACTS,
        "payments": min(PAYMENTS, PAYMENTS_MAX // size),
        "aims": AIMS,
        "curves": json.dumps(seen.curves),
        "signals": json.dumps(seen.signals),
        "forecasts": json.dumps(seen.forecasts),
        **shares(seen),
    }
    models.WatchedSum.objects.all().delete()
    models.PurposeSum.objects.all().delete()
    with connection.cursor() as cursor:
        for statement in STATEMENTS:
            cursor.execute(statement, values)
        cursor.execute("ANALYZE")
    purposes = import_string("gongzhi.cycle.purposes.purposes")(YEAR)
    models.PurposeSum.objects.bulk_create(purposes, batch_size=500)
    for module, table_of in (("summing", models.WatchedSum), ("purposes", models.PurposeSum)):
        whole = import_string(f"gongzhi.cycle.{module}.wider")(YEAR)
        table_of.objects.bulk_create(whole)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def shares(seen: object) -> dict[str, object]:
    """The curves of what was seen by months: those of all, each weighed by its own budget."""
    curves = import_string("gongzhi.cycle.watched_record.curves_of")(seen)
    sums = import_string("gongzhi.core.monitoring.sums_of")(replace(curves, budget=Decimal(1)))
    months = ("money", "goals", "goals_weight", "money_planned", "goals_planned")
    return {"month": sums.month, "ended": sums.ended} | {
        f"share_{name}": [*getattr(sums, name)] for name in months
    }


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
SELECT id, %(year)s, %(today)s, level, 100000 + at %% 900000, 50000, (at %% 100) / 100.0,
       (at %% 97) / 97.0, %(curves)s::jsonb,
       CASE WHEN level = '' THEN '[]'::jsonb ELSE %(signals)s::jsonb END, %(forecasts)s::jsonb
FROM (SELECT id, at, CASE WHEN at %% 50 = 0 THEN 'red' WHEN at %% 11 = 0 THEN 'yellow' ELSE '' END
             AS level
      FROM (SELECT id, row_number() OVER (ORDER BY code) AS at
            FROM cycle_project WHERE code LIKE 'M%%') AS numbered) AS project
"""
NAMED = """
INSERT INTO cycle_aim (id, code, name, kind, document)
SELECT gen_random_uuid(), 'A' || lpad(at::text, 4, '0'), '第' || at || '件实事',
       CASE WHEN at %% 10 = 0 THEN 'livelihood' ELSE 'report' END, ''
FROM generate_series(1, %(aims)s) AS at
"""
DESCRIBED = """
INSERT INTO cycle_profile (id, project_id, category, functional, basis, by_year, aim_id,
    described_on, identity, fingerprint)
SELECT gen_random_uuid(), project.id, '', (201 + at %% 26)::text || '0101', '', '{}'::jsonb,
       aim.id, %(first)s, '', ''
FROM (SELECT id, row_number() OVER (ORDER BY code) AS at
      FROM cycle_project WHERE code LIKE 'M%%') AS project
LEFT JOIN cycle_aim aim ON at %% 5 < 3
     AND aim.code = 'A' || lpad((at * 7919 %% %(aims)s + 1)::text, 4, '0')
"""
SUMS = """
INSERT INTO cycle_watchedsum (region_id, unit_id, stage, fiscal_year, projects, level, "on", month,
    ended, goals_of, budget, paid, money, goals, goals_weight, money_planned, money_planned_weight,
    goals_planned, goals_planned_weight)
SELECT %(region)s, unit_id, stage, %(year)s, projects, level, %(today)s, %(month)s, %(ended)s,
       projects, budget, paid,
       ARRAY(SELECT share * budget FROM unnest(%(share_money)s::numeric[]) AS share),
       ARRAY(SELECT share * budget FROM unnest(%(share_goals)s::numeric[]) AS share),
       ARRAY(SELECT share * budget FROM unnest(%(share_goals_weight)s::numeric[]) AS share),
       ARRAY(SELECT share * budget FROM unnest(%(share_money_planned)s::numeric[]) AS share),
       budget,
       ARRAY(SELECT share * budget FROM unnest(%(share_goals_planned)s::numeric[]) AS share),
       budget
FROM (SELECT unit_id, stage, level, count(*) AS projects, sum(budget) AS budget, sum(paid) AS paid
      FROM cycle_watched JOIN cycle_project ON cycle_project.id = project_id
      GROUP BY unit_id, stage, level) AS summed
"""
ALERTED = """
INSERT INTO cycle_alert (id, project_id, fiscal_year, round, opened_on, level, signals, stage,
    label)
SELECT gen_random_uuid(), project_id, %(year)s, 8, %(today)s, level, signals,
       CASE WHEN at %% 2 = 0 THEN 'open' ELSE 'closed' END, 'internal'
FROM (SELECT *, row_number() OVER (ORDER BY id) AS at FROM cycle_watched WHERE level <> '') AS seen
"""
CHANGED = """
INSERT INTO cycle_budgetact (id, project_id, fiscal_year, kind, amount, authority, document_number,
    decided_on, reason, office_id)
SELECT gen_random_uuid(), id, %(year)s, 'amendment', 1000, '某市', '〔2026〕2号', %(first)s, '',
       (SELECT id FROM parties_office LIMIT 1)
FROM (SELECT id, row_number() OVER (ORDER BY code) AS at FROM cycle_project) AS project
WHERE at %% 100 = 0
"""
FACT = """delivery_id, row, identity, fingerprint, corrects, project_id, project_code, unit_id,
    unit_code, number, currency"""
FACT_OF = """gen_random_uuid(), 1, project.code || '-' || at, project.code || '-' || at, '',
       project.id, '', unit_id, '', project.code || '-' || at, ''"""
AGREED = f"""
INSERT INTO cycle_contract ({FACT}, process, title, supplier, supplier_id, amount, signed_on,
    method, status)
SELECT {FACT_OF}, '', '某合同', '收款人' || at, '', 400000, %(first)s, '', ''
FROM cycle_project project CROSS JOIN generate_series(1, %(contracts)s) AS at
WHERE project.code LIKE 'M%%'
"""
PAID = f"""
INSERT INTO cycle_payment ({FACT}, paid_on, amount, payee, payee_id, functional, economic, funds,
    purpose, contract)
SELECT {FACT_OF}, %(first)s + (at * 37 + hashtext(project.code)) %% 120 + 120,
       1000 + abs(hashtext(project.code)) %% 20000,
       '收款人' || abs(hashtext(project.code) + at) %% (%(size)s / 2 + 9), '', '', '302', '',
       '工程款',
       CASE at %% 3 WHEN 0 THEN '' ELSE project.code || '-' || at %% 3 END
FROM cycle_project project CROSS JOIN generate_series(1, %(payments)s) AS at
WHERE project.code LIKE 'M%%'
"""
STATEMENTS = (
    *(DEPARTMENTS, UNITS, PROJECTS, GOALS, LINES, SEEN, NAMED, DESCRIBED, SUMS),
    *(ALERTED, CHANGED, AGREED, PAID),
)

if __name__ == "__main__":
    main()
