"""Drafting: a file that a unit hands in becomes a draft that only the unit sees."""

import unicodedata
from hashlib import sha256
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gongzhi.core.terms import FiscalYear, Form, Said, SaidValues
from gongzhi.cycle import actions
from gongzhi.cycle.models import FormVersion, Project
from gongzhi.papers.reading import read_file
from gongzhi.parties.deeds import AlreadyDone
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.unsuitable import Unsuitable
from gongzhi.rules.packs import guess_pack
from gongzhi.web.frame import reader_language
from gongzhi.web.pages.project import address_of
from gongzhi.web.readable import readable_project
from gongzhi.words import say

YEARS = range(2000, 2100)
DIFFERS = (
    "表里有 {count} 处与 {year} 年的事实不一致，要写明理由："
    "请在“按事实填写自评表”里读入这份文件，写好理由再起草。"
)


@require_POST
def draft_form(request: MemberRequest, project: UUID) -> HttpResponse:
    """Read the file, keep its first form as a draft, and show what is wrong with it."""
    thing = readable_project(request, project)
    given = request.FILES.get("file")
    drafted = _drafted(request, thing, given) if given else Said("还没有选文件。")
    if isinstance(drafted, Said):
        messages.warning(request, say(drafted, reader_language()), extra_tags="watch")
        return redirect(address_of(thing, None))
    messages.success(request, _("草稿已保存，只有本单位看得见。"), extra_tags="kept")
    return redirect(address_of(thing, drafted))


def _drafted(
    request: MemberRequest, project: Project, given: "UploadedFile[bytes]"
) -> FormVersion | Said:
    content = given.read()
    paper = read_file(given.name or "?", content)
    if not paper.forms and paper.problems:
        problem = paper.problems[0]
        told: SaidValues = {"file": paper.name, "what": problem.what, "hint": problem.hint}
        return Said("{file}：{what}；{hint}", told)
    if not paper.forms:
        return Said("这个文件里没有绩效表。")
    form = paper.forms[0]
    year = _year(request, form)
    if year is None:
        return Said("表上没有印年度，请填写年度，例如 2025。")
    try:
        return actions.draft_form(
            by=request.member,
            project=project,
            form=form,
            fiscal_year=year,
            pack=guess_pack(form).pack.name,
            source_digest=f"sha256:{sha256(content).hexdigest()}",
            key=request.POST.get("key", "")[:100] or None,
        )
    except AlreadyDone:
        return Said("这个草稿已经保存过，没有再存一次。")
    except Unsuitable as unsuitable:
        return Said(DIFFERS, {"count": len(unsuitable.faults), "year": year})


def _year(request: MemberRequest, form: Form) -> FiscalYear | None:
    """The year asked for (full-width digits count), else the form's own."""
    asked = unicodedata.normalize("NFKC", request.POST.get("year", "")).strip()
    if asked.isascii() and asked.isdigit() and int(asked) in YEARS:
        return int(asked)
    return form.fiscal_year if not asked else None
