"""The least that each deed's form must carry, and what a deed that makes something is about.

A new deed is a line in BODIES; the sweeps fail until it is there.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cache
from io import BytesIO
from typing import Any, TypeAlias

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

import city_hall
from apps.web.balance_things import BALANCE_BODIES, BALANCE_OPTIONS
from apps.web.cast import PAYMENTS, PROPOSED_FOR, Cast, Row, application, reworded
from apps.web.hooks import hook_to_be
from apps.web.letters import LETTER_BODIES, LETTER_OPTIONS
from apps.web.market_things import MARKET_BODIES, MARKET_OPTIONS
from apps.web.meetings import MEETING_BODIES, MEETING_OPTIONS, MEETINGS_TO_BE
from apps.web.panels import PANEL_BODIES, PANEL_OPTIONS, PANELS_TO_BE
from apps.web.processes import PROCESS_BODIES, PROCESS_OPTIONS, PROCESSES_TO_BE
from apps.web.remarks import REMARK_BODIES, REMARKS_TO_BE
from apps.web.surveys import SURVEY_BODIES, SURVEY_OPTIONS, SURVEYS_TO_BE
from apps.web.talks import TALK_BODIES, TALK_OPTIONS, TALKS_MADE
from apps.web.voices import VOICE_BODIES, VOICE_OPTIONS, VOICES_TO_BE
from apps.web.votes import VOTE_BODIES, VOTE_OPTIONS, VOTES_TO_BE
from gongzhi.city.forms import sample_form
from gongzhi.city.sample_papers import WRITERS
from gongzhi.core.charter import Member, Thing
from gongzhi.core.charter.gaps import gaps_in
from gongzhi.core.goals import DraftGoal, DraftIndicator
from gongzhi.core.ledger.keys import KeyKind, Signer
from gongzhi.core.official import MoneyLine, MonitoringSheet, Sources
from gongzhi.core.self_evaluating import SelfEvaluation
from gongzhi.cycle.actions import goals
from gongzhi.cycle.actions.appraisals import AppraisalAspect
from gongzhi.cycle.actions.forms import draft_form
from gongzhi.cycle.disclosure_due import pack_to_be
from gongzhi.cycle.goal_record import GoalPlan
from gongzhi.cycle.models import (
    FormVersion,
    GoalVersion,
    Objection,
    Project,
    ResultProposal,
    ServiceEvaluation,
)
from gongzhi.cycle.result_record import evaluations_to_account_for
from gongzhi.papers.forms import MONITORING_SHEET, as_xlsx
from gongzhi.parties.actions import witnesses
from gongzhi.parties.business_date import business_date
from gongzhi.parties.models import Organisation
from gongzhi.parties.rights import charter_in_force
from gongzhi.trust.witnesses import Candidate, admitted_witnesses, retired_witnesses
from verified import verified

Body: TypeAlias = dict[str, Any]
DECISION = {
    "authority": "某市财政局",
    "document_number": "〔2026〕1号",
    "in_force_from": "2026-01-01",
}
TABLE = "项目名称,某项目\n".encode()


def _own_task(cast: Cast) -> Body:
    own = cast.unit.organisation.pk
    return {"to": f"organisation:{own}", "what": "核实", "clause": "4.16", "working_days": 3}


def _attached(_: Cast) -> Body:
    return {"file": SimpleUploadedFile("说明.csv", TABLE), "label": "internal"}


def _handed_in(_: Cast) -> Body:
    return {"file": SimpleUploadedFile("支付.csv", PAYMENTS.encode())}


def _drafted(_: Cast) -> Body:
    return {"file": SimpleUploadedFile("自评表.xlsx", _paper()), "year": "2022"}


def _whole_draft(cast: Cast) -> Body:
    """A self-evaluation of the unit that is whole, drafted once by nobody of the cast."""
    project = cast.unit.project
    sheet = SelfEvaluation(project=project.name, goal="管网", goal_done="管网")
    line = MoneyLine(initial=Decimal(1), adjusted=Decimal(1), paid=Decimal(1))
    money = Sources(total=line, fiscal=line, carried=line, other=line)
    version = FormVersion.objects.filter(project=project, fiscal_year=2048).first()
    version = version or draft_form(
        by=verified(city_hall.office(cast.unit.organisation, "起草", "officer")),
        project=project,
        form=replace(sheet, money=money).as_form(),
        fiscal_year=2048,
        pack=city_hall.PACK,
    )
    return {"version": version.pk, "fiscal_year": "2048", "review": "经审查可以公开"}


@cache
def _paper() -> bytes:
    return WRITERS["xlsx"](sample_form("008"))


def _checked(cast: Cast) -> Body:
    """What the page of a checked file carries."""
    files = {"files": SimpleUploadedFile("a.csv", TABLE)}
    page = cast.one("visitor").client.post(reverse("check"), files).content.decode()
    return {"state": page.partition('name="state" value="')[2].partition('"')[0], "consent": "yes"}


def _application(cast: Cast) -> Body:
    wanted = application(3)
    return {
        "region": cast.region.pk,
        **{name: getattr(wanted, name) for name in ("kind", "name", "code", "purpose")},
        "registration_number": wanted.registration_number,
        "competent_unit": wanted.competent_unit,
        "responsible": wanted.applicant.responsible,
        "person": wanted.applicant.name,
        "channel": wanted.applicant.channel,
        "address": wanted.applicant.address,
    }


def _office(cast: Cast) -> Body:
    return {
        "person": cast.unit.reviewer_office.person_id,
        "title": "某岗",
        "since_on": "2026-01-01",
    }


def _delegation(cast: Cast) -> Body:
    return {
        "to": cast.unit.reviewer_office.person_id,
        "roles": "officer",
        "since_on": business_date(),
        "until_on": business_date(),
    }


def _invitation(cast: Cast) -> Body:
    return {
        "organisation": cast.unit.organisation.pk,
        "name": "李某",
        "channel": "email",
        "address": "li@example.org",
    }


def _conflict(cast: Cast) -> Body:
    about = cast.other.organisation.thing().name
    return {"about": about, "reason": "亲属任职", "since_on": "2026-01-01"}


def _drafting(_: Cast) -> Body:
    gap = gaps_in(charter_in_force(), today=business_date())[0]
    return {"gap": gap.code, "reason": "请起草"}


def _proposal(_: Cast) -> Body:
    """A clause with one more sentence, as the form sends it."""
    text = reworded("1.4")["text"]
    words = {"text_zh.1.4": text["zh"] + "又一句。", "text_en.1.4": text["en"] + " And more."}
    return {"title": "改一句话", "reason": "说得清楚些", "clause": "1.4", "revision": "1", **words}


def _witness(cast: Cast) -> str:
    """The name of a witness, admitted once; a form sent twice names it although it has retired."""
    if not [*admitted_witnesses(), *retired_witnesses()]:
        issuer = cast.one("own issuer").member
        witnesses.admit_witness(
            by=issuer, candidate=Candidate(key=_key("w.example"), operator="某方")
        )
    return str([*admitted_witnesses(), *retired_witnesses()][0].name)


def _key(name: str) -> str:
    return Signer(name, KeyKind.COSIGNATURE, name.encode().ljust(32, b"x")).verifier.text


REVIEW = {
    "revision": "1",
    "passes": "yes",
    "opinion": "合法",
    "document_number": "某司审〔2026〕1号",
}
ISSUE = {**DECISION, "answer": "均已采纳"}


def _partner(cast: Cast) -> Body:
    """Somebody who has a part in each project, made so the first time that it is tried."""
    helping = Organisation.objects.get(code="social")
    for project in Project.objects.filter(unit=cast.unit.organisation):
        project.partners.get_or_create(
            organisation=helping,
            defaults={"does": "志愿服务", "since_on": business_date()},
        )
    return {"organisation": helping.pk}


@cache
def _declaration() -> bytes:
    book, content = Workbook(), BytesIO()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["项目支出绩效目标申报表"],
        ["项目名称", "某项目1"],
        ["项目资金（万元）", "年度资金总额", "100"],
        ["总体目标", "年度目标"],
        ["", "年内培训100人次"],
        ["绩效指标", "一级指标", "二级指标", "三级指标", "指标值"],
        ["", "产出指标", "数量指标", "培训人次", "≥100人次"],
    ):
        sheet.append(row)
    book.save(content)
    return content.getvalue()


def _sheet(cast: Cast) -> Body:
    """The monitoring sheets of all projects, whichever the address names."""
    names = [row.name for row in cast.things["project"]]
    sheets = [MonitoringSheet(project=name, year=2026, month=1) for name in names]
    return {"file": SimpleUploadedFile("监控.xlsx", as_xlsx(MONITORING_SHEET, sheets))}


def _submitted_below(cast: Cast) -> Body:
    """Goals that a unit under the cast's own handed in to it; made where they are first needed."""
    own = cast.unit.organisation
    if not Project.objects.filter(unit__parent=own).exists():
        below = city_hall.unit("77", within=cast.region)
        Organisation.objects.filter(pk=below.organisation.pk).update(parent=own)
        plan = GoalPlan(goal=DraftGoal(indicators=(DraftIndicator(name="培训人次"),)))
        version = goals.draft_goals(
            by=below.officer,
            project=Project.objects.get(pk=below.project.pk),
            fiscal_year=2031,
            plan=plan,
            pack=city_hall.PACK,
        )
        goals.submit_goals(by=below.reviewer, version=version)
    submitted = GoalVersion.objects.filter(project__unit__parent=own, stage="submitted")
    return {"version": [row.pk for row in submitted]}


def _asking(cast: Cast) -> Body:
    """A question to the cast's unit about its project, which not everybody reads."""
    return {
        "title": "支付为什么没有合同",
        "points": "有几笔没有合同\n什么时候补签",
        "addressed": cast.unit.organisation.pk,
        "fiscal_year": "2026",
    }


def _inquiry_to_be(cast: Cast, by: Member) -> Thing:
    return Thing(
        kind="inquiry",
        id="new",
        owner=by.organisation or str(cast.unit.organisation.pk),
        overseer="nobody",
        addressed=str(cast.unit.organisation.pk),
        stage="open",
        label="internal",
        regions=cast.region.line(),
    )


def _goals_at(cast: Cast, stage: str) -> Body:
    return {"version": [row.pk for row in cast.things["goal_version"] if row.stage == stage]}


def _budget_file(_: Cast) -> Body:
    """A declaration of goals for the unit's project."""
    return {"file": SimpleUploadedFile("目标.xlsx", _declaration()), "fiscal_year": "2040"}


@cache
def _budget_read(cast: Cast) -> Mapping[str, str]:
    """What the page of such a file carries; read once, for files are taken only so often."""
    address = reverse("reading-budget", args=[cast.unit.organisation.pk])
    answer = cast.one("own officer").client.post(address, _budget_file(cast))
    state = answer.content.decode().partition('name="state" value="')[2].partition('"')[0]
    return {"state": state, "row": "0"}


GOALS = {"lines": "1", "year": "2041", "name-0": "培训人次", "target-0": "≥100人次"}
APPRAISAL = {
    "fiscal_year": "2027",
    "conclusion": "supported",
    **{f"{aspect}-holds": "yes" for aspect in AppraisalAspect},
    **{f"{aspect}-said": "有依据" for aspect in AppraisalAspect},
}


BODIES: Mapping[str, Body | Callable[[Cast], Body]] = {
    **TALK_BODIES,
    "check-download": _checked,
    "check-share": _checked,
    "draft_form": _drafted,
    "draft_self_evaluation": {"year": "2047", "name-0": "培训人次", "done-0": "100人次"},
    "redact_draft": {},
    "publish_form": {"review": "经审查可以公开"},
    "draft_forms": lambda cast: {"project": cast.unit.project.pk, "fiscal_year": "2047"},
    "publish_forms": _whole_draft,
    "draft_whole_form": {"form": "goals", "year": "2047", "goal": "路网更密"},
    "publish_whole_form": {"review": "经审查可以公开"},
    "correct_form": {"review": "可以公开", "reason": "填错了"},
    "withdraw_draft": {},
    "explain_finding": {"code": "X4", "indicator": "0", "text": "有原因"},
    "accept_finding": {"code": "X4", "indicator": "0"},
    "draft_goals": GOALS,
    "adjust_goals": {**GOALS, "reason": "汛期提前"},
    "submit_goals": {},
    "withdraw_goals": {},
    "forward_goals": {},
    "ask_about_goals": {},
    "return_goals": {"reason": "没有满意度指标"},
    "approve_goals": {"document_number": "〔2026〕1号"},
    "describe_project": {},
    "add_partner": lambda cast: {"organisation": cast.other.organisation.pk, "does": "监测"},
    "end_partner": _partner,
    "appraise_project": APPRAISAL,
    "reading-budget": _budget_file,
    "draft_budget": lambda cast: dict(_budget_read(cast)),
    "submit_budget": lambda cast: _goals_at(cast, "draft"),
    "forward_budget": _submitted_below,
    "hand_back_budget": lambda cast: {**_submitted_below(cast), "reason": "没有满意度指标"},
    "return_budget": lambda cast: {**_goals_at(cast, "forwarded"), "reason": "没有满意度指标"},
    "approve_budget": lambda cast: {
        **_goals_at(cast, "forwarded"),
        "document_number": "〔2026〕1号",
    },
    "record_budget_act": {
        "fiscal_year": "2026",
        "kind": "transfer",
        "amount": "1000",
        "authority": "财政局",
        "document_number": "〔2026〕2号",
        "decided_on": "2026-01-05",
        "reason": "工程提前",
    },
    "record_grant": {
        "fiscal_year": "2026",
        "level": "province",
        "giver": "省财政厅",
        "kind": "general",
        "amount": "1000",
        "document_number": "〔2026〕3号",
        "given_on": "2026-01-05",
    },
    **LETTER_BODIES,
    **PANEL_BODIES,
    **PROCESS_BODIES,
    **REMARK_BODIES,
    **VOICE_BODIES,
    **SURVEY_BODIES,
    **VOTE_BODIES,
    **MEETING_BODIES,
    **MARKET_BODIES,
    **BALANCE_BODIES,
    "announce_aim": {"code": "M1", "name": "十件实事", "kind": "livelihood"},
    "choose_evaluation": lambda cast: {
        "fiscal_year": "2019",
        "kind": "finance",
        "evaluator": cast.other.organisation.pk,
        "because": "预警三次",
    },
    "choose_whole": lambda cast: {
        "fiscal_year": "2019",
        "kind": "department_wide",
        "evaluator": cast.other.organisation.pk,
        "because": "按年选定",
    },
    "start_evaluation": {
        "fiscal_year": "2019",
        "because": "属于业务范围",
        "independence": "没有利害关系",
    },
    "announce_draw": {
        "fiscal_year": "2011",
        "kind": "third_party",
        "count": "1",
        "because": "预警三次",
    },
    "announce_sample": lambda cast: {
        "fiscal_year": str(city_hall.YEAR),
        "evaluator": cast.other.organisation.pk,
        "because": "按年抽查",
    },
    "hold_draw": {},
    "evaluate_service": {
        "fiscal_year": "2015",
        "matter": "service",
        "text": "路修好了",
        "level-service": "4",
        "level-change": "3",
        "level-openness": "2",
    },
    "ask_supplement": {"reason": "没有说什么时候修完"},
    "answer_citizens": lambda _: {
        "evaluation": ServiceEvaluation.objects.get(fiscal_year=2012).pk,
        "text": "六月修完",
    },
    "publish_service_check": {
        "fiscal_year": "2014",
        "matter": "service",
        "text": "查了账和现场",
    },
    "accept_assignment": {"independence": "没有利害关系"},
    "decline_assignment": {"reason": "人手不足"},
    "withdraw_evaluation": {"reason": "委托取消"},
    "draft_sheet": {"seen": "1"},
    "file_working_paper": {"text": "查看了批复"},
    "hand_in_evaluation": {},
    "explain_gap": {"reason": "现场核对的范围不同"},
    "send_evaluation": {},
    "object_to_evaluation": {"reason": "偏低"},
    "acknowledge_evaluation": {"reason": "六月前补齐"},
    "answer_objection": lambda _: {
        "objection": Objection.objects.earliest("pk").pk,
        "outcome": "dismissed",
        "reason": "没有新证据",
    },
    "conclude_evaluation": {"reason": "总体良好"},
    "draft_report": {"fiscal_year": "2003"},
    "draft_evaluation_report": {},
    "write_report": {"chapter": "advice", "text-advice": "验收提前", "seen": "1"},
    "sign_report": {"seen": "1"},
    "ask_question": _asking,
    "send_opinion": lambda cast: {
        **_asking(cast),
        "meeting": "第九次会议",
        "document_number": "〔2026〕9号",
    },
    "answer_question": {
        "point": "2",
        "done": "逐笔核对",
        "changed": "补签三份",
    },
    "answer_opinion": {
        "point": "2",
        "done": "逐笔核对",
        "changed": "补签三份",
    },
    "assess_answer": {
        "point": "1",
        "satisfaction": "unsatisfied",
        "reason": "没有写明期限",
    },
    "urge_answer": {"reason": "下周要审议"},
    "publish_inquiry": {"reason": "经审查可以公开"},
    "withdraw_inquiry": {"reason": "已在会上答复"},
    "draft_pack": {"fiscal_year": "2030", "occasion": "budget"},
    "redact_passage": {
        "position": "1",
        "at": "goal",
        "passage": "管网",
        "ground": "business",
        "reason": "企业报价",
    },
    "review_pack": {
        "review": "逐件审查，可以公开",
        "secrets": "1",
        "business": "1",
        "privacy": "1",
        "verdict-1": "cleared",
    },
    "publish_pack": {},
    "withdraw_pack": {},
    "propose_results": {"fiscal_year": str(PROPOSED_FOR), "whole": "yes"},
    "decide_results": {"fiscal_year": str(PROPOSED_FOR), "whole": "yes"},
    "decide_allocation": {"reason": "财力不足"},
    "decide_result": {"amount": "960", "reason": "合同已签"},
    "account_for_use": lambda _: {
        "evaluation": evaluations_to_account_for(
            ResultProposal.objects.get(stage="decided").record
        )[0],
        "outcome": "adopted",
        "adopted": "候诊时间",
    },
    "answer_alert": {"choice": "continue", "reason": "雨季停工"},
    "decide_suspension": {"decision": "pay", "reason": "工资不能停"},
    "withdraw_alert": {"reason": "支付数据重复"},
    "accept_answer": {"reason": "同意"},
    "return_answer": {"reason": "没有写明原因"},
    "file_plan": {"reason": "十月完成"},
    "return_plan": {"reason": "没有期限"},
    "report_done": {"reason": "已完成"},
    "pass_check": {"reason": "现场核对无误"},
    "fail_check": {"reason": "只完成一半"},
    "order_visit": {"reason": "连续三次预警"},
    "record_visit": {"reason": "管沟已挖"},
    "assign_task": _own_task,
    "finish_task": {"outcome": "已核实"},
    "read_notice": {},
    "follow_thing": {},
    "unfollow_thing": {},
    "order_digest": {},
    "open_meeting_feed": {},
    "close_meeting_feed": {},
    "register_hook": {"address": "https://hooks.example.org/new"},
    "retire_hook": {},
    "order_export": {},
    "cancel_digest": {},
    "save_view": {"page": "monitoring", "query": "level=red", "name": "红色的"},
    "rename_view": {"name": "要紧的"},
    "delete_view": {},
    "attach_file": _attached,
    "hand_in_file": _handed_in,
    "open_collection": {
        "title": "按月填报",
        "fiscal_year": "2026",
        "month": "3",
        "working_days": "5",
    },
    "close_collection": {},
    "submit_readings": {},
    "filled-table": lambda _: {
        "file": SimpleUploadedFile("填报.csv", "项目代码,指标编号\nP1,km\n".encode())
    },
    "reading-sheet": _sheet,
    "add_reading": lambda cast: {
        "project": str(cast.unit.project.pk),
        "indicator": "km",
        "starts_on": "2026-02-01",
        "ends_on": "2026-02-28",
        "source": "data",
        "value": "2",
    },
    "correct_reading": {"value": "2", "reason": "算错了"},
    "add_evidence": {
        "kind": "survey",
        "shows": "电话回访的结果",
        "made_on": "2026-01-31",
        "label": "public",
        "source": "回访记录",
        "asked": "300",
        "answered": "240",
        "method": "电话回访",
    },
    "settle_readings": {"reason": "现场核实"},
    "deliver_facts": {},
    "collect_facts": {},
    "save_mapping": {"name": "支付系统"},
    "adopt_part": DECISION,
    "suspend_part": DECISION,
    "propose_drafting": _drafting,
    "proposing": _proposal,
    "propose_amendment": _proposal,
    "revising": _proposal,
    "revise_amendment": _proposal,
    "withdraw_amendment": {},
    "comment_amendment": {"text": "赞成"},
    "review_amendment": REVIEW,
    "issue_amendment": ISSUE,
    "withdraw_attachment": {"reason": "传错了"},
    "apply_for_admission": _application,
    "admit_organisation": {},
    "decline_admission": {"reason": "材料不全"},
    "assign_office": _office,
    "end_office": {"reason": "调离"},
    "delegate_office": _delegation,
    "end_delegation": {},
    "suspend_person": {"reason": "被盗用"},
    "restore_person": {"reason": "已找回"},
    "choose_public_name": {"name": "河边的人"},
    "reset_factors": {"reason": "手机丢失"},
    "invite_person": _invitation,
    "withdraw_invitation": {},
    "declare_conflict": _conflict,
    "admit_witness": {"verifier": _key("new.example"), "operator": "某方"},
    "retire_witness": lambda cast: {"witness": _witness(cast), "reason": "私钥被盗"},
    "move_witness": lambda cast: {"witness": _witness(cast), "address": ""},
    "set_quorum": {"threshold": "0"},
    "lift_conflict": {"reason": "已离职"},
    "ask_erasure": {"reason": "不再参与"},
    "erase_values": {},
    "decline_erasure": {"reason": "依法保存"},
}
# What a form takes besides, if it is there.
GOAL_FIELDS = frozenset(
    {"project", "functional", "text", "budget", "people", "starts_on", "ends_on", "reason"}
)
OPTIONAL: Mapping[str, frozenset[str]] = {
    "choose_public_name": frozenset({"next"}),
    "draft_goals": GOAL_FIELDS,
    "adjust_goals": GOAL_FIELDS,
    "describe_project": frozenset(
        {"category", "functional", "basis", "starts_on", "ends_on", "total", "by_year", "aim"}
    ),
    "appraise_project": frozenset({"heard", "conditions"}),
    **LETTER_OPTIONS,
    **PANEL_OPTIONS,
    **PROCESS_OPTIONS,
    **TALK_OPTIONS,
    **VOICE_OPTIONS,
    **SURVEY_OPTIONS,
    **VOTE_OPTIONS,
    **MEETING_OPTIONS,
    **MARKET_OPTIONS,
    **BALANCE_OPTIONS,
    "announce_aim": frozenset({"within", "document"}),
    "start_evaluation": frozenset({"funding", "ties"}),
    "order_export": frozenset({"what", "year", "ending"}),
    "accept_assignment": frozenset({"funding", "ties"}),
    "file_working_paper": frozenset({"line", "source", "label"}),
    "draft_pack": frozenset({"because"}),
    "review_pack": frozenset({"secrets", "business", "privacy", "verdict-1"}),
    "hand_in_evaluation": frozenset({"method", "sample", "sources", "period", "responsible"}),
    "object_to_evaluation": frozenset({"line", "evidence"}),
    "answer_objection": frozenset({"points"}),
    "explain_gap": frozenset({"line"}),
    "ask_question": frozenset({"about", "functional", "due_on"}),
    "send_opinion": frozenset({"about", "functional", "due_on"}),
    "propose_results": frozenset({"project", "year", "unit", "state", "use"}),
    "decide_results": frozenset({"proposal", "document_number", "year", "unit", "state", "use"}),
    "decide_allocation": frozenset(
        {
            "document_number",
            "year",
            "total",
            "fixed",
            "rigid",
            "stop",
            "least",
            "most",
            "heads",
            "reason",
        }
    ),
    "decide_result": frozenset({"document_number"}),
    "account_for_use": frozenset({"changed", "reason"}),
    "forward_goals": frozenset({"reason"}),
    "forward_budget": frozenset({"reason"}),
    "record_budget_act": frozenset({"other"}),
    "record_grant": frozenset({"purpose"}),
    "ask_about_goals": frozenset({"reason"}),
    "deliver_facts": frozenset({"kind", "unit", "mode", "changed", "total"}),
    "collect_facts": frozenset({"kind", "unit", "mode", "changed", "total"}),
    "save_mapping": frozenset({"kind", "unit", "mode", "changed", "total"}),
    "assign_task": frozenset({"about"}),
    "accept_finding": frozenset({"text"}),
    "adopt_part": frozenset({"in_force_until"}),
    "add_reading": frozenset({"value", "text", "why_none", "evidence"}),
    "correct_reading": frozenset({"value", "text", "why_none", "evidence"}),
    "add_evidence": frozenset({"source"}),
    "suspend_part": frozenset({"in_force_until"}),
    "admit_witness": frozenset({"address", "organisation"}),
    "assign_office": frozenset({"roles", "until_on"}),
    "invite_person": frozenset({"roles", "title", "until_on"}),
    "declare_conflict": frozenset({"until_on"}),
}


def body_of(cast: Cast, route: str) -> Body:
    """A body that the route takes, files included, fresh each time."""
    body = BODIES.get(route, {})
    return dict(body if isinstance(body, Mapping) else body(cast))


def _task_to_be(cast: Cast, by: Member) -> Thing:
    return Thing(
        kind="task",
        id="new",
        owner=str(cast.unit.organisation.pk),
        stage="open",
        authors=frozenset(filter(None, (by.person,))),
        regions=cast.region.line(),
    )


def _office_to_be(cast: Cast, _: Member) -> Thing:
    held = cast.unit.reviewer_office
    return replace(held.thing(), id="new", label="ordinary")


def _pack_to_be(cast: Cast, _: Member) -> Thing:
    return pack_to_be(cast.unit.organisation)


def _evaluation_to_be(cast: Cast, by: Member, *, own: bool) -> Thing:
    commissioner = by.organisation or str(cast.unit.organisation.pk)
    return Thing(
        kind="evaluation",
        id="new",
        owner=commissioner if own else str(cast.other.organisation.pk),
        overseer="nobody",
        evaluated=str(cast.unit.organisation.pk),
        commissioner=commissioner,
        stage="assigned",
        label="public",
        authors=frozenset(),
        conflicted=frozenset(),
        regions=cast.region.line(),
    )


def _draw_to_be(cast: Cast, by: Member) -> Thing:
    return Thing(
        kind="draw",
        id="new",
        owner=by.organisation or "nobody",
        overseer="nobody",
        stage="announced",
        label="public",
        regions=cast.region.line(),
    )


def _service_evaluation_to_be(cast: Cast, by: Member) -> Thing:
    return Thing(
        kind="service_evaluation",
        id="new",
        owner=str(cast.unit.organisation.pk),
        holder=by.person or "nobody",
        stage="received",
        label="public",
        regions=cast.region.line(),
    )


def _report_to_be(cast: Cast, by: Member, *, writer: city_hall.Unit) -> Thing:
    """A year's is written by who commissioned, an evaluation's by who evaluated."""
    own = str(writer.organisation.pk)
    return Thing(
        kind="report",
        id="new",
        owner=own if by.organisation == own else "nobody",
        evaluated=str(cast.unit.organisation.pk),
        commissioner="nobody",
        stage="drafting",
        label="public",
        authors=frozenset(),
        conflicted=frozenset(),
        regions=cast.region.line(),
    )


def _invitation_to_be(cast: Cast, _: Member) -> Thing:
    owner = str(cast.unit.organisation.pk)
    return Thing(kind="invitation", id="new", owner=owner, stage="open")


def _conflict_to_be(_: Cast, by: Member) -> Thing:
    return Thing(
        kind="conflict",
        id="new",
        owner=by.organisation or "nobody",
        holder=by.person,
        authors=frozenset(filter(None, (by.person,))),
        stage="declared",
    )


def _erasure_to_be(_: Cast, by: Member) -> Thing:
    selves = frozenset(filter(None, (by.person,)))
    return Thing(
        kind="erasure",
        id="new",
        holder=by.person,
        authors=selves,
        stage="waiting",
        conflicted=frozenset(),
    )


def _delivery_to_be(organisation: str | None) -> Thing:
    return Thing(kind="delivery", id="new", owner=organisation or "nobody", stage="waiting")


# What a deed is about that makes a thing: for the charter it is already there.
MADE: Mapping[str, Callable[[Cast, Member], Thing]] = {
    **TALKS_MADE,
    "hand_in_file": lambda _, by: _delivery_to_be(by.organisation),
    "open_collection": lambda cast, by: Thing(
        kind="collection",
        id="new",
        owner=by.organisation or "nobody",
        stage="open",
        regions=cast.region.line(),
    ),
    "submit_readings": lambda cast, by: Thing(
        kind="submission",
        id="new",
        owner=by.organisation or "nobody",
        overseer="nobody",
        regions=cast.region.line(),
    ),
    "reading-sheet": _sheet,
    "add_reading": lambda cast, by: Thing(
        kind="reading",
        id="new",
        owner=by.organisation or "nobody",
        stage="disclosed",
        regions=cast.region.line(),
    ),
    "save_mapping": lambda cast, _: Thing(
        kind="saved_mapping", id="new", owner=str(cast.unit.organisation.pk)
    ),
    "follow_thing": lambda _, by: Thing(kind="follow", id="new", holder=by.person),
    "register_hook": hook_to_be,
    "open_meeting_feed": lambda _, by: Thing(kind="meeting_feed", id="new", holder=by.person),
    "order_digest": lambda _, by: Thing(kind="digest", id="new", holder=by.person),
    "save_view": lambda _, by: Thing(kind="saved_view", id="new", holder=by.person, owner="nobody"),
    "order_export": lambda _, by: Thing(kind="export", id="new", holder=by.person, stage="ordered"),
    "draft_pack": _pack_to_be,
    "choose_evaluation": lambda cast, by: _evaluation_to_be(cast, by, own=False),
    "evaluate_service": _service_evaluation_to_be,
    "announce_draw": _draw_to_be,
    "start_evaluation": lambda cast, by: _evaluation_to_be(cast, by, own=True),
    "draft_report": lambda cast, by: _report_to_be(cast, by, writer=cast.unit),
    "draft_evaluation_report": lambda cast, by: _report_to_be(cast, by, writer=cast.other),
    "assign_task": _task_to_be,
    **PANELS_TO_BE,
    **PROCESSES_TO_BE,
    **REMARKS_TO_BE,
    **VOICES_TO_BE,
    **SURVEYS_TO_BE,
    **VOTES_TO_BE,
    **MEETINGS_TO_BE,
    "ask_question": _inquiry_to_be,
    "send_opinion": lambda cast, by: replace(_inquiry_to_be(cast, by), stage="handled"),
    "assign_office": _office_to_be,
    "invite_person": _invitation_to_be,
    "declare_conflict": _conflict_to_be,
    "ask_erasure": _erasure_to_be,
}
# Where the right is asked of another row than the one in the address.
ASKED_ON: Mapping[str, Callable[[Row], Row]] = {"redact_draft": lambda version: version.project}
