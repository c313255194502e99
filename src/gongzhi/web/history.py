"""The versions of a project's forms, and how far one of them has come."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from gongzhi.core.charter import Member
from gongzhi.core.terms import FormType
from gongzhi.cycle.models import FormVersion, Project
from gongzhi.papers.layouts import TITLES
from gongzhi.web.shown import Stage

DRAFTS = ("draft", "correction")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A version in the project's history."""

    version: FormVersion
    title: str
    is_replaced: bool

    @property
    def name(self) -> str:
        """How the version is called: its number, or that it has none yet."""
        number = self.version.number
        return f"№{number}" if number is not None else str(self.version.get_stage_display())


def history(member: Member, project: Project) -> tuple[Step, ...]:
    """All versions that the reader may see, the newest first."""
    versions = list(project.versions.visible_to(member).with_facts())
    replaced = {v.replaces_id for v in versions if v.stage == "published"}
    return tuple(
        Step(
            version=version,
            title=_(TITLES[FormType(version.form_type)]),
            is_replaced=version.pk in replaced,
        )
        for version in versions
    )


def stages(version: FormVersion, *, findings: int) -> tuple[Stage, ...]:
    """The way of a version from draft to publication, and where it stands."""
    found = _("发现 %(count)s 处") % {"count": findings}
    if version.stage == "withdrawn":
        return (
            Stage(name=_("起草"), state="done"),
            Stage(name=_("撤回"), state="here", said=_("没有公开")),
        )
    is_draft = version.stage in DRAFTS
    published = version.published_on
    return (
        Stage(name=_("起草"), state="done", said=_("绩效管理岗")),
        Stage(name=_("自查"), state="done", said=found),
        Stage(
            name=_("公开审查"),
            state="here" if is_draft else "done",
            said=_("等公开审查岗办理") if is_draft else "",
        ),
        Stage(
            name=_("公开"),
            state="next" if is_draft else "here",
            said="" if published is None else published.isoformat(),
        ),
    )
