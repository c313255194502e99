"""Next year's money from the database and back: scores, panels, proposals of a city, all written.

    ./run bench results [projects…] [parties=4]

A project has 68 payments, a budget, ten goals with 44 readings, a published self-evaluation, and
the sheets of concluded evaluations by so many parties: of the department, the finance bureau, a
third party and a social organisation. Measured is the whole deed, which reads and scores all of it
anew, computes each proposal with and without the social organisation, writes it and seals each as a
row; then the same a second time, which replaces the first; the audit, which makes every proposal of
both again; and one page of the room of results. Told are seconds by the clock, and of processor
time of the program and its database backend, which others on the machine lengthen less.
"""

import random
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from django.db import connection
from django.utils.module_loading import import_string
from installation import installation
from measuring import fingerprint, seconds, table
from panels import FRAME, KINDS, PACK, sheets
from people import budget_officer, founded, signed_in
from searching import processor_time, scalar
from watching import YEAR, fill

from gongzhi.core.scoring.records import frame_as_record, sheet_as_record
from gongzhi.core.terms import Form, FormType, Indicator
from gongzhi.papers.record import form_as_record

SIZES = (30, 300, 3_000)
PARTIES = "parties="
FIRST = date(YEAR, 1, 1)
DEEDS = "gongzhi.cycle.actions.results"


def main() -> None:
    given = [each for each in sys.argv[1:] if not each.startswith(PARTIES)]
    sizes = [int(each) for each in given] or SIZES
    if len(sizes) > 1:  # each with a database of its own, in a program of its own
        for size in sizes:
            subprocess.run([sys.executable, __file__, str(size), *_asked()], check=True)
        return
    print(fingerprint(), "\n")
    with installation():
        heads = ["projects", "sheets", "proposed s / cpu", "again", "audited", "page s"]
        print(table(heads, [measured(sizes[0])]))
        connection.close()


def _asked() -> list[str]:
    return [each for each in sys.argv[1:] if each.startswith(PARTIES)]


def kinds() -> list[str]:
    """The kinds of evaluation that each project has."""
    return list(KINDS)[: int(_asked()[-1].removeprefix(PARTIES))] if _asked() else list(KINDS)


def measured(size: int) -> list[str]:
    models = import_string("gongzhi.cycle.models")
    bureau = founded()
    fill(size, bureau=bureau, models=models)
    judged(bureau, models=models)
    person = budget_officer(bureau, since=FIRST)
    office = import_string("gongzhi.parties.models.Office").objects.get(person=person)
    member = import_string("gongzhi.parties.members.member_in")
    by = member(office, second_factor=True, fresh=True)
    propose = import_string(f"{DEEDS}.propose_results")

    def proposed() -> None:
        made = propose(
            by=by, region=bureau.region, fiscal_year=YEAR + 1,
            projects=models.Project.objects.all(),
        )  # fmt: skip
        assert len(made) == size, len(made)

    faults = import_string("gongzhi.cycle.result_auditing.result_faults")
    told = [cost(work) for work in (proposed, proposed, lambda: _none(list(faults())))]
    return [f"{size:,}", f"{size * len(kinds()):,}", *told, f"{page(person):.3f}"]


def cost(work: Callable[[], object]) -> str:
    """Seconds by the clock, and of processor time here and of the database."""
    backend = scalar("SELECT pg_backend_pid()")
    used = time.process_time() + processor_time(backend)
    wall = seconds(work)
    return f"{wall:.2f} / {time.process_time() + processor_time(backend) - used:.2f}"


def _none(found: list[object]) -> None:
    assert found == [], found[:3]


def page(person: object) -> float:
    """The middle of five requests for the room of results."""
    client = signed_in(person)

    def asked() -> None:
        answer = client.get(f"/results/?year={YEAR}", secure=True, HTTP_HOST="localhost")
        assert answer.status_code == 200, answer.status_code

    return sorted(seconds(asked) for _ in range(5))[2]


def judged(bureau: object, *, models: object) -> None:
    """A published form and four concluded sheets of each project: not measured."""
    person = import_string("gongzhi.parties.models.Person").objects.first()
    projects = list(models.Project.objects.select_related("unit"))
    models.FormVersion.objects.bulk_create(
        models.FormVersion(
            project=project, form_type=FormType.SELF_EVALUATION, fiscal_year=YEAR, number=1,
            stage="published", record=form_as_record(form(random.Random(number))), pack=PACK,
            drafted_by=person, published_on=FIRST,
        )
        for number, project in enumerate(projects)
    )  # fmt: skip
    others = evaluators(bureau)
    rows, drawn = [], []
    for number, project in enumerate(projects):
        for kind, sheet in zip(kinds(), sheets(random.Random(number)), strict=False):
            row = models.Evaluation(
                project=project, evaluated=bureau, fiscal_year=YEAR, kind=kind,
                evaluator=others[kind], commissioner=bureau, stage="concluded", label="public",
                pack=PACK, frame=frame_as_record(FRAME), chosen_because="抽查", chosen_on=FIRST,
                due_on=FIRST,
            )  # fmt: skip
            rows.append(row)
            drawn.append((row, sheet))
    models.Evaluation.objects.bulk_create(rows, batch_size=1_000)
    models.ScoreSheet.objects.bulk_create(
        (
            models.ScoreSheet(
                evaluation=row, number=1, record=sheet_as_record(sheet), drafted_by=person,
                drafted_on=FIRST,
            )
            for row, sheet in drawn
        ),
        batch_size=1_000,
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def evaluators(bureau: object) -> dict[str, object]:
    organisation = import_string("gongzhi.parties.models.Organisation")
    return {
        kind: organisation.objects.create(
            region=bureau.region, code=f"E{number}", name=f"某机构{number}",
            kind="social" if kind == "social" else "evaluator",
        )
        for number, kind in enumerate(KINDS)
    }  # fmt: skip


def form(chance: random.Random) -> Form:
    """A whole self-evaluation of its own figures: execution and nine lines that make a hundred."""
    return Form(
        form_type=FormType.SELF_EVALUATION,
        layout="std2020",
        fiscal_year=YEAR,
        money_unit="元",
        budget_initial=Decimal(1_200_000),
        budget_adjusted=Decimal(1_200_000),
        executed=Decimal(chance.randrange(600_000, 1_200_000)),
        execution_weight=Decimal(10),
        indicators=tuple(
            Indicator(
                level1="产出", level2="数量", level3=f"指标{number}",
                target_text=f"≥{chance.randrange(50, 2_000)}公里",
                actual_text=f"{chance.randrange(40, 2_500)}公里", weight=Decimal(10),
            )
            for number in range(9)
        ),
    )  # fmt: skip


if __name__ == "__main__":
    main()
