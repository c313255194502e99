"""Seal marks: for every thing on a page the deed that last touched it, as it stands in the log.

Most things are the object of their own deeds. Where one was made by a deed on something else, a
line in MAKERS says how its maker names it. A list of any length costs the same few queries.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Model, Q

from gongzhi.core.charter import INSTALLATION, Member
from gongzhi.desk.actions.attachments import ATTACHING
from gongzhi.desk.things import kind_of
from gongzhi.parties.models import Deed, Organisation
from gongzhi.trust.seals import Seal, seals_of

# A version of a form is what these deeds made of it; answers to its findings are not of it.
FORM_DEEDS = ("publish_form", "correct_form", "withdraw_draft")
# An amendment is what was decided on it; comments are not of it.
AMENDMENT_DEEDS = ("revise_amendment", "withdraw_amendment", "review_amendment", "issue_amendment")
# A version of the rules is what issued it; what is proposed to change it is not of it.
VERSION_DEEDS = ("issue_amendment", "take_up_model_text")

# Deeds with many versions of goals at once.
BUDGET_DEEDS = (
    "draft_budget", "submit_budget", "forward_budget", "hand_back_budget", "return_budget",
    "approve_budget",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Maker:
    """Deeds that make a thing: on what they are done, and the public fact that names the thing.

    among: the fact names many, and the thing is one of them.
    """

    verbs: tuple[str, ...]
    field: str
    among: bool = False
    names: Callable[[Any], Any] = lambda row: str(row.pk)
    on: Callable[[Any], str | tuple[str, ...]] | None = None


def unit_and_department(unit: Organisation) -> tuple[str, ...]:
    """What deeds with many goals of a unit are about: the unit, or the department above it."""
    return tuple(f"organisation:{pk}" for pk in (unit.pk, unit.parent_id) if pk is not None)


MAKERS: Mapping[str, Maker] = {
    "project": Maker(
        verbs=("register_project",),
        field="project",
        on=lambda row: f"organisation:{row.unit_id}",
    ),
    "form_version": Maker(
        verbs=("draft_form",), field="version", on=lambda row: f"project:{row.project_id}"
    ),
    "whole_form": Maker(
        verbs=("draft_whole_form",),
        field="form",
        on=lambda row: f"organisation:{row.organisation_id}",
    ),
    "goal_version": Maker(
        verbs=BUDGET_DEEDS,
        field="versions",
        among=True,
        on=lambda row: unit_and_department(row.project.unit),
    ),
    "action_item": Maker(
        verbs=("assign_action_item",),
        field="action_item",
        on=lambda row: f"meeting:{row.meeting_id}",
    ),
    "reading": Maker(verbs=("correct_reading",), field="reading"),
    "attachment": Maker(verbs=ATTACHING, field="attachment", on=lambda row: row.about),
    "admission": Maker(
        verbs=("apply_for_admission",), field="admission", on=lambda _: INSTALLATION.name
    ),
    "organisation": Maker(
        verbs=("register_organisation",),
        field="organisation",
        on=lambda row: f"region:{row.region_id}",
    ),
    "amendment": Maker(verbs=("propose_amendment", "propose_drafting"), field="amendment"),
    "charter_version": Maker(
        verbs=VERSION_DEEDS,
        field="number",
        names=lambda row: row.number,
    ),
}


def name_of(row: Any) -> str:
    """The name of the thing that a row is."""
    return f"{kind_of(type(row))}:{row.pk}" if isinstance(row, Model) else str(row.thing().name)


def seals_on(rows: Iterable[Any], *, verbs: Collection[str] = ()) -> Mapping[str, Seal]:
    """The seal of each thing's newest deed, by its name; of these verbs only, if any are given.

    A thing that no deed touched has none.
    """
    leaves = leaves_on(rows, verbs=verbs)
    seals = seals_of(set(leaves.values()))
    return {name: seals[leaf] for name, leaf in leaves.items()}


def seals_naming(
    member: Member, rows: Iterable[Model], *, verb: str, on: Collection[str], field: str
) -> Mapping[Any, Seal]:
    """The seals of rows that are no things, by their keys: a deed on one names each in a fact."""
    keys = {str(row.pk): row.pk for row in rows}
    deeds = Deed.objects.visible_to(member).filter(verb=verb, on__in=on)
    leaves = {
        keys[name]: leaf
        for said, leaf in deeds.values_list(f"public__{field}", "leaf")
        for name in (said if isinstance(said, list) else [said])
        if name in keys
    }
    seals = seals_of(set(leaves.values()))
    return {key: seals[leaf] for key, leaf in leaves.items()}


def leaves_on(rows: Iterable[Any], *, verbs: Collection[str] = ()) -> Mapping[str, UUID]:
    """The leaf of each thing's newest deed, to ask for its seal together with others."""
    chosen = {name_of(row): row for row in rows}
    if not chosen:
        return {}
    made = {_key(name, row): name for name, row in chosen.items() if _maker(name)}
    wanted = Q(on__in=list(chosen), **({"verb__in": verbs} if verbs else {}))
    for kind, rows_made in _by_kind(chosen).items():
        wanted |= _made(MAKERS[kind], rows_made)
    leaves: dict[str, UUID] = {}
    deeds = Deed.objects.filter(wanted).order_by("id")
    for on, verb, public, leaf in deeds.values_list("on", "verb", "public", "leaf"):
        for name in (on, *_named(made, verb, public)):
            if name in chosen:
                leaves[name] = leaf
    return leaves


def _maker(name: str) -> Maker | None:
    return MAKERS.get(name.partition(":")[0])


def _key(name: str, row: Any) -> tuple[str, Any]:
    kind = name.partition(":")[0]
    return kind, MAKERS[kind].names(row)


def _by_kind(chosen: Mapping[str, Any]) -> Mapping[str, list[Any]]:
    """The rows whose maker names them in a fact, those of a kind together."""
    found: dict[str, list[Any]] = {}
    for name, row in chosen.items():
        if _maker(name):
            found.setdefault(name.partition(":")[0], []).append(row)
    return found


def _made(maker: Maker, rows: Iterable[Any]) -> Q:
    """The deeds that made rows of a kind: one condition for all of them."""
    made = list(rows)
    lookup = "has_any_keys" if maker.among else "in"
    said = {f"public__{maker.field}__{lookup}": [maker.names(row) for row in made]}
    facts = Q(**said, verb__in=maker.verbs)
    names = {name for row in made for name in _objects(maker, row)}
    return facts & Q(on__in=names) if names else facts


def _objects(maker: Maker, row: Any) -> tuple[str, ...]:
    on = maker.on(row) if maker.on else ()
    return (on,) if isinstance(on, str) else on


def _named(
    made: Mapping[tuple[str, Any], str], verb: str, public: Mapping[str, Any]
) -> Iterable[str]:
    """The things among those chosen that a deed made."""
    for kind, maker in MAKERS.items():
        if verb not in maker.verbs:
            continue
        said = public.get(maker.field)
        for each in said or () if maker.among else (said,):
            if name := made.get((kind, each)):
                yield name
