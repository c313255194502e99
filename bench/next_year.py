"""The room of next year's money at a region's size: its page, beside the engine on the same case.

    ./run bench next_year [projects…]

A region's proposals wait: a department for each hundred projects, twelve classes, grades and scores
as in `bench allocating`. Measured is the page as the finance bureau opens it, with one number set
(it is held against what nobody changed), the same again with four scenarios kept, the same once
more (nothing changed since), and the next page of projects. Engine is one allocation of the same
proposals by the core alone. All are seconds by the clock, of one request each, and of the program's
own processor.
"""

import random
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from urllib.parse import urlencode

from allocating import asked as city
from allocating import cpu
from django.db import connection
from django.utils.module_loading import import_string
from installation import installation
from measuring import fingerprint, seconds, table
from people import budget_officer, founded, signed_in

from gongzhi.core.balance.allocation import allocate

SIZES = (100, 3_000, 10_000)
YEAR = 2026
FIRST = date(YEAR, 1, 1)
TODAY = date(YEAR + 1, 5, 20)
PACK = "mof-2020-10"
KEPT = 4
CLASSES = ("201", "204", "205", "206", "207", "208", "210", "211", "212", "213", "214", "215")


def main() -> None:
    sizes = [int(each) for each in sys.argv[1:]] or list(SIZES)
    if len(sizes) > 1:  # each with a database of its own, in a program of its own
        for size in sizes:
            subprocess.run([sys.executable, __file__, str(size)], check=True)
        return
    print(fingerprint(), "\n")
    with installation():
        heads = ["projects", "engine", "opened", "one set", "four kept", "again", "next page"]
        heads += ["kilobytes"]
        print(table(heads, [measured(sizes[0])]))
        connection.close()


def measured(size: int) -> list[str]:
    bureau = founded()
    fill(size, bureau=bureau)
    import_string("gongzhi.parties.actions.setting_up.move_business_date")(to=TODAY)
    person = budget_officer(bureau, since=FIRST)
    client = signed_in(person)
    ground_of, scenario_of = (
        import_string(f"gongzhi.web.pages.results.allocation_asked.{name}")
        for name in ("ground_of", "Scenario")
    )
    office = import_string("gongzhi.parties.models.Office").objects.get(person=person)
    by = import_string("gongzhi.parties.members.member_in")(office, second_factor=True, fresh=True)
    ground = ground_of(by, YEAR)
    assert len(ground.rows) == size, len(ground.rows)
    total = (ground.proposed * Decimal("0.97")).quantize(Decimal("0.01"))
    first = ground.requests[0]
    scenario = scenario_of(total=total, fixed={first.id: Decimal("0.00")})
    query = urlencode(scenario.query(YEAR))
    plain = urlencode({"year": YEAR, "total": str(total)})
    engine = both(lambda: allocate(ground.asked(scenario)))
    opened, one_set = both(lambda: page(client, plain)), both(lambda: page(client, query))
    keep(by, total)
    four, again = both(lambda: page(client, query)), both(lambda: page(client, query))
    following = both(lambda: page(client, f"{query}&page=2"))
    weight = len(page(client, query).content) // 1000
    return [
        f"{size:,}", engine, opened, one_set, four, again, following, f"{weight:,}"
    ]  # fmt: skip


def both(work: Callable[[], object]) -> str:
    """Seconds by the clock, and of the processor."""
    walls: list[float] = []
    used = cpu(lambda: walls.append(seconds(work)))
    return f"{walls[0]:.2f} / {used:.2f}"


def page(client: object, query: str) -> object:
    answer = client.get(f"/results/allocation/?{query}", secure=True)
    assert answer.status_code == 200, answer.status_code
    return answer


def keep(by: object, total: Decimal) -> None:
    """Scenarios of four other totals."""
    save = import_string("gongzhi.desk.actions.views.save_view")
    for number in range(1, KEPT + 1):
        less = (total * (100 - number) / 100).quantize(Decimal("0.01"))
        query = urlencode({"year": YEAR, "total": str(less)})
        save(by=by, page="allocation", query=query, name=f"方案{number}")


def fill(size: int, *, bureau: object) -> None:
    """Projects of departments with classes, and a proposal for each: not measured."""
    models = import_string("gongzhi.cycle.models")
    organisation = import_string("gongzhi.parties.models.Organisation")
    asked = city(size, random.Random(size), stop=False)
    person = import_string("gongzhi.parties.models.Person").objects.first()
    names = sorted({each.department for each in asked.requests})
    units = {
        name: organisation(code=f"D{number}", name=name, kind="government", region=bureau.region)
        for number, name in enumerate(names)
    }
    organisation.objects.bulk_create(units.values())
    projects = [
        models.Project(code=each.id, name=each.name, unit=units[each.department])
        for each in asked.requests
    ]
    models.Project.objects.bulk_create(projects)
    models.Profile.objects.bulk_create(
        models.Profile(project=each, functional=f"{CLASSES[at % 12]}0101", described_on=FIRST)
        for at, each in enumerate(projects)
    )
    models.ResultProposal.objects.bulk_create(
        models.ResultProposal(
            project=project, fiscal_year=YEAR + 1, base=each.base, result=each.asked, pack=PACK,
            made_by=person, made_on=TODAY, due_on=TODAY, record=record(each),
        )
        for project, each in zip(projects, asked.requests, strict=True)
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def record(each: object) -> dict[str, object]:
    return {
        "v": 1,
        "facts": {
            "base": str(each.base), "grade": each.grade, "score": str(each.score),
            "execution": "1", "rectifications_open": 0, "duties_unmet": 0,
        },
        "money": {"budget": str(each.base), "paid": None},
    }  # fmt: skip


if __name__ == "__main__":
    main()
