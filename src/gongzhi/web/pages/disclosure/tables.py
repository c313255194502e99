"""Tables for the people's congress and for publication: of all departments, of one, of each."""

from collections.abc import Iterator
from io import RawIOBase
from typing import IO, TYPE_CHECKING, cast
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongzhi.core.terms import FiscalYear
from gongzhi.cycle.summary_lines import Body, bodies_with_projects, lines_of
from gongzhi.papers.notes import of_sheet
from gongzhi.papers.official_paper import MADE_AT
from gongzhi.papers.summary_tables import TABLES, WRITING, SummaryTable
from gongzhi.parties.business_date import business_date
from gongzhi.parties.middleware import MemberRequest
from gongzhi.web.downloads import as_file
from gongzhi.web.here import about
from gongzhi.web.limits import within_limit
from gongzhi.web.official_files import ENDINGS
from gongzhi.web.pages import refusals
from gongzhi.web.pages.disclosure.lists import newest_known, years_known

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

ALL = "各部门"
TIMES_A_MINUTE = 20
ZIP = "application/zip"


@require_safe
def tables(request: MemberRequest) -> HttpResponse:
    """The tables of a year, and of which departments there are."""
    about(request)
    context = {
        "year": _year(request),
        "years": years_known(),
        "tables": TABLES.values(),
        "bodies": bodies_with_projects(),
        "endings": ENDINGS.values(),
    }
    return render(request, "pages/disclosure/tables.html", context)


@require_safe
def summary_table(request: MemberRequest, table: str, ending: str) -> HttpResponseBase:
    """A table of a department, or of all of them, as a file."""
    found, year = _known(table, ending), _year(request)
    if not within_limit(request, act="tables", times_a_minute=TIMES_A_MINUTE):
        return refusals.too_often(request)
    bodies = bodies_with_projects()
    asked = request.GET.get("department")
    if asked:
        bodies = [each for each in bodies if str(each.pk) == asked]
        if not bodies:
            raise Http404
    of = bodies[0].name if asked else ALL
    content = _written(found, bodies, of=of, year=year, ending=ending)
    name = f"gongzhi-{found.code.replace('_', '-')}-{year}.{ending}"
    shown = f"{found.title}-{of}-{year}.{ending}"
    return as_file(content, name=name, content_type=ENDINGS[ending].content_type, shown=shown)


@require_safe
def each_table(request: MemberRequest, table: str, ending: str) -> HttpResponseBase:
    """A table of each department in one archive, sent file by file as they are made."""
    found, year = _known(table, ending), _year(request)
    if not within_limit(request, act="tables", times_a_minute=TIMES_A_MINUTE):
        return refusals.too_often(request)
    files = _files(found, bodies_with_projects(), year=year, ending=ending)
    answer = StreamingHttpResponse(zipped(files), content_type=ZIP)
    name = f"gongzhi-{found.code.replace('_', '-')}-{year}-{ending}.zip"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _files(
    table: SummaryTable, bodies: list[Body], *, year: FiscalYear, ending: str
) -> Iterator[tuple[str, bytes]]:
    for number, body in enumerate(bodies, start=1):
        content = _written(table, [body], of=body.name, year=year, ending=ending)
        yield f"{number:03}-{body.name.replace('/', '_')}.{ending}", content


def _written(
    table: SummaryTable, bodies: list[Body], *, of: str, year: FiscalYear, ending: str
) -> bytes:
    note = f"{year} · {of_sheet(day=business_date(), seal='', anew=False)}"
    lines = lines_of(table.code, bodies, year=year)
    return WRITING[ending]([table.drawn(lines, of=of, note=note)])


class _Sent(RawIOBase):
    """Takes what an archive writes, to be handed on piece by piece; it can't be gone back in."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[bytes] = []

    def writable(self) -> bool:
        """It is there to be written to."""
        return True

    def write(self, piece: "ReadableBuffer") -> int:
        """Keep a piece until it is taken."""
        told = bytes(piece)
        self.pieces.append(told)
        return len(told)

    def taken(self) -> bytes:
        """What came since it was taken last."""
        told, self.pieces = b"".join(self.pieces), []
        return told


def zipped(files: Iterator[tuple[str, bytes]]) -> Iterator[bytes]:
    """An archive of the files, each sent as soon as it is there; the same files, the same bytes."""
    sent = _Sent()
    with ZipFile(cast(IO[bytes], sent), "w", ZIP_DEFLATED) as packed:
        for name, content in files:
            packed.writestr(ZipInfo(name, MADE_AT.timetuple()[:6]), content, ZIP_DEFLATED)
            yield sent.taken()
    yield sent.taken()


def _known(table: str, ending: str) -> SummaryTable:
    found = TABLES.get(table)
    if found is None or ending not in WRITING:
        raise Http404
    return found


def _year(request: MemberRequest) -> FiscalYear:
    asked = request.GET.get("year", "")
    if not asked:
        return newest_known()
    if not (asked.isascii() and asked.isdigit() and len(asked) == 4):
        raise BadRequest("year")
    return int(asked)
