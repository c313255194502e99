"""A pack: its pieces as they were examined, what is kept back, and the deeds with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from gongzhi.core.disclosure.content import Doubt, Piece, doubts_in, piece_from_record, place_of
from gongzhi.core.disclosure.stages import PackStage
from gongzhi.core.terms import Said, Text
from gongzhi.cycle.actions import disclosures as actions
from gongzhi.cycle.models import DisclosurePack, PackPiece, Redaction
from gongzhi.desk.things import readable
from gongzhi.parties.middleware import MemberRequest
from gongzhi.rules.disclosure import load_disclosure
from gongzhi.web.filled import KeyForm, new_key, shown
from gongzhi.web.here import about
from gongzhi.web.places import place_of as where_is
from gongzhi.web.readable import readable_thing
from gongzhi.web.seals import seals_on
from gongzhi.web.shown import Stage as Station
from gongzhi.web.stepping import step_on

TEXT_MAX, REASON_MAX, DOCUMENT_MAX = 2000, 500, 200
WAY = (PackStage.DRAFT, PackStage.REVIEWED, PackStage.PUBLISHED)
VERDICTS = (PackPiece.Stage.CLEARED, PackPiece.Stage.REFERRED, PackPiece.Stage.KEPT_BACK)


class RedactionForm(KeyForm):
    """A passage to keep back: where it stands, on which ground, why."""

    position = forms.IntegerField(min_value=1)
    at = forms.CharField(max_length=40)
    passage = forms.CharField(max_length=TEXT_MAX)
    ground = forms.ChoiceField(choices=Redaction.Ground.choices)
    reason = forms.CharField(max_length=REASON_MAX)


class ReviewForm(KeyForm):
    """What the examination found as a whole; of each piece it stands in fields of their own."""

    review = forms.CharField(max_length=TEXT_MAX)
    secrets = forms.BooleanField(required=False)
    business = forms.BooleanField(required=False)
    privacy = forms.BooleanField(required=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPiece:
    """A piece as the page shows it: what it says, what it is of, what may be in doubt."""

    row: PackPiece
    kind: Text
    piece: Piece
    address: str
    doubts: tuple[Doubt, ...]
    redactions: tuple[Redaction, ...]
    places: tuple[tuple[str, str], ...]
    given: Mapping[str, str]


@require_safe
def disclosure_pack(request: MemberRequest, pack: UUID) -> HttpResponse:
    """The pack with what of it is open to the reader."""
    return _page(request, readable_thing(request, "disclosure_pack", pack))


def _page(
    request: MemberRequest, row: DisclosurePack, *, faults: Mapping[str, Said] | None = None
) -> HttpResponse:
    here = about(request, row)
    rules = load_disclosure()
    pieces = _pieces(request, row, is_draft=row.stage == PackStage.DRAFT)
    hidden = row.pieces.exclude(pk__in=[each.row.pk for each in pieces])
    context: dict[str, Any] = {
        "pack": row,
        "occasion": rules.occasions.get(row.occasion, Text(zh=row.occasion, en=row.occasion)),
        "stations": _stations(row),
        "pieces": pieces,
        "held_back": _held_back(hidden),
        "verdicts": [(each.value, each.label) for each in VERDICTS],
        "grounds": Redaction.Ground.choices,
        "newer": DisclosurePack.objects.visible_to(request.member)
        .filter(replaces=row, stage=PackStage.PUBLISHED)
        .first(),
        "seal": next(iter(seals_on([row]).values()), None),
        "deeds": here,
        "faults": shown(faults or {}),
        "given": request.POST,
        "key": new_key(),
    }
    return render(request, "pages/disclosure/pack.html", context, status=422 if faults else 200)


def _held_back(hidden: Any) -> list[tuple[str, int]]:
    """How many pieces aren't shown, and why; what they are of stays closed."""
    stages = list(hidden.values_list("stage", flat=True))
    names = dict(PackPiece.Stage.choices)
    return [(str(names[each]), stages.count(each)) for each in sorted(set(stages))]


def _stations(row: DisclosurePack) -> list[Station]:
    stage = PackStage(row.stage)
    way = WAY if stage in WAY else (PackStage.DRAFT, stage)
    at, names = way.index(stage), dict(DisclosurePack.Stage.choices)
    return [
        Station(
            name=str(names[each]),
            state="done" if number < at else "here" if number == at else "next",
            said="",
        )
        for number, each in enumerate(way)
    ]


def _pieces(request: MemberRequest, row: DisclosurePack, *, is_draft: bool) -> list[ShownPiece]:
    rows = list(PackPiece.objects.visible_to(request.member).filter(pack=row).order_by("position"))
    found = readable(request.member, [each.of for each in rows])
    held = Redaction.objects.visible_to(request.member).filter(piece__pack=row)
    redactions: dict[UUID, list[Redaction]] = {}
    for each in held.select_related("redacted_by"):
        redactions.setdefault(each.piece_id, []).append(each)
    return [
        _shown(
            each,
            address=where_is(found[each.of]).address if each.of in found else "",
            redactions=tuple(redactions.get(each.pk, ())),
            is_draft=is_draft,
            given=request.POST,
        )
        for each in rows
    ]


def _shown(
    row: PackPiece,
    *,
    address: str,
    redactions: tuple[Redaction, ...],
    is_draft: bool,
    given: Mapping[str, str],
) -> ShownPiece:
    piece = piece_from_record(row.record)
    rule = load_disclosure().kinds.get(row.kind)
    return ShownPiece(
        row=row,
        kind=rule.name if rule else Text(zh=row.kind, en=row.kind),
        piece=piece,
        address=address,
        doubts=doubts_in(piece) if is_draft else (),
        redactions=redactions,
        places=tuple(_named(piece)) if is_draft else (),
        given={
            name: given.get(f"{name}-{row.position}", "")
            for name in ("verdict", "reason", "document")
        },
    )


def _named(piece: Piece) -> list[tuple[str, str]]:
    """The places with words, each with what it is called."""
    named = [(each.at, each.title) for each in piece.fields]
    for number, line in enumerate(piece.lines):
        for column, text in enumerate(line):
            if text and piece.heads:
                title = f"{number + 1} · {piece.heads[column]}"
                named.append((place_of(number, column), title))
    return named


# ── the deeds, each an address ──


def _step(
    request: MemberRequest, identifier: UUID, deed: Any, *, form: type[forms.Form] = KeyForm
) -> HttpResponse:
    return step_on(request, "disclosure_pack", identifier, form(request.POST), deed, page=_page)


@require_POST
def redact_passage(request: MemberRequest, pack: UUID) -> HttpResponse:
    """Keep a passage back."""

    def deed(row: DisclosurePack, given: Mapping[str, Any]) -> object:
        return actions.redact_passage(by=request.member, pack=row, **given)

    return _step(request, pack, deed, form=RedactionForm)


@require_POST
def review_pack(request: MemberRequest, pack: UUID) -> HttpResponse:
    """Examine every piece."""

    def deed(row: DisclosurePack, given: Mapping[str, Any]) -> object:
        return actions.review_pack(
            by=request.member,
            pack=row,
            decisions=_decisions(row, request.POST),
            checked=all(given[name] for name in ("secrets", "business", "privacy")),
            review=given["review"],
            key=given["key"],
        )

    return _step(request, pack, deed, form=ReviewForm)


def _decisions(row: DisclosurePack, given: Mapping[str, str]) -> Mapping[UUID, actions.Decision]:
    return {
        identifier: actions.Decision(
            verdict=given.get(f"verdict-{position}", ""),
            reason=given.get(f"reason-{position}", "")[:REASON_MAX],
            document=given.get(f"document-{position}", "")[:DOCUMENT_MAX],
        )
        for identifier, position in row.pieces.values_list("pk", "position")
    }


@require_POST
def publish_pack(request: MemberRequest, pack: UUID) -> HttpResponse:
    """Publish what was found open."""

    def deed(row: DisclosurePack, given: Mapping[str, Any]) -> object:
        return actions.publish_pack(by=request.member, pack=row, key=given["key"])

    return _step(request, pack, deed)


@require_POST
def withdraw_pack(request: MemberRequest, pack: UUID) -> HttpResponse:
    """Give a pack up."""

    def deed(row: DisclosurePack, given: Mapping[str, Any]) -> object:
        return actions.withdraw_pack(by=request.member, pack=row, key=given["key"])

    return _step(request, pack, deed)
