"""Open data: the sets, what their fields mean, and each as csv, xlsx and json."""

import tempfile
from pathlib import Path

from django.http import (
    FileResponse,
    Http404,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
    StreamingHttpResponse,
)
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongzhi.cycle.open_data import open_rows
from gongzhi.papers.streamed_workbook import write_streamed
from gongzhi.parties.middleware import MemberRequest
from gongzhi.rules.open_data import Dataset, load_open_data
from gongzhi.web.downloads import XLSX
from gongzhi.web.here import about
from gongzhi.web.limits import within_limit
from gongzhi.web.open_files import csv_lines, described_set, json_lines, licence
from gongzhi.web.pages import refusals
from gongzhi.web.table_files import CSV_TYPE

TIMES_A_MINUTE = 30
ENDINGS = ("csv", "xlsx", "json")
JSON_TYPE = "application/json; charset=utf-8"


@require_safe
def open_data(request: MemberRequest) -> HttpResponse:
    """The sets and their dictionary."""
    about(request)
    found = load_open_data()
    context = {"found": found, "datasets": found.datasets.values(), "endings": ENDINGS}
    return render(request, "pages/data/open.html", context)


@require_safe
def dictionary(request: MemberRequest) -> HttpResponse:  # noqa: ARG001 - the same for everybody
    """The dictionary for programs."""
    found = load_open_data()
    told = {
        "licence": licence(),
        "datasets": [described_set(each) for each in found.datasets.values()],
    }
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False, "indent": 1})


@require_safe
def dataset(request: MemberRequest, dataset: str, ending: str) -> HttpResponseBase:
    """A set as a file; its rows are written as they come."""
    found = load_open_data().datasets.get(dataset)
    if found is None or ending not in ENDINGS:
        raise Http404
    if not within_limit(request, act="open_data", times_a_minute=TIMES_A_MINUTE):
        return refusals.too_often(request)
    answer = _workbook(found) if ending == "xlsx" else _streamed(found, ending)
    answer["Content-Disposition"] = f'attachment; filename="gongzhi-{found.code}.{ending}"'
    return answer


def _streamed(dataset: Dataset, ending: str) -> HttpResponseBase:
    lines = csv_lines if ending == "csv" else json_lines
    content_type = CSV_TYPE if ending == "csv" else JSON_TYPE
    return StreamingHttpResponse(lines(dataset, open_rows(dataset.code)), content_type=content_type)


def _workbook(dataset: Dataset) -> HttpResponseBase:
    """The set as a workbook, written to a file that goes when it was sent."""
    folder = tempfile.TemporaryDirectory()
    path = Path(folder.name) / "open.xlsx"
    write_streamed(
        path,
        name=dataset.code,
        heads=[each.code for each in dataset.fields],
        rows=open_rows(dataset.code),
    )
    file = path.open("rb")
    folder.cleanup()  # the open file stays readable until it is closed
    return FileResponse(file, content_type=XLSX)
