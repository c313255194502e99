"""What a unit does to disclose a year: gather, keep passages back, examine, publish, withdraw.

Which step may be taken when stands in core.disclosure.stages.STEPS.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from gongzhi.core.charter import Member
from gongzhi.core.disclosure.content import Piece, doubts_in, piece_from_record, without
from gongzhi.core.disclosure.stages import (
    Ground,
    PackStage,
    PackStep,
    Verdict,
    pack_step,
)
from gongzhi.core.sealed import canonical, digest
from gongzhi.core.terms import FiscalYear, Said
from gongzhi.cycle.disclosure_due import pack_to_be
from gongzhi.cycle.disclosure_pieces import Found, pieces_for
from gongzhi.cycle.models import DisclosurePack, PackPiece, Redaction
from gongzhi.parties.deeds import Record, act
from gongzhi.parties.models import Organisation
from gongzhi.parties.unsuitable import NO_REASON, Unsuitable
from gongzhi.rules.disclosure import load_disclosure

NO_OCCASION = Said("没有这种公开")
NOTHING_TO_DISCLOSE = Said("这一年还没有可以公开的内容")
UNDER_WAY = Said("这一年的公开包正在办理，请先公开或者撤回")
NO_BECAUSE = Said("已经公开过一版，请写明这一版更正或者补充什么")
NOT_CHECKED = Said("请先确认三项都已审查：国家秘密、商业秘密、个人隐私")
NO_VERDICT = Said("请选择可以公开、报请确定或者不予公开")
DOUBTFUL = Said("这一件里有疑似个人信息；不遮蔽而公开的，请写明理由")
WAS_REFERRED = Said("这一件上次报请确定；现在公开的，请写明确定的机关和文号")
NOTHING_OPEN = Said("没有一件可以公开")
NO_GROUND = Said("请选择不公开的依据")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What the reviewer says of a piece: the verdict, why, and the document that decided."""

    verdict: str
    reason: str = ""
    document: str = ""


def draft_pack(
    *,
    by: Member,
    organisation: Organisation,
    fiscal_year: FiscalYear,
    occasion: str,
    because: str = "",
    key: str | None = None,
) -> DisclosurePack:
    """Gather what belongs in, as it stands; passages kept back before stay kept back."""
    with act(by, "draft_pack", on=pack_to_be(organisation), key=key) as record:
        assert by.person is not None, "whoever gathers stands in an office"
        pack = DisclosurePack(
            organisation=organisation,
            fiscal_year=fiscal_year,
            occasion=occasion,
            because=because.strip(),
            drafted_by_id=by.person,
        )
        list(Organisation.objects.select_for_update().filter(pk=organisation.pk))
        pack.replaces = _before(pack)
        pack.drafted_on = record.business_date
        found = pieces_for(organisation, year=fiscal_year, occasion=occasion)
        if not found:
            raise Unsuitable({"occasion": NOTHING_TO_DISCLOSE})
        pack.save(force_insert=True)
        _keep(pack, found, by=by, record=record)
        record["pack"] = str(pack.pk)
        record["organisation"] = str(organisation.pk)
        record["fiscal_year"] = fiscal_year
        record["occasion"] = occasion
        record["pieces"] = len(found)
        if pack.because:
            record.private("reason", pack.because)
    return pack


def redact_passage(
    *,
    by: Member,
    pack: DisclosurePack,
    position: int,
    at: str,
    passage: str,
    ground: str,
    reason: str,
    key: str | None = None,
) -> Redaction:
    """Keep a passage back: it leaves the piece, its ground stands there; the log promises it."""
    with act(by, "redact_passage", on=pack, key=key) as record:
        row = _piece(pack, position)
        if ground not in map(str, Ground):
            raise Unsuitable({"ground": NO_GROUND})
        if not reason.strip():
            raise Unsuitable({"reason": NO_REASON})
        _take(pack, "redact_passage", record=record)
        kept = _redact(
            row, passage, at=at, ground=Ground(ground), reason=reason, by=by, record=record
        )
        record["piece"] = str(row.pk)
        record["ground"] = ground
        record.private("reason", reason.strip())
        record.private("passage", kept.passage)
    return kept


def review_pack(
    *,
    by: Member,
    pack: DisclosurePack,
    decisions: Mapping[UUID, Decision],
    checked: bool,
    review: str,
    key: str | None = None,
) -> DisclosurePack:
    """Examine every piece (clause 6.10): open, referred to who decides, or closed."""
    with act(by, "review_pack", on=pack, key=key) as record:
        if not checked:
            raise Unsuitable({"checked": NOT_CHECKED})
        if not review.strip():
            raise Unsuitable({"review": NO_REASON})
        rows = list(pack.pieces.order_by("position"))
        faults = dict(_faults(pack, rows, decisions))
        if faults:
            raise Unsuitable(faults)
        for row in rows:
            decided = decisions[row.pk]
            row.stage = decided.verdict
            row.reason, row.document = decided.reason.strip(), decided.document.strip()
        PackPiece.objects.bulk_update(rows, ["stage", "reason", "document"])
        pack.review = review.strip()
        pack.save(update_fields=["review"])
        _take(pack, "review_pack", record=record)
        record["counts"] = _counts(rows)
        record.private("review", pack.review)
    return pack


def publish_pack(*, by: Member, pack: DisclosurePack, key: str | None = None) -> DisclosurePack:
    """Publish what was found open, for good; what is referred or closed stays closed."""
    with act(by, "publish_pack", on=pack, key=key) as record:
        step = _step(pack, "publish_pack")
        rows = list(pack.pieces.order_by("position"))
        out = [row for row in rows if row.stage == Verdict.CLEARED]
        if not out:
            raise Unsuitable({"reason": NOTHING_OPEN})
        for row in out:
            row.stage = Verdict.RELEASED
        PackPiece.objects.bulk_update(out, ["stage"])
        same = DisclosurePack.objects.published().filter(
            organisation=pack.organisation_id,
            fiscal_year=pack.fiscal_year,
            occasion=pack.occasion,
        )
        pack.number = same.count() + 1
        pack.published_on = record.business_date
        pack.digest = digest(canonical(content_of(pack, out)))
        pack.stage = step.to
        pack.save(update_fields=["number", "published_on", "digest", "stage"])
        record["stage"] = str(step.to)
        record["organisation"] = str(pack.organisation_id)
        record["fiscal_year"] = pack.fiscal_year
        record["occasion"] = pack.occasion
        record["number"] = pack.number
        record["counts"] = _counts(rows)
        record["content"] = pack.digest
    return pack


def withdraw_pack(*, by: Member, pack: DisclosurePack, key: str | None = None) -> DisclosurePack:
    """Give a pack up that isn't out; it stays with the unit."""
    with act(by, "withdraw_pack", on=pack, key=key) as record:
        _take(pack, "withdraw_pack", record=record)
    return pack


def content_of(pack: DisclosurePack, pieces: Sequence[PackPiece]) -> dict[str, Any]:
    """What a published pack says, in the form that is sealed and handed out."""
    return {
        "organisation": str(pack.organisation_id),
        "fiscal_year": pack.fiscal_year,
        "occasion": pack.occasion,
        "number": pack.number,
        "published_on": pack.published_on.isoformat() if pack.published_on else "",
        "because": pack.because,
        "pieces": [
            {
                "kind": each.kind,
                "name": each.name,
                "of": each.of,
                "came_on": each.came_on.isoformat() if each.came_on else "",
                **each.record,
            }
            for each in pieces
        ],
    }


def _before(pack: DisclosurePack) -> DisclosurePack | None:
    """The version that this one replaces; raises Unsuitable where it can't be begun."""
    if pack.occasion not in load_disclosure().occasions:
        raise Unsuitable({"occasion": NO_OCCASION})
    same = DisclosurePack.objects.filter(
        organisation=pack.organisation, fiscal_year=pack.fiscal_year, occasion=pack.occasion
    )
    if same.unfinished().exists():
        raise Unsuitable({"occasion": UNDER_WAY})
    before: DisclosurePack | None = same.current().first()
    if before is not None and not pack.because:
        raise Unsuitable({"because": NO_BECAUSE})
    if before is None:
        pack.because = ""
    return before


def _keep(pack: DisclosurePack, found: Sequence[Found], *, by: Member, record: Record) -> None:
    rows = [
        PackPiece(
            pack=pack,
            position=position,
            kind=each.rule.code,
            name=each.name,
            of=each.of,
            came_on=each.came_on,
            record=each.piece.as_record(),
        )
        for position, each in enumerate(found, start=1)
    ]
    PackPiece.objects.bulk_create(rows)
    if pack.replaces is not None:
        _redact_as_before(rows, pack.replaces, by=by, record=record)


def _redact_as_before(
    rows: Sequence[PackPiece], before: DisclosurePack, *, by: Member, record: Record
) -> None:
    """What was kept back of the version before stays so, where the same words stand again."""
    held = Redaction.objects.filter(piece__pack=before).select_related("piece").order_by("id")
    by_piece = {(row.kind, row.of): row for row in rows}
    for each in held:
        row = by_piece.get((each.piece.kind, each.piece.of))
        if row is not None and each.passage in dict(_piece_of(row).places()).get(each.at, ""):
            _redact(
                row,
                each.passage,
                at=each.at,
                ground=Ground(each.ground),
                reason=each.reason,
                by=by,
                record=record,
            )


def _redact(
    row: PackPiece,
    passage: str,
    *,
    at: str,
    ground: Ground,
    reason: str,
    by: Member,
    record: Record,
) -> Redaction:
    told = without(_piece_of(row), passage, at=at, ground=ground, reason=reason)
    if isinstance(told, Said):
        raise Unsuitable({"passage": told})
    assert by.office is not None, "whoever keeps back stands in an office"
    row.record, row.stage = told.as_record(), Verdict.UNDECIDED
    row.save(update_fields=["record", "stage"])
    return Redaction.objects.create(
        piece=row,
        at=at,
        passage=passage.strip(),
        ground=ground,
        reason=reason.strip(),
        redacted_by_id=by.office,
        redacted_on=record.business_date,
    )


def _faults(
    pack: DisclosurePack, rows: Sequence[PackPiece], decisions: Mapping[UUID, Decision]
) -> Iterator[tuple[str, Said]]:
    """What keeps a review from being taken, by the piece that it is about."""
    referred = _referred_before(pack)
    for row in rows:
        decided = decisions.get(row.pk)
        if decided is None or decided.verdict not in (
            Verdict.CLEARED,
            Verdict.REFERRED,
            Verdict.KEPT_BACK,
        ):
            yield f"verdict-{row.position}", NO_VERDICT
        elif decided.verdict != Verdict.CLEARED:
            if not decided.reason.strip():
                yield f"reason-{row.position}", NO_REASON
        elif (row.kind, row.of) in referred and not decided.document.strip():
            yield f"document-{row.position}", WAS_REFERRED
        elif doubts_in(_piece_of(row)) and not decided.reason.strip():
            yield f"reason-{row.position}", DOUBTFUL


def _referred_before(pack: DisclosurePack) -> set[tuple[str, str]]:
    if pack.replaces_id is None:
        return set()
    before = PackPiece.objects.filter(pack=pack.replaces_id, stage=Verdict.REFERRED)
    return set(before.values_list("kind", "of"))


def _counts(rows: Sequence[PackPiece]) -> dict[str, Any]:
    stages = [str(row.stage) for row in rows]
    return {stage: stages.count(stage) for stage in sorted(set(stages))}


def _take(pack: DisclosurePack, verb: str, *, record: Record) -> None:
    """Take a step that the stages know; raises Unsuitable where it isn't one now."""
    pack.stage = _step(pack, verb).to
    pack.save(update_fields=["stage"])
    record["stage"] = pack.stage


def _step(pack: DisclosurePack, verb: str) -> PackStep:
    step = pack_step(PackStage(pack.stage), verb)
    if isinstance(step, Said):
        raise Unsuitable({"reason": step})
    return step


def _piece(pack: DisclosurePack, position: int) -> PackPiece:
    row: PackPiece | None = pack.pieces.select_for_update().filter(position=position).first()
    if row is None:
        raise Unsuitable({"position": Said("公开包里没有这一件")})
    return row


def _piece_of(row: PackPiece) -> Piece:
    return piece_from_record(row.record)
