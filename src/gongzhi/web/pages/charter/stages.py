"""The way of an amendment from its proposal to the version it makes, and where it stands."""

from django.utils.translation import gettext as _

from gongzhi.parties.charters import Amendment, CharterVersion
from gongzhi.web.shown import Stage

LOOKS = {
    "drafting": "unknown",
    "open": "watch",
    "returned": "fault",
    "reviewed": "kept",
    "issued": "kept",
    "withdrawn": "unknown",
}


def look_of(amendment: Amendment) -> str:
    """The shape and colour that go with its stage."""
    return LOOKS[amendment.stage]


def stages_of(amendment: Amendment, *, version: CharterVersion | None) -> tuple[Stage, ...]:
    """Proposed, commented on, reviewed, issued, in force: what is done, here and next."""
    proposed = Stage(name=_("提出"), state="done", said=amendment.proposed_on.isoformat())
    if amendment.stage == "withdrawn":
        return (proposed, Stage(name=_("撤回"), state="here", said=_("没有签发")))
    if amendment.stage == "drafting":
        waits = Stage(name=_("起草"), state="here", said=_("还没有条文"))
        return (proposed, waits, *_to_come(1))
    place = {"open": 0, "returned": 1, "reviewed": 2, "issued": 3}[amendment.stage]
    told = (_until(amendment), _opinion(amendment), _document(version), _in_force(version))
    steps = (_("征求意见"), _("合法性审核"), _("签发"), _("生效"))
    return (
        proposed,
        *(
            Stage(name=name, state=_state(number, place), said=said)
            for number, (name, said) in enumerate(zip(steps, told, strict=True))
        ),
    )


def _to_come(first: int) -> tuple[Stage, ...]:
    names = (_("起草"), _("征求意见"), _("合法性审核"), _("签发"), _("生效"))
    return tuple(Stage(name=name, state="next") for name in names[first:])


def _state(number: int, place: int) -> str:
    if number == place:
        return "here"
    return "done" if number < place else "next"


def _until(amendment: Amendment) -> str:
    until = amendment.comments_until
    return _("到 %(day)s") % {"day": until.isoformat()} if until else ""


def _opinion(amendment: Amendment) -> str:
    return _("退回修改") if amendment.stage == "returned" else ""


def _document(version: CharterVersion | None) -> str:
    return version.document_number if version else ""


def _in_force(version: CharterVersion | None) -> str:
    if version is None:
        return ""
    values = {"number": version.number, "day": version.in_force_from.isoformat()}
    return _("第 %(number)s 版，自 %(day)s 起") % values
