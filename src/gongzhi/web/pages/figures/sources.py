"""What figures rest on: deeds that computed, promised, read or brought them; the rules of a day."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from gongzhi.core.charter import Member
from gongzhi.core.monitoring.rules import MonitoringRules
from gongzhi.cycle.answered import bringing_deeds
from gongzhi.cycle.models import GoalVersion, Project, Reading
from gongzhi.parties.models import Deed
from gongzhi.web.frame import reader_language
from gongzhi.web.pages.figures.answer import Source
from gongzhi.web.seals import unit_and_department

PROMISING = (
    "draft_goals",
    "draft_budget",
    "adjust_goals",
    "submit_goals",
    "submit_budget",
    "forward_goals",
    "forward_budget",
    "approve_goals",
    "approve_budget",
)


def rule_source(rules: MonitoringRules) -> Source:
    """The pack of rules that a number was made under."""
    return Source(
        name=_("规则包"),
        text=rules.title.in_language(reader_language()),
        address=f"{reverse('monitoring-rules')}?pack={rules.pack}",
    )


def goals_of(member: Member, project: Project, *, year: int, on: date) -> GoalVersion | None:
    """The approved goals of a project as they were in force on a day."""
    versions = GoalVersion.objects.visible_to(member).in_force_on(on)
    found: GoalVersion | None = versions.filter(project=project, fiscal_year=year).first()
    return found


def goal_source(version: GoalVersion) -> Source:
    """Approved goals as a paper: their number, under which document."""
    return Source(
        name=_("绩效目标"),
        text=" · ".join(
            filter(
                None,
                (
                    _("%(year)s 年第 %(number)s 版")
                    % {"year": version.fiscal_year, "number": version.number or "—"},
                    version.document_number,
                ),
            )
        ),
        address=reverse("goal-version", args=[version.pk]),
    )


def goal_deeds(member: Member, version: GoalVersion) -> list[Deed]:
    """How a version of goals came about: drafted, handed in, examined, approved."""
    own, which = version.thing().name, str(version.pk)
    on = [f"project:{version.project_id}", *unit_and_department(version.project.unit)]
    if version.replaces_id:
        on.append(f"goal_version:{version.replaces_id}")
    made = Q(on__in=on) & (Q(public__version=which) | Q(public__versions__contains=[which]))
    deeds = Deed.objects.visible_to(member).filter(Q(on=own) | made, verb__in=PROMISING)
    return list(deeds.order_by("pk"))


def reading_deeds(member: Member, rows: Iterable[Reading]) -> list[Deed]:
    """The deeds that brought readings: each its own, its unit's answer to a call, or a file's."""
    brought = {deed.pk for deed in bringing_deeds(list(rows)).values()}
    return list(Deed.objects.visible_to(member).filter(pk__in=brought).order_by("pk"))
