"""What can be found: one line for each kind of thing that stands in a table."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_noop

from gongzhi.core.charter import Member
from gongzhi.core.terms import Said
from gongzhi.cycle.models import Aim, Alert, FormVersion, GoalIndicator, GoalVersion, Project
from gongzhi.desk.models import Attachment
from gongzhi.papers.layouts import title_of
from gongzhi.papers.record import form_from_record
from gongzhi.parties.by_name import named
from gongzhi.parties.models import Organisation
from gongzhi.web.frame import reader_language
from gongzhi.web.places import ADDRESSES
from gongzhi.web.searching.found import Hit
from gongzhi.web.searching.marking import marked
from gongzhi.web.searching.tables import Table, by_columns


def _project(row: Project, words: Sequence[str]) -> Hit:
    return Hit(
        name=marked(row.name, words),
        address=reverse("project", args=[row.pk]),
        code=marked(row.code, words),
        unit=row.unit.name,
        beside={
            gettext_noop("看绩效目标"): reverse("project-goals", args=[row.pk]),
            gettext_noop("看资金和进度"): reverse("project-monitoring", args=[row.pk]),
        },
    )


def _organisation(row: Organisation, words: Sequence[str]) -> Hit:
    return Hit(
        name=marked(row.name, words),
        address=reverse("organisation", args=[row.pk]),
        code=marked(row.code, words),
        notes=(str(row.get_kind_display()),),
        beside={
            gettext_noop("看绩效目标"): f"{reverse('goals')}?unit={row.pk}",
            gettext_noop("看动态"): reverse("activity-of-party", args=[row.pk]),
        },
    )


def _indicator(row: GoalIndicator, words: Sequence[str]) -> Hit:
    version = row.version
    return Hit(
        name=marked(row.name, words),
        address=f"{reverse('goal-version', args=[version.pk])}#indicators",
        unit=version.project.unit.name,
        notes=(
            version.project.name,
            Said("{year} 年", {"year": version.fiscal_year}),
            Said("目标值 {target}", {"target": row.target}) if row.target else "",
        ),
    )


def _goals(row: GoalVersion, words: Sequence[str]) -> Hit:
    return Hit(
        name=marked(row.project.name, words),
        address=reverse("goal-version", args=[row.pk]),
        code=marked(row.document_number, words),
        unit=row.project.unit.name,
        notes=(
            Said("{year} 年绩效目标", {"year": row.fiscal_year}),
            str(row.get_stage_display()),
        ),
    )


def _form(row: FormVersion, words: Sequence[str]) -> Hit:
    return Hit(
        name=marked(row.project.name, words),
        address=ADDRESSES["form_version"](row),
        code=marked(row.project.code, words),
        unit=row.project.unit.name,
        notes=(
            title_of(form_from_record(row.record), language=reader_language()),
            Said("{year} 年", {"year": row.fiscal_year}),
            str(row.get_stage_display()),
        ),
    )


def _attachment(row: Attachment, words: Sequence[str]) -> Hit:
    return Hit(
        name=marked(row.name, words),
        address=reverse("attachment", args=[row.pk]),
        unit=row.organisation.name if row.organisation else "",
        notes=(str(row.get_label_display()), row.attached_on.isoformat()),
    )


def _alert(row: Alert, words: Sequence[str]) -> Hit:
    return Hit(
        name=marked(row.project.name, words),
        address=reverse("alert", args=[row.pk]),
        code=marked(row.project.code, words),
        unit=row.project.unit.name,
        notes=(
            str(row.get_level_display()),
            str(row.get_stage_display()),
            row.opened_on.isoformat(),
        ),
    )


def _aim(row: Aim, words: Sequence[str]) -> Hit:
    return Hit(
        name=marked(row.name, words),
        address=f"{reverse('aims')}#aim-{row.pk}",
        code=marked(row.code, words),
        notes=(str(row.get_kind_display()), row.document),
    )


def _of_projects(
    member: Member, rows: "QuerySet[Any]", words: Sequence[str], where: str
) -> "QuerySet[Any]":
    """Rows whose project the reader may read too and is called so."""
    readable = Project.objects.visible_to(member).order_by()
    called = named(readable, words, "name", "code", where=where)
    return rows.filter(project__in=called.values("pk"))


# In the order in which a reader is shown them.
TABLES: Mapping[str, Table] = {
    "project": Table(
        name=gettext_noop("财政项目"),
        readable=lambda member, _words: Project.objects.visible_to(member),
        look=by_columns("name", "code"),
        with_facts=lambda rows: rows.select_related("unit"),
        line=_project,
        years="watched__fiscal_year",
        unit="unit",
    ),
    "organisation": Table(
        name=gettext_noop("单位和组织"),
        readable=lambda member, _words: Organisation.objects.visible_to(member),
        look=by_columns("name", "code"),
        with_facts=lambda rows: rows,
        line=_organisation,
        unit="pk",
    ),
    "indicator": Table(
        name=gettext_noop("现行的指标"),
        readable=lambda member, _words: GoalIndicator.objects.visible_to(member).in_force(),
        look=by_columns("name"),
        with_facts=lambda rows: rows.select_related("version__project__unit"),
        line=_indicator,
        year="version__fiscal_year",
        unit="version__project__unit",
    ),
    "goals": Table(
        name=gettext_noop("绩效目标（按文号）"),
        readable=lambda member, _words: GoalVersion.objects.visible_to(member),
        look=by_columns("document_number"),
        with_facts=lambda rows: rows.select_related("project__unit"),
        line=_goals,
        year="fiscal_year",
        unit="project__unit",
    ),
    "form": Table(
        name=gettext_noop("绩效表"),
        readable=lambda member, _words: FormVersion.objects.visible_to(member),
        look=_of_projects,
        with_facts=lambda rows: rows.select_related("project__unit"),
        line=_form,
        year="fiscal_year",
        unit="project__unit",
    ),
    "attachment": Table(
        name=gettext_noop("附上的文件"),
        readable=lambda member, words: Attachment.objects.visible_to(member, called=words),
        look=by_columns("name"),
        with_facts=lambda rows: rows.select_related("organisation"),
        line=_attachment,
        unit="organisation",
    ),
    "alert": Table(
        name=gettext_noop("监控预警"),
        readable=lambda member, _words: Alert.objects.visible_to(member),
        look=_of_projects,
        with_facts=lambda rows: rows.select_related("project__unit"),
        line=_alert,
        year="fiscal_year",
        unit="project__unit",
    ),
    "aim": Table(
        name=gettext_noop("规划和承诺"),
        readable=lambda member, _words: Aim.objects.visible_to(member),
        look=by_columns("name", "code", "document"),
        with_facts=lambda rows: rows,
        line=_aim,
    ),
}
