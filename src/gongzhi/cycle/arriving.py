"""Facts on their way into their tables: straight into COPY, while the next ones are read.

What a file calls a project or a unit is looked up once; a fact of one that nobody has registered
keeps the code and waits (`adopt_facts`). Which facts came before is asked of the tables.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeAlias
from uuid import UUID

from django.db import connection, models

from gongzhi.connectors.importing import Batch
from gongzhi.core.facts import (
    BudgetFact,
    ContractFact,
    Fact,
    PaymentFact,
    PlanFact,
    ProjectFact,
    ReadingFact,
    TargetFact,
)
from gongzhi.core.monitoring import Course
from gongzhi.core.terms import Problem, Said, SaidValues, Where
from gongzhi.cycle.arriving_projects import Described, keep_projects
from gongzhi.cycle.long_codes import indicator_key, unit_key
from gongzhi.cycle.models import (
    BudgetLine,
    Contract,
    Delivery,
    Payment,
    PlanLine,
    Profile,
    Project,
    Reading,
    TargetLine,
)
from gongzhi.cycle.models import facts as tables
from gongzhi.cycle.on_the_way import OnTheWay, Writing, writing
from gongzhi.parties.models import Organisation
from gongzhi.rules.money import Currency

TABLES: Mapping[type[Fact], type[tables.Fact]] = {
    PaymentFact: Payment,
    BudgetFact: BudgetLine,
    ContractFact: Contract,
    TargetFact: TargetLine,
    PlanFact: PlanLine,
}
FACT_TABLES = tuple(model._meta.db_table for model in TABLES.values())
# The columns that every table of facts has, as `Arrival` fills them.
SHARED = (
    "delivery_id",
    "row",
    "identity",
    "fingerprint",
    "corrects",
    "project_id",
    "project_code",
    "unit_id",
    "unit_code",
)
# The columns of each table beside them; a field of the fact has the column's name, or this one.
RENAMED = {"fiscal_year": "year"}
Marked: TypeAlias = tuple[Fact, str, str]  # a fact, its identity, its fingerprint

PROJECT_CODE_MAX = 40
COURSES = frozenset(("", *map(str, Course)))
COURSES_ARE = Said("请写 so_far（累计）、adds_up（逐期相加）、peak（峰值）或 kept（保持）")
OF_OTHERS = Said("请删去别的单位的行，或由财政部门导入")
UNREGISTERED = Said("请先登记，或改正代码")
SHORTER = Said("请用登记时的项目代码")
BACKWARDS = Said("结束日期早于开始日期"), Said("请核对两个日期")
EXCHANGE = Said("不同币种的金额不能相加：请换算后再导入")
NO_VALUE = Said("请填数值，或写明是什么情况")


def codes_of(fact: Fact) -> tuple[str, str]:
    """What the source calls the project and the unit of a fact; nothing where it is silent."""
    match fact:
        case ProjectFact():
            return fact.code, fact.unit or fact.unit_name
        case TargetFact() | PlanFact():
            return fact.project, ""
    return fact.project, fact.unit


@dataclass(slots=True, kw_only=True)
class Registered:
    """What is registered under which code, asked once for a whole file.

    A unit is found by its name too, unless another has the same name or has it for its code.
    coming are the projects that the file itself registers, each with its unit.
    """

    projects: dict[str, tuple[UUID, UUID]]
    units: Mapping[str, UUID]
    above: Mapping[UUID, UUID | None]
    coming: dict[str, UUID] = field(default_factory=dict)

    @classmethod
    def now(cls) -> "Registered":
        """Everything that is registered at this moment."""
        projects = Project.objects.values_list("code", "pk", "unit_id")
        units = Organisation.objects.values_list("code", "pk", "parent_id", "name")
        called = Counter(name for _, _, _, name in units)
        names = {name: unit for _, unit, _, name in units if called[name] == 1}
        return cls(
            projects={code: (project, unit) for code, project, unit in projects},
            units=names | {code: unit for code, unit, _, _ in units},
            above={unit: department for _, unit, department, _ in units},
        )

    def of(self, fact: Fact) -> tuple[UUID | None, UUID | None]:
        """The project and the unit of a fact: that of its project, else the one it names."""
        return self._called(*codes_of(fact))

    def _called(self, code: str, named: str) -> tuple[UUID | None, UUID | None]:
        project, owner = self.projects.get(code, (None, None))
        return project, owner or self.coming.get(code) or self.unit(named)

    def unit(self, named: str) -> UUID | None:
        """The unit that a source calls so; one with a long code is registered by its key."""
        return self.units.get(named) or self.units.get(unit_key(named))

    def columns(self, fact: Fact) -> tuple[UUID | None, str, UUID | None, str]:
        """The project and the unit of a fact, each with the code that the source calls it by."""
        code, named = codes_of(fact)
        project, unit = self._called(code, named)
        return project, code, unit, named

    def unit_of(self, project: ProjectFact) -> UUID:
        """The unit of a project that is told of; `against` asks before whether there is one."""
        unit = self.unit(codes_of(project)[1])
        assert unit is not None, "a project of an unknown unit isn't kept"
        return unit

    def expect(self, project: ProjectFact) -> None:
        """Know of a project before it is registered, which is done with its whole batch."""
        if project.code not in self.projects:
            self.coming[project.code] = self.unit_of(project)

    def has_project(self, code: str) -> bool:
        """Whether the project is registered, or is about to be."""
        return code in self.projects or code in self.coming

    def is_under(self, organisation: UUID, unit: UUID | None) -> bool:
        """Whether a unit is the organisation, or the organisation is the department above it."""
        return unit is not None and organisation in (unit, self.above.get(unit))


@dataclass(slots=True, kw_only=True)
class Arrival:
    """A delivery under way: of facts of these kinds, on a business date.

    money: the currency in which the place adds up its amounts.
    own: the organisation whose facts alone it may bring; None for all. years are those that the
    facts kept so far speak of; on_the_way are facts that go to the database meanwhile.
    """

    delivery: Delivery
    registered: Registered
    kinds: frozenset[type[Fact]]
    on: date
    money: Currency
    own: UUID | None = None
    years: set[int] = field(default_factory=set)
    on_the_way: OnTheWay = field(default_factory=OnTheWay)

    @property
    def tables(self) -> list[str]:
        """Where facts of the kinds that it brings were kept before."""
        kept: Mapping[type[Fact], type[models.Model]] = {
            **TABLES,
            ProjectFact: Profile,
            ReadingFact: Reading,
        }
        return [kept[kind]._meta.db_table for kind in self.kinds if kind in kept]

    def known(self, identities: Sequence[str]) -> Mapping[str, str]:
        """Of identities that were imported before, the fingerprint that each had last."""
        self.on_the_way.finish()
        met: dict[str, str] = {}
        with connection.cursor() as cursor:
            for table in self.tables:
                cursor.execute(
                    f"SELECT DISTINCT ON (identity) identity, fingerprint FROM {table}"  # noqa: S608
                    " WHERE identity = ANY(string_to_array(%s, ',')) ORDER BY identity, id DESC",
                    [",".join(identities)],
                )
                met.update(cursor.fetchall())
        return met

    def against(self, fact: Fact) -> Problem | None:
        """Why this delivery can't bring the fact: no table takes it, or it is somebody else's."""
        self.on_the_way.step()
        found = self._lacking(fact)
        if found is None and self.own is not None:
            _, unit = self.registered.of(fact)
            if not self.registered.is_under(self.own, unit):
                found = (Said("不是本单位的：{code}", {"code": codes_of(fact)[1]}), OF_OTHERS)
        if found is None:
            if isinstance(fact, ProjectFact):
                self.registered.expect(fact)
            return None
        what, hint = found
        place = Where(sheet=fact.origin.sheet or None, row=fact.origin.row)
        return Problem(where=place, what=what, hint=hint)

    def _lacking(self, fact: Fact) -> tuple[Said, Said] | None:
        """What a project or a reading can't do without."""
        project, unit = codes_of(fact)
        match fact:
            case PaymentFact() | BudgetFact() | PlanFact():  # the most by far
                return self._in_other_money(fact.currency) if fact.currency else None
            case TargetFact() if fact.course not in COURSES:
                return Said("不认识累计方式“{course}”", {"course": fact.course}), COURSES_ARE
            case ProjectFact() if self.registered.unit(unit) is None:
                return Said("单位代码没有登记：{code}", {"code": unit}), UNREGISTERED
            case ProjectFact() if len(project) > PROJECT_CODE_MAX:
                return Said("项目代码超过 {most} 个字", {"most": PROJECT_CODE_MAX}), SHORTER
            case ReadingFact() if not self.registered.has_project(project):
                return Said("项目代码没有登记：{code}", {"code": project}), UNREGISTERED
            case ProjectFact() | ReadingFact() if _is_backwards(fact):
                return BACKWARDS
            case ReadingFact() if fact.value is None and not fact.text:
                return Said("没有数值，也没有文字"), NO_VALUE
        return None

    def _in_other_money(self, currency: str) -> tuple[Said, Said] | None:
        """That an amount can't be added to those of the place."""
        if self.money.is_called(currency):
            return None
        told: SaidValues = {"currency": currency, "own": self.money.said}
        return Said("金额的币种是“{currency}”，这里记的是{own}", told), EXCHANGE

    def keep(self, batch: Batch) -> None:
        """Let the facts of a batch go to their tables, in the transaction of their deed.

        One goes with each fact that is read meanwhile (`against`), the others before the database
        is asked anything (`known`). Beside projects they go at once: a later batch may register
        what these are of.
        """
        assert connection.in_atomic_block, "facts are kept in the transaction of their deed"
        self.on_the_way.finish()
        by_kind: dict[type[Fact], list[Marked]] = {}
        marked = zip(batch.facts, batch.identities, batch.fingerprints, strict=True)
        for each in marked:
            by_kind.setdefault(each[0].__class__, []).append(each)
        self.years.update(_years(batch.facts))
        if told := by_kind.pop(ProjectFact, ()):
            self._register(told)
        self._read(by_kind.pop(ReadingFact, ()))
        self.on_the_way.begin(self._written(by_kind))
        if ProjectFact in self.kinds:
            self.on_the_way.finish()

    def _written(self, by_kind: Mapping[type[Fact], Sequence[Marked]]) -> Writing:
        for kind, mine in by_kind.items():
            table, own = TABLES[kind]._meta.db_table, _own_columns(TABLES[kind])
            yield from writing(table, columns=(*SHARED, *own), rows=self._rows(mine, own))

    def _register(self, marked: Sequence[Marked]) -> None:
        """Add what is told of projects, and those that nobody has registered."""
        registered = self.registered
        told = [
            Described(
                fact=fact,
                unit=registered.unit_of(fact),
                identity=identity,
                fingerprint=fingerprint,
            )
            for fact, identity, fingerprint in marked
            if isinstance(fact, ProjectFact)
        ]
        known = {code: project for code, (project, _) in registered.projects.items()}
        added = keep_projects(told, known=known, delivery=self.delivery, on=self.on)
        registered.projects.update({each.code: (each.pk, each.unit_id) for each in added})
        adopt_facts(added)

    def _read(self, marked: Sequence[Marked]) -> None:
        """Add readings; one that corrects another points to it."""
        corrected = _read_before([fact.corrects for fact, _, _ in marked if fact.corrects])
        Reading.objects.bulk_create(
            Reading(
                project_id=self.registered.projects[fact.project][0],
                indicator=indicator_key(fact.indicator),
                starts_on=fact.starts_on,
                ends_on=fact.ends_on,
                value=fact.value,
                text=fact.text[:500],
                source=Reading.Source.DATA,
                organisation_id=self.delivery.organisation_id,
                evidence=fact.evidence[:500],
                delivery=self.delivery,
                identity=identity,
                fingerprint=fingerprint,
                corrects_id=corrected.get(fact.corrects),
                read_on=self.on,
            )
            for fact, identity, fingerprint in marked
            if isinstance(fact, ReadingFact)
        )

    def _rows(self, marked: Sequence[Marked], columns: Sequence[str]) -> Iterator[Sequence[Any]]:
        names = marked[0][0]._fields
        places = [names.index(RENAMED.get(name, name)) for name in columns]
        delivery = self.delivery.pk
        for fact, identity, fingerprint in marked:
            yield (
                delivery,
                fact.origin.row,
                identity,
                fingerprint,
                fact.corrects,
                *self.registered.columns(fact),
                *[fact[place] for place in places],
            )


def _is_backwards(fact: ProjectFact | ReadingFact) -> bool:
    return bool(fact.starts_on and fact.ends_on and fact.ends_on < fact.starts_on)


def _years(facts: Iterable[Fact]) -> Iterator[int]:
    """The years of which facts change what monitoring sees."""
    for fact in facts:
        match fact:
            case PaymentFact():
                yield fact.paid_on.year
            case BudgetFact() | TargetFact() | PlanFact():
                yield fact.year
            case ReadingFact():
                yield fact.ends_on.year


def _own_columns(model: type[tables.Fact]) -> tuple[str, ...]:
    columns = (each.column or "" for each in model._meta.local_fields)
    return tuple(name for name in columns if name not in {"id", *SHARED})


def _read_before(fingerprints: Sequence[str]) -> Mapping[str, UUID]:
    """The readings that say what these fingerprints say."""
    rows = Reading.objects.filter(fingerprint__in=fingerprints)
    return dict(rows.values_list("fingerprint", "pk"))


def adopt_facts(projects: Iterable[Project]) -> int:
    """Give projects the facts that came before them, under their codes; how many there were."""
    identifiers, adopted = [project.pk for project in projects], 0
    with connection.cursor() as cursor:
        for table in FACT_TABLES:
            cursor.execute(
                f"UPDATE {table} AS fact"  # noqa: S608
                " SET project_id = project.id, unit_id = COALESCE(fact.unit_id, project.unit_id)"
                " FROM cycle_project AS project"
                " WHERE fact.project_id IS NULL AND fact.project_code = project.code"
                " AND project.id = ANY(%s)",
                [identifiers],
            )
            adopted += cursor.rowcount
    return adopted
