"""Who may do what: every party against every deed, and how often it was done and refused."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongzhi.core.charter import Charter
from gongzhi.core.charter.matrix import Cell, Matrix, Standing, rights_matrix
from gongzhi.core.charter.vocabulary import VIEW
from gongzhi.core.terms import Said
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.rights import charter_in_force
from gongzhi.parties.usage import Right, Used, usage
from gongzhi.web.filters import chosen_in, filter_of
from gongzhi.web.frame import reader_language
from gongzhi.web.shown import Filter
from gongzhi.words import say, translate

SIGNS = {
    Standing.ALLOWED: "●",
    Standing.CONDITIONAL: "◐",
    Standing.FORBIDDEN: "✕",
    Standing.NONE: "·",
}
NAMES = {
    Standing.ALLOWED: "准许",
    Standing.CONDITIONAL: "有条件准许",
    Standing.FORBIDDEN: "明文禁止",
    Standing.NONE: "没有条款准许",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRuling:
    """One way in which it is permitted, or one thing that stands against it."""

    permits: bool
    clauses: tuple[str, ...]
    conditions: tuple[Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownCell:
    """What the rules say to a party about a deed, in a sign, a word, and all its words."""

    party: Said
    state: str
    sign: str
    name: str
    clauses: tuple[str, ...]
    rulings: tuple[ShownRuling, ...]
    off: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRow:
    """A deed, what each party may do of it, and how often it was done and refused."""

    verb: str
    name: Said
    cells: tuple[ShownCell, ...]
    done: int
    refused: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """The deeds that are done with one kind of thing."""

    kind: str
    name: Said
    rows: tuple[ShownRow, ...]


@require_safe
def matrix(request: MemberRequest) -> HttpResponse:
    """The matrix, or what the filters leave of it."""
    charter = charter_in_force()
    whole = rights_matrix(charter)
    filters = _filters(charter, whole, request.GET)
    asked = chosen_in(filters)
    parties = tuple(p for p in whole.parties if asked["party"] in ("", p))
    subjects = tuple(_subjects(charter, whole, parties, asked))
    context = {
        "filters": filters,
        "parties": [charter.parties[party].name for party in parties],
        "columns": len(parties) + 3,
        "opened": bool(asked["party"] or asked["verb"]),
        "subjects": subjects,
        "legend": [
            {"state": str(state), "sign": SIGNS[state], "name": standing_name(state)}
            for state in Standing
        ],
    }
    return render(request, "pages/charter/matrix.html", context)


def standing_name(state: Standing) -> str:
    """The standing in the reader's language."""
    return translate(NAMES[state], reader_language())


def cell_shown(cell: Cell, *, party: Said) -> ShownCell:
    """A cell of the matrix as pages show it."""
    return ShownCell(
        party=party,
        state=str(cell.standing),
        sign=SIGNS[cell.standing],
        name=standing_name(cell.standing),
        clauses=cell.clauses,
        rulings=tuple(
            ShownRuling(permits=r.permits, clauses=r.clauses, conditions=r.conditions)
            for r in (*cell.permits, *cell.forbids)
        ),
        off=cell.asleep,
    )


def _subjects(
    charter: Charter, whole: Matrix, parties: tuple[str, ...], asked: Mapping[str, str]
) -> Iterator[Subject]:
    """The deeds by what they are first done with; of one party only what concerns it."""
    wanted = {verb for verb in whole.verbs if _is_asked(whole, verb, parties, asked)}
    used = usage()
    done: set[str] = set()
    for kind, verbs in charter.verbs_on.items():
        own = [verb for verb in verbs if verb in wanted and verb not in done]
        done.update(own)
        if own and asked["on"] in ("", kind):
            rows = tuple(_row(charter, whole, verb, parties, used) for verb in own)
            yield Subject(kind=kind, name=charter.kind_names[kind], rows=rows)


def _is_asked(whole: Matrix, verb: str, parties: tuple[str, ...], asked: Mapping[str, str]) -> bool:
    if asked["verb"] not in ("", verb):
        return False
    if asked["what"] and (asked["what"] == "reading") != verb.startswith(VIEW):
        return False
    cells = (whole.cell(party, verb) for party in parties)
    return not asked["party"] or any(cell.permits for cell in cells)


def _row(
    charter: Charter,
    whole: Matrix,
    verb: str,
    parties: tuple[str, ...],
    used: Mapping[Right, Used],
    /,
) -> ShownRow:
    uses = [used[verb, party] for party in parties if (verb, party) in used]
    return ShownRow(
        verb=verb,
        name=charter.verb_names[verb],
        cells=tuple(
            cell_shown(whole.cell(party, verb), party=charter.parties[party].name)
            for party in parties
        ),
        done=sum(use.done for use in uses),
        refused=sum(use.refused for use in uses),
    )


def _filters(charter: Charter, whole: Matrix, asked: Mapping[str, str]) -> tuple[Filter, ...]:
    language = reader_language()
    parties = {p: say(charter.parties[p].name, language) for p in whole.parties}
    kinds = {kind: say(name, language) for kind, name in charter.kind_names.items()}
    verbs = {verb: say(name, language) for verb, name in charter.verb_names.items()}
    what = {"": _("查阅和办理"), "doing": _("办理"), "reading": _("查阅")}
    return (
        filter_of(_("哪一方"), name="party", values={"": _("所有各方"), **parties}, asked=asked),
        filter_of(_("对什么"), name="on", values={"": _("所有事项"), **kinds}, asked=asked),
        filter_of(_("查阅还是办理"), name="what", values=what, asked=asked),
        filter_of(_("办理行为"), name="verb", values={"": _("所有行为"), **verbs}, asked=asked),
    )
