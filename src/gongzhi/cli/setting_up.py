"""`gongzhi setup`: the database, the first unit and the first person. No accounts by default."""

import argparse
import os
import sys
from getpass import getpass
from importlib import import_module
from typing import Any
from urllib.parse import unquote, urlsplit

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from gongzhi.cli.loading import load_django
from gongzhi.cli.postgres_roles import WRITING, grant
from gongzhi.cli.schema import bring_up_to_date, owner_address
from gongzhi.cli.telling import CannotRun, tell, worded
from gongzhi.core.charter import SYSTEM, BadCharter
from gongzhi.core.terms import Said, SaidValues, several
from gongzhi.rules.money import USUAL, load_currencies

CURRENCY = "金额的币种，ISO 4217 代码；不写时是 CNY，登记以后不再改"
QUESTIONS = {
    "region_code": "区划代码（例如 330000）",
    "region_name": "区划名称",
    "organisation_code": "单位编码",
    "organisation_name": "单位名称（一般是财政部门）",
    "username": "管理员的用户名",
    "name": "管理员的姓名",
    "title": "管理员的岗位名称",
}
# Who looks after what the system administrator, the first person, may not.
ADMINISTRATORS = {"security_admin": "安全管理员", "audit_admin": "审计管理员"}
PASSWORD = "GONGZHI_PASSWORD"  # noqa: S105 - the name of a variable


def arguments(parser: argparse.ArgumentParser) -> None:
    """What `setup` takes; what is missing is asked for."""
    for name, question in QUESTIONS.items():
        flag = "--" + name.replace("_", "-")
        parser.add_argument(flag, metavar="TEXT", help=worded(question))
    parser.add_argument("--currency", metavar="CODE", default=USUAL, help=worded(CURRENCY))


def run(options: argparse.Namespace) -> int:
    """Bring the database up to date; register the first person where there is nobody yet."""
    prepare_database()
    people = import_module("gongzhi.parties.models").Person.objects
    if people.exists():
        tell(Said("数据库已更新；已有人员，没有另建账号"))
        tell_of_the_rules(taken_up=take_up_the_rules())
        return 0
    currency = known_currency(options.currency)
    given = {name: getattr(options, name) or ask(name) for name in QUESTIONS}
    password = new_password()
    with transaction.atomic():
        take_up_the_rules()
        organisation = register_first(given, password=password, currency=currency)
        links = invite_administrators(organisation)
    tell(Said("已登记 {name}；现在可以运行 gongzhi serve 和 gongzhi work", {"name": given["name"]}))
    for title, link in links.items():
        told: SaidValues = {"title": Said(title), "link": link}
        tell(Said("把这个链接交给担任{title}的另一个人，由本人打开：{link}", told))
    tell_of_the_rules(taken_up=True)
    return 0


def take_up_the_rules() -> bool:
    """Keep the shipped text of the rules, as long as nothing was decided on an earlier one."""
    is_due = bool(import_module("gongzhi.parties.model_text").model_text_is_due())
    if is_due:
        import_module("gongzhi.parties.actions.charter").take_up_model_text(by=SYSTEM)
    return is_due


def tell_of_the_rules(*, taken_up: bool) -> None:
    """Say what holds: nothing is in force before an authority has adopted it."""
    try:
        states = import_module("gongzhi.parties.adoption").part_states_today().values()
    except BadCharter as fault:
        why = fault.problems[0].what
        raise CannotRun(Said("这一版程序读不懂本地的规则：{why}", {"why": why})) from fault
    in_force = sum(state.in_force for state in states)
    tell(
        Said(
            "《协同治理工作规则》{parts} 章中有 {in_force} 章施行；其余各章的权利不生效，"
            "由签发岗在“规则—在本地的施行”页按制定机关的文号施行",
            {"parts": len(states), "in_force": in_force},
        )
    )
    if not taken_up and import_module("gongzhi.parties.model_text").shipped_text_differs():
        tell(Said("程序带来的示范文本与本地的规则不同；可以在“规则—修改”页据此提出修改"))


def prepare_database() -> None:
    """Tables as the owner; where the site has a role of its own, its rights too."""
    owner = owner_address()
    os.environ["GONGZHI_DEMO"] = "0"
    os.environ.setdefault("DATABASE_URL", owner)
    load_django()
    if owner != os.environ["DATABASE_URL"]:
        app = unquote(urlsplit(os.environ["DATABASE_URL"]).username or "")
        grant(owner, role=app, rights=WRITING)
    bring_up_to_date(owner=owner)


def ask(name: str) -> str:
    """The answer of the person at the terminal."""
    if not sys.stdin.isatty():
        flag = "--" + name.replace("_", "-")
        raise CannotRun(Said("缺少 {flag}；这里没有终端可以询问", {"flag": flag}))
    while not (answer := input(worded(QUESTIONS[name]) + "：").strip()):
        pass
    return answer


def new_password() -> str:
    """A password from GONGZHI_PASSWORD, else typed twice; a weak one is refused."""
    password = os.environ.get(PASSWORD) or typed_password()
    try:
        validate_password(password)
    except ValidationError as error:
        raise CannotRun(Said("密码太弱：{why}", {"why": " ".join(error.messages)})) from error
    return password


def typed_password() -> str:
    """A password typed twice without being shown."""
    if not sys.stdin.isatty():
        raise CannotRun(Said("请设置 {variable}；这里没有终端可以询问", {"variable": PASSWORD}))
    first = getpass(worded("密码") + "：")
    if first != getpass(worded("再输一次") + "："):
        raise CannotRun(Said("两次输入的密码不同"))
    return first


def known_currency(code: str) -> str:
    """The code of a currency that the product knows."""
    if code.upper() not in load_currencies():
        told: SaidValues = {"code": code, "known": several(sorted(load_currencies()))}
        raise CannotRun(Said("不认识币种“{code}”；认识的有 {known}", told))
    return code.upper()


def register_first(given: dict[str, str], *, password: str, currency: str = USUAL) -> Any:
    """The first region, unit, person and office, each a deed of the installation itself."""
    actions = import_module("gongzhi.parties.actions.setting_up")
    region = actions.register_region(
        by=SYSTEM, code=given["region_code"], name=given["region_name"], currency=currency
    )
    organisation = actions.register_organisation(
        by=SYSTEM,
        region=region,
        code=given["organisation_code"],
        name=given["organisation_name"],
        kind="government",
    )
    person = actions.register_person(
        by=SYSTEM,
        username=given["username"],
        name=given["name"],
        password=password,
        organisation=organisation,
    )
    import_module("gongzhi.parties.actions.offices").assign_office(
        by=SYSTEM,
        person=person,
        organisation=organisation,
        title=given["title"],
        roles=["system_admin"],
        since_on=import_module("gongzhi.parties.business_date").business_date(),
    )
    return organisation


def invite_administrators(organisation: Any) -> dict[str, str]:
    """Links for the two other administrators: three people, each with an account of their own."""
    actions = import_module("gongzhi.parties.actions.people")
    settings = import_module("django.conf").settings
    site = f"{'https' if settings.HTTPS else 'http'}://{settings.ALLOWED_HOSTS[0]}"
    links = {}
    for role, title in ADMINISTRATORS.items():
        token = import_module("gongzhi.parties.invitations").new_token()
        link = actions.Link(site=site, token=token)
        offer = actions.Offer(title=title, roles=(role,))
        actions.invite_person(
            by=SYSTEM, organisation=organisation, invitee=None, link=link, offer=offer
        )
        links[title] = str(link)
    return links
