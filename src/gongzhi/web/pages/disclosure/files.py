"""A published pack to take away: PDF, workbook, JSON, or all of them with their digests."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from gongzhi.core.disclosure.content import piece_from_record
from gongzhi.core.disclosure.stages import PackStage
from gongzhi.core.sealed import canonical
from gongzhi.cycle.actions.disclosures import content_of
from gongzhi.cycle.models import DisclosurePack, PackPiece
from gongzhi.papers.archive import archive
from gongzhi.papers.disclosure import TitledPiece, disclosure_papers, how_to_check
from gongzhi.papers.drawn_pdf import drawn_pdf
from gongzhi.papers.drawn_xlsx import drawn_xlsx
from gongzhi.papers.notes import of_disclosure
from gongzhi.parties.middleware import MemberRequest
from gongzhi.rules.disclosure import load_disclosure
from gongzhi.web.downloads import PDF, XLSX, as_file
from gongzhi.web.readable import readable_thing

JSON, ZIP = "application/json", "application/zip"
SEALED = "disclosure.json"


@require_safe
def pack_file(request: MemberRequest, pack: UUID, ending: str) -> HttpResponse:
    """The pack as a file; the same pack gives the same bytes."""
    row = readable_thing(request, "disclosure_pack", pack)
    if row.stage != PackStage.PUBLISHED or ending not in ("zip", "pdf", "xlsx", "json"):
        raise Http404
    name = f"gongzhi-disclosure-{row.fiscal_year}-{row.occasion}-{row.number}"
    about = f"{row.organisation.name}-{row.fiscal_year}-{row.number}.{ending}"
    if ending == "zip":
        return as_file(_zip(row), name=f"{name}.zip", content_type=ZIP, shown=about)
    content, content_type = {
        "json": (_json, JSON),
        "pdf": (_pdf, PDF),
        "xlsx": (_xlsx, XLSX),
    }[ending]
    return as_file(content(row), name=f"{name}.{ending}", content_type=content_type, shown=about)


def _disclosed(row: DisclosurePack) -> list[PackPiece]:
    return list(row.pieces.filter(stage=PackPiece.Stage.RELEASED).order_by("position"))


def _json(row: DisclosurePack) -> bytes:
    """The very bytes that the publication sealed."""
    return canonical(content_of(row, _disclosed(row)))


def _titled(row: DisclosurePack) -> list[TitledPiece]:
    kinds = load_disclosure().kinds
    return [
        TitledPiece(
            kind=kinds[each.kind].name.zh if each.kind in kinds else each.kind,
            name=each.name,
            piece=piece_from_record(each.record),
        )
        for each in _disclosed(row)
    ]


def _note(row: DisclosurePack) -> str:
    occasion = load_disclosure().occasions.get(row.occasion)
    return of_disclosure(
        unit=row.organisation.name,
        year=row.fiscal_year,
        occasion=occasion.zh if occasion else row.occasion,
        number=row.number,
        day=row.published_on,
    )


def _pdf(row: DisclosurePack) -> bytes:
    return drawn_pdf(disclosure_papers(_titled(row), note=_note(row)))


def _xlsx(row: DisclosurePack) -> bytes:
    return drawn_xlsx(disclosure_papers(_titled(row), note=_note(row)))


def _zip(row: DisclosurePack) -> bytes:
    told = how_to_check(_note(row), sealed=SEALED, digest=row.digest)
    files = {
        SEALED: _json(row),
        "disclosure.pdf": _pdf(row),
        "disclosure.xlsx": _xlsx(row),
        "README.txt": told.encode(),
    }
    return archive(files, about={"pack": str(row.pk), "content": row.digest, "note": _note(row)})
