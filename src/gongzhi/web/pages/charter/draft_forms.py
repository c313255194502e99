"""A draft of an amendment out of what was submitted, and out of what was proposed before."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.http import QueryDict

from gongzhi.core.charter import Charter
from gongzhi.core.charter.amending import Changes
from gongzhi.web.pages.charter.drafts import (
    Draft,
    DraftClause,
    DraftGrant,
    DraftPolicy,
    draft_about,
)

CLAUSES_MAX = 20
GRANTS_MAX = 10
GRANT_FIELDS = ("party", "verb", "role", "own_unit", "stage", "clause")


def draft_submitted(posted: QueryDict, base: Charter) -> Draft:
    """The draft as the form was filled in."""
    begun = draft_about(base, tuple(posted.getlist("clause")[:CLAUSES_MAX]))
    return replace(
        begun,
        title=posted.get("title", ""),
        reason=_text(posted.get("reason")),
        clauses=tuple(_clause(clause, posted) for clause in begun.clauses),
        policies=tuple(_policy(policy, posted) for policy in begun.policies),
        grants=_grants(posted),
        cedar=_text(posted.get("cedar")),
    )


def draft_of(changes: Changes, base: Charter, *, title: str, reason: str) -> Draft:
    """The draft whose changes these are: what a revision starts from."""
    touched = {policy.id: policy for policy in base.policies if policy.id in changes.policies}
    resting = (number for policy in touched.values() for number in policy.clauses)
    begun = draft_about(base, (*changes.clauses, *resting))
    new = (c.source for i, c in changes.policies.items() if i not in touched and c.source)
    return replace(
        begun,
        title=title,
        reason=reason,
        clauses=tuple(_changed_clause(clause, changes) for clause in begun.clauses),
        policies=tuple(_changed_policy(policy, changes) for policy in begun.policies),
        cedar="\n\n".join(new),
    )


def _clause(clause: DraftClause, posted: QueryDict) -> DraftClause:
    def field(name: str, before: str) -> str:
        return _text(posted.get(f"{name}.{clause.number}", before))

    return replace(
        clause,
        kind=field("kind", clause.kind) if clause.is_new else clause.kind,
        title_zh=field("title_zh", clause.title_zh),
        title_en=field("title_en", clause.title_en),
        text_zh=field("text_zh", clause.text_zh),
        text_en=field("text_en", clause.text_en),
        within_days=field("within_days", clause.within_days),
        repealed=f"repeal.{clause.number}" in posted,
    )


def _policy(policy: DraftPolicy, posted: QueryDict) -> DraftPolicy:
    return replace(
        policy,
        text=_text(posted.get(f"policy.{policy.id}", policy.before)),
        dropped=f"drop.{policy.id}" in posted,
    )


def _grants(posted: QueryDict) -> tuple[DraftGrant, ...]:
    columns = [posted.getlist(f"grant_{name}")[:GRANTS_MAX] for name in GRANT_FIELDS]
    rows = zip(*columns, strict=False)
    return tuple(
        DraftGrant(
            party=party,
            verb=verb,
            role=role,
            own_unit=own_unit == "yes",
            stage=stage,
            clause=clause,
        )
        for party, verb, role, own_unit, stage, clause in rows
        if party
    )


def _changed_clause(clause: DraftClause, changes: Changes) -> DraftClause:
    if clause.number not in changes.clauses:
        return clause
    table = changes.clauses[clause.number]
    return replace(clause, repealed=True) if table is None else _read(clause, table)


def _read(clause: DraftClause, table: Mapping[str, Any]) -> DraftClause:
    days = table.get("owed", {}).get("within_days")
    return replace(
        clause,
        kind=table["kind"],
        title_zh=table["title"]["zh"],
        title_en=table["title"]["en"],
        text_zh=table["text"]["zh"],
        text_en=table["text"]["en"],
        within_days="" if days is None else str(days),
    )


def _changed_policy(policy: DraftPolicy, changes: Changes) -> DraftPolicy:
    change = changes.policies.get(policy.id)
    if change is None:
        return policy
    if change.source is None:
        return replace(policy, dropped=True)
    return replace(policy, text=change.source)


def _text(value: str | None) -> str:
    """What was written, with the line ends that everything else has."""
    return (value or "").replace("\r\n", "\n").strip()
