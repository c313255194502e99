"""What asking the charter costs, beside hand-written ifs and a row-permission library.

    ./run bench charter

A decision with cached handles, the same asked again, the thirty questions of a page in one call;
100,000 rows filtered in the database; and how a decision grows with the number of policies. The
peers do the same work in the same run: Python ifs, hand-written SQL, django-guardian (a program of
its own, bench/guarded.py). Medians; times of one process on the wall.
"""

import contextlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path
from uuid import uuid4

from django.db import connection
from django.db.models import Q
from django.utils.module_loading import import_string
from installation import with_the_city
from measuring import fingerprint, table

from gongzhi.cli.postgres import running
from gongzhi.cli.postgres_roles import OWNER
from gongzhi.core.charter import Charter, Member, PartyKind, Thing, decide, decide_all, read_charter
from gongzhi.core.charter.deciding import BROKEN
from gongzhi.core.terms import FormType
from gongzhi.rules.charter import load_charter, read_texts

ROUNDS = 300
ROWS = 100_000
QUERIES = 15
SIZES = (10, 100, 300, 1000)
QUESTIONS = 30
GUARDED = Path(__file__).with_name("guarded.py")
fresh = count()


def main() -> None:
    print(fingerprint(), "\n")
    decisions()
    print()
    growth()
    print()
    os.environ["DJANGO_SETTINGS_MODULE"] = "gongzhi.web.settings"
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        Path(folder).chmod(0o711)  # the database server's own user passes through
        server = stack.enter_context(running(Path(folder)))
        os.environ["DATABASE_URL"] = os.environ["DATABASE_OWNER_URL"] = server.url(role=OWNER)
        with_the_city(Path(folder), stack=stack)
        rows(server.url(role=OWNER))


def member(unit: str = "unit") -> Member:
    return Member(
        kind=PartyKind.GOVERNMENT,
        organisation=unit,
        person="person",
        office="office",
        roles=frozenset({"officer", "reviewer"}),
        regions=("county", "province"),
        second_factor=True,
        fresh=True,
    )


def version(owner: str = "unit") -> Thing:
    """A version that was never asked about before, so that no answer is in memory."""
    return Thing(
        kind="form_version",
        id=f"version-{next(fresh)}",
        owner=owner,
        stage="draft",
        authors=frozenset({"somebody"}),
        conflicted=frozenset(),
        regions=("county", "province"),
    )


def by_hand(who: Member, verb: str, thing: Thing) -> bool:
    """The ifs that a program without a charter would have; no clause, no reason."""
    if verb == "view_form_version":
        return thing.stage == "published" or thing.owner == who.organisation
    if thing.owner != who.organisation or not who.second_factor or not who.fresh:
        return False
    if verb == "publish_form":
        is_reviewer = "reviewer" in who.roles and thing.stage == "draft"
        return is_reviewer and who.person not in (thing.authors or ())
    return "officer" in who.roles


def decisions() -> None:
    charter, who = load_charter(), member()
    verbs = list(charter.verbs_on["form_version"])
    again = version()
    page = [(verbs[at % len(verbs)], version()) for at in range(QUESTIONS)]
    assert decide(charter, who, "publish_form", again), "a question that is answered, not broken"
    answered = decide_all(charter, who, questions(verbs))
    assert {bool(answer) for answer in answered} == {True, False}
    assert BROKEN not in [answer.reason for answer in answered]
    one = median(lambda: decide(charter, who, "publish_form", version()))
    same = median(lambda: decide(charter, who, "publish_form", again))
    thirty = median(lambda: decide_all(charter, who, questions(verbs)))
    ifs = median(lambda: by_hand(who, "publish_form", again))
    ifs_30 = median(lambda: [by_hand(who, verb, thing) for verb, thing in page])
    print(
        table(
            ["question", "charter µs", "ifs µs", "to reach"],
            [
                ["a decision", f"{one:.0f}", f"{ifs:.1f}", "≤ 150 µs"],
                ["asked again", f"{same:.1f}", f"{ifs:.1f}", "≤ 5 µs"],
                [f"{QUESTIONS} of a page", f"{thirty:.0f}", f"{ifs_30:.1f}", "≤ 1,000 µs over"],
            ],
        )
    )


def questions(verbs: list[str]) -> tuple[tuple[str, Thing], ...]:
    """A page's: every verb with each of the few things that stand on it."""
    things = [version() for _ in range(-(-QUESTIONS // len(verbs)))]
    return tuple((verb, thing) for thing in things for verb in verbs)[:QUESTIONS]


def growth() -> None:
    who, lines = member(), []
    for size in SIZES:
        charter = with_policies(size)
        assert decide(charter, who, "publish_form", version())
        took = median(lambda charter=charter: decide(charter, who, "publish_form", version()))
        lines.append([f"{size:,}", f"{took:.0f}", f"{took / size:.2f}"])
    print(table(["policies", "a decision µs", "µs each"], lines))


def with_policies(size: int) -> Charter:
    """The model text with more rights of the same shape, or as many of its own as fit."""
    texts = read_texts()
    own = len(load_charter().policies)
    more = "\n".join(
        f'@id("more-{at}") @clause("4.3")\n'
        f'permit (principal in Party::"unit", action == Action::"publish_form", resource)\n'
        f'when {{ principal in resource.owner && resource.stage == "stage-{at}" }};'
        for at in range(max(0, size - own))
    )
    charter = read_charter(replace(texts, policies={**texts.policies, "more.cedar": more}))
    if size >= own:
        return charter
    kept = tuple(p for p in charter.policies if "publish_form" in p.verbs)[:size]
    rest = tuple(p for p in charter.policies if p not in kept)[: size - len(kept)]
    return replace(charter, policies=(*kept, *rest))


def rows(address: str) -> None:
    versions, unit = many_versions()
    reader = replace(member(unit), person=str(uuid4()), office=str(uuid4()), regions=())
    hand = Q(stage="published") | Q(project__unit_id=unit)
    product = median(lambda: versions.visible_to(reader).count(), QUERIES)
    plain = median(lambda: versions.filter(hand).count(), QUERIES)
    assert versions.visible_to(reader).count() == versions.filter(hand).count() > ROWS // 3
    command = [sys.executable, str(GUARDED), address, str(ROWS), str(QUERIES)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    guarded = json.loads(done.stdout)
    print(
        table(
            [f"{ROWS:,} rows", "ms", "over the bare query ms"],
            [
                ["visible_to", ms(product), ms(product - plain)],
                ["the same SQL by hand", ms(plain), "0.0"],
                ["django-guardian", f"{guarded['list_ms']:.1f}", ms_over(guarded, plain)],
                ["django-guardian, one decision", f"{guarded['decision_ms']:.3f}", ""],
            ],
        )
    )


def ms(microseconds: float) -> str:
    return f"{microseconds / 1000:.1f}"


def ms_over(guarded: dict[str, float], plain: float) -> str:
    return f"{guarded['list_ms'] - plain / 1000:.1f}"


def many_versions() -> tuple[object, str]:
    """Half of them of the reader's own unit, half withdrawn drafts of another."""
    form_version = import_string("gongzhi.cycle.models.FormVersion")
    project = import_string("gongzhi.cycle.models.Project")
    unit, other = import_string("gongzhi.parties.models.Organisation").objects.all()[:2]
    person = import_string("gongzhi.parties.models.Person").objects.first()
    projects = project.objects.bulk_create(
        project(code=f"bench-{at}", name="bench", unit=(unit, other)[at % 2])
        for at in range(ROWS // 100)
    )
    form_version.objects.bulk_create(
        (
            form_version(
                id=uuid4(),
                project=projects[at % len(projects)],
                form_type=FormType.SELF_EVALUATION,
                fiscal_year=1000 + at // len(projects),
                stage="withdrawn",
                record={},
                pack="bench",
                drafted_by=person,
            )
            for at in range(ROWS)
        ),
        batch_size=5_000,
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return form_version.objects.all(), str(unit.pk)


def median(task: Callable[[], object], rounds: int = ROUNDS) -> float:
    """The median of a task in microseconds."""
    times = []
    for _ in range(rounds):
        before = time.perf_counter()
        task()
        times.append(time.perf_counter() - before)
    return statistics.median(times) * 1e6


if __name__ == "__main__":
    main()
