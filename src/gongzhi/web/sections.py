"""The sections of the site: their names, where they begin, which addresses lie in them."""

import re
from dataclasses import dataclass

from django.http import HttpRequest

from gongzhi.core.terms import Text
from gongzhi.web.addresses import address_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A section; `inside` matches the addresses in it. Some are only for who is signed in.

    `counts` names what is shown beside it: what waits there, or is unread.
    """

    name: Text
    route: str
    inside: re.Pattern[str]
    signed_in: bool = False
    counts: str = ""


def _section(
    name: Text, route: str, inside: str, *, signed_in: bool = False, counts: str = ""
) -> Section:
    pattern = re.compile(inside)
    return Section(name=name, route=route, inside=pattern, signed_in=signed_in, counts=counts)


SECTIONS = (
    _section(Text(zh="首页", en="Home"), "home", r"/$"),
    _section(
        Text(zh="项目", en="Projects"),
        "projects",
        r"/(goals|forms|versions|self-evaluations|disclosure|became)/"
        r"|/organisations/[^/]+/disclosure/"
        r"|/projects/(?![^/]+/(monitoring|payments|readings|evaluation|similar|results)/)",
    ),
    _section(
        Text(zh="监控", en="Monitoring"),
        "monitoring",
        r"/(monitoring|alerts)/|/projects/[^/]+/(monitoring|payments|readings)/",
    ),
    _section(
        Text(zh="评价", en="Evaluation"),
        "evaluations",
        r"/(evaluations|rectifications|feedback|congress|deputies|effects|results|draws)/|/data/(equity|efficiency)/"
        r"|/projects/[^/]+/(evaluation|similar|results)/|/organisations/[^/]+/evaluation/",
    ),
    _section(Text(zh="参与", en="Take part"), "participation", r"/participation/"),
    _section(
        Text(zh="数据", en="Data"),
        "deliveries",
        r"/(data|collections)/(?!equity/|efficiency/)",
        signed_in=True,
    ),
    _section(Text(zh="查一张表", en="Check a form"), "check", r"/(check|shared)/"),
    _section(Text(zh="存证", en="Proofs"), "verify", r"/(verify|ledger)/"),
    _section(Text(zh="规则", en="Rules"), "charter", r"/(charter|rules)/"),
    _section(
        Text(zh="工作台", en="Desk"),
        "desk",
        r"/desk/(?!notices/|digests/|hooks/)",
        signed_in=True,
        counts="waiting",
    ),
    _section(
        Text(zh="通知", en="Notices"),
        "notices",
        r"/desk/(notices|digests|hooks)/",
        signed_in=True,
        counts="notices",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A section as the bar shows it; `current` is what a screen reader is told of it."""

    section: Section
    current: str


def sections_for(request: HttpRequest, *, signed_in: bool) -> list[Place]:
    """The sections that a reader finds in the bar, the one that they are in marked."""
    path = request.path_info
    return [
        Place(section=each, current=_current(each, path))
        for each in SECTIONS
        if signed_in or not each.signed_in
    ]


def _current(section: Section, path: str) -> str:
    if path == address_of(section.route):
        return "page"
    return "true" if section.inside.match(path) else ""
