"""How a pack of disclosure goes: drafted, examined piece by piece, published for good.

What is published is never changed: a correction is the next version, with its reason. A passage
that is kept back after the examination makes the examination begin anew.
"""

from dataclasses import dataclass
from enum import StrEnum

from gongzhi.core.terms import Said


class PackStage(StrEnum):
    """How far a pack got."""

    DRAFT = "draft"  # waits for the disclosure reviewer
    REVIEWED = "reviewed"  # may be published as it is
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Verdict(StrEnum):
    """What the examination says of a piece; `released` is one that was cleared when it came out."""

    UNDECIDED = "undecided"
    CLEARED = "cleared"
    REFERRED = "referred"  # in doubt: asked of who decides, closed until then (clause 6.10)
    KEPT_BACK = "kept_back"
    RELEASED = "released"


class Ground(StrEnum):
    """Why a passage or a piece is kept back (clause 6.10)."""

    PRIVACY = "privacy"
    BUSINESS = "business"
    LAW = "law"


GROUNDS: dict[Ground, Said] = {
    Ground.PRIVACY: Said("个人隐私"),
    Ground.BUSINESS: Said("商业秘密"),
    Ground.LAW: Said("依法不予公开"),
}


class Side(StrEnum):
    """Who takes a step; who exactly may is the charter's answer."""

    OFFICER = "officer"
    REVIEWER = "reviewer"


@dataclass(frozen=True, slots=True, kw_only=True)
class PackStep:
    """A step that may be taken in a stage, by which sides, and where it leads."""

    stage: PackStage
    verb: str
    to: PackStage
    sides: tuple[Side, ...]
    name: Said


BOTH = (Side.OFFICER, Side.REVIEWER)


def _redacted(stage: PackStage) -> PackStep:
    """What is kept back has to be examined again."""
    return PackStep(
        stage=stage,
        verb="redact_passage",
        to=PackStage.DRAFT,
        sides=BOTH,
        name=Said("遮蔽一段文字"),
    )


def _withdrawn(stage: PackStage) -> PackStep:
    return PackStep(
        stage=stage,
        verb="withdraw_pack",
        to=PackStage.WITHDRAWN,
        sides=BOTH,
        name=Said("撤回公开包"),
    )


STEPS: tuple[PackStep, ...] = (
    _redacted(PackStage.DRAFT),
    PackStep(
        stage=PackStage.DRAFT,
        verb="review_pack",
        to=PackStage.REVIEWED,
        sides=(Side.REVIEWER,),
        name=Said("公开审查"),
    ),
    _withdrawn(PackStage.DRAFT),
    _redacted(PackStage.REVIEWED),
    PackStep(
        stage=PackStage.REVIEWED,
        verb="publish_pack",
        to=PackStage.PUBLISHED,
        sides=(Side.REVIEWER,),
        name=Said("公开"),
    ),
    _withdrawn(PackStage.REVIEWED),
)
UNFINISHED = (PackStage.DRAFT, PackStage.REVIEWED)


def pack_step(stage: PackStage, verb: str) -> PackStep | Said:
    """The step that a verb takes from a stage, or why it can't be taken, in words."""
    step = next((each for each in STEPS if each.stage is stage and each.verb == verb), None)
    return step or Said("公开包现在的状态不能这样办理")
