"""Hold facts against what their deeds sealed: every row says what it said when it came.

A row's fingerprint is computed again from its columns and must be one that its deed promised; as
many rows must be there as the deed tells. A value whose key was erased holds nothing against it.
Of readings only the number is held against the deed: they keep less than their facts said.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias
from uuid import UUID

from gongzhi.connectors.kinds import NAMES
from gongzhi.connectors.sameness import fingerprint
from gongzhi.core.facts import ABOUT, Fact, ReadingFact
from gongzhi.core.terms import Said
from gongzhi.cycle.models import (
    DELIVERING,
    BudgetLine,
    Contract,
    Delivery,
    Payment,
    PlanLine,
    Reading,
    TargetLine,
)
from gongzhi.parties.models import Deed, SealedRow
from gongzhi.parties.subject_keys import keys_of

ALTERED = "{name} 第 {row} 行的{kind}与存证所承诺的不符：被改动过"
MISSING = "{name} 带来的{kind}应有 {told} 行，现在有 {kept} 行"
Table: TypeAlias = (
    type[Payment] | type[BudgetLine] | type[Contract] | type[TargetLine] | type[PlanLine]
)
CALLED: Mapping[Table, Said] = {
    Payment: Said("支付"),
    BudgetLine: Said("预算"),
    Contract: Said("合同"),
    TargetLine: Said("绩效目标"),
    PlanLine: Said("月度计划"),
}
# The columns that carry a field of a fact under another name.
COLUMNS = {"project": "project_code", "unit": "unit_code", "year": "fiscal_year"}
EQUAL_LINES_MAX = 1000
ROWS_AT_ONCE = 5000


def fact_faults() -> Iterator[Said]:
    """Rows that say something else than was sealed, and rows that are gone or came since."""
    deeds = Deed.objects.filter(verb__in=DELIVERING).order_by("pk")
    for deed in deeds.iterator():
        identifier = UUID(deed.public["delivery"])
        delivery = Delivery.objects.filter(pk=identifier).first()
        name = delivery.name if delivery else str(identifier)
        promised = _promised(deed)
        for table in CALLED:
            told = deed.public["facts"].get(NAMES[table.FACT], 0)
            yield from _faults(table, identifier, name, told, promised)
        told = deed.public["facts"].get(NAMES[ReadingFact], 0)
        kept = Reading.objects.filter(delivery=identifier).count()
        if kept != told:
            kind = Said("读数")
            yield Said(MISSING, {"name": name, "kind": kind, "told": told, "kept": kept})


def _faults(
    table: Table, delivery: UUID, name: str, told: int, promised: Counter[str] | None
) -> Iterator[Said]:
    kept, kind = 0, CALLED[table]
    rows = table._default_manager.filter(delivery=delivery).order_by("pk")
    fields = table.FACT._fields[:-ABOUT]
    columns = [COLUMNS.get(field, field) for field in fields]
    values = rows.values_list("row", "identity", "fingerprint", *columns)
    for row, identity, mark, *content in values.iterator(ROWS_AT_ONCE):
        kept += 1
        says_the_same = _says(table.FACT, content, mark, by_line=identity == mark)
        if not says_the_same or not _is_promised(promised, mark):
            yield Said(ALTERED, {"name": name, "row": row, "kind": kind})
    if kept != told:
        yield Said(MISSING, {"name": name, "kind": kind, "told": told, "kept": kept})


def _says(kind: type[Fact], content: list[Any], mark: str, *, by_line: bool) -> bool:
    """Whether the columns say what the fingerprint stands for; equal lines are counted."""
    fact = kind(*content)
    most = EQUAL_LINES_MAX if by_line else 1
    return any(fingerprint(fact, nth=nth) == mark for nth in range(1, most + 1))


def _is_promised(promised: Counter[str] | None, mark: str) -> bool:
    """Take the promise of a fingerprint, each once."""
    if promised is None:
        return True
    promised[mark] -= 1
    return promised[mark] >= 0


def _promised(deed: Deed) -> Counter[str] | None:
    """The fingerprints that a deed promised; None once their key is erased."""
    rows = SealedRow.objects.filter(deed=deed).order_by("row")
    first = rows.first()
    if first is None:
        return Counter()
    keys = keys_of([first.subject])
    opened = (row.opened(keys) for row in rows.iterator(ROWS_AT_ONCE))
    found: Counter[str] = Counter()
    for row in opened:
        if row is None:
            return None
        found[str(row.private["fingerprint"])] += 1
    return found
