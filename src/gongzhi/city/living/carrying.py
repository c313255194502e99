"""The project that the city carries together after the flood, for all who take part."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from gongzhi.city.invented.carried import load_carried
from gongzhi.city.invented.stepwise import Step
from gongzhi.city.living.attempts import decided_on
from gongzhi.city.living.happenings import Happening
from gongzhi.city.living.people import People
from gongzhi.core.charter import Member
from gongzhi.cycle.models import Project
from gongzhi.forum.actions import joint as actions
from gongzhi.forum.actions import joint_gifts as gifts
from gongzhi.forum.models import JointProject


@dataclass(frozen=True, slots=True, kw_only=True)
class Carrying:
    """The joint project's steps, each by whoever takes it."""

    people: People

    def happenings(self) -> Iterator[Happening]:
        """Every step on its day."""
        for step in load_carried().steps:
            yield decided_on(step.on, partial(self._take, step))

    def _take(self, step: Step) -> None:
        given = dict(step.given)
        if step.verb == "record_charity_licence":
            organisation = self.people.organisations[given.pop("organisation")]
            by = self.people.member(step.by, "registrar")
            gifts.record_charity_licence(by=by, organisation=organisation, **given)
            return
        by = self.people.member(step.by, "officer")
        if step.verb == "start_joint_project":
            project = Project.objects.select_related("unit__region").get(
                code=load_carried().project
            )
            actions.start_joint_project(by=by, project=project, **given)
            return
        DEEDS[step.verb](by, _known(), given, self.people)


def _known() -> JointProject:
    """The joint project as it stands; raises DoesNotExist where nobody started it."""
    rows = JointProject.objects.with_facts()
    found: JointProject = rows.get(project__code=load_carried().project, stage="open")
    return found


Given = Mapping[str, Any]
Deed = Callable[[Member, JointProject, Given, People], object]


def _need(by: Member, joint: JointProject, given: Given, _: People) -> object:
    return actions.state_need(by=by, joint=joint, needed=actions.Needed(**given))


def _offer(by: Member, joint: JointProject, given: Given, _: People) -> object:
    return actions.offer_supply(
        by=by,
        joint=joint,
        need=joint.needs.get(item=given["need"]).pk,
        quantity=given["quantity"],
        worth=given["worth"],
        worth_basis=given["worth_basis"],
    )


def _accept(by: Member, joint: JointProject, given: Given, _: People) -> object:
    return actions.accept_offer(
        by=by, joint=joint, offer=_offer_of(joint, given), quantity=given["quantity"]
    )


def _deliver(by: Member, joint: JointProject, given: Given, _: People) -> object:
    return gifts.confirm_delivery(
        by=by,
        joint=joint,
        offer=_offer_of(joint, given),
        quantity=given["quantity"],
        note=given.get("note", ""),
    )


def _pledge(by: Member, joint: JointProject, given: Given, people: People) -> object:
    pledged = gifts.Pledged(
        receiver=people.organisations[given["to"]].pk,
        amount=given["amount"],
        purpose=given["purpose"],
        raised=given["raised"],
    )
    return gifts.pledge_contribution(by=by, joint=joint, pledged=pledged)


def _pay(by: Member, joint: JointProject, given: Given, _: People) -> object:
    pledge = joint.contributions.get(purpose=given["pledge"])
    return gifts.confirm_contribution(
        by=by, joint=joint, contribution=pledge.pk, amount=given["amount"]
    )


def _task(by: Member, joint: JointProject, given: Given, people: People) -> object:
    return actions.set_joint_task(
        by=by,
        joint=joint,
        organisation=people.organisations[given["to"]].pk,
        text=given["text"],
        due_on=given["due_on"],
    )


def _report(by: Member, joint: JointProject, given: Given, _: People) -> object:
    task = joint.tasks.get(text=given["task"])
    return actions.report_joint_task(by=by, joint=joint, task=task.pk, text=given["text"])


def _offer_of(joint: JointProject, given: Given) -> UUID:
    found: UUID = joint.offers.get(need__item=given["offer"]).pk
    return found


DEEDS: Mapping[str, Deed] = {
    "join_joint_project": lambda by, joint, given, _: actions.join_joint_project(
        by=by, joint=joint, **given
    ),
    "state_need": _need,
    "offer_supply": _offer,
    "accept_offer": _accept,
    "confirm_delivery": _deliver,
    "pledge_contribution": _pledge,
    "confirm_contribution": _pay,
    "set_joint_task": _task,
    "report_joint_task": _report,
    "log_volunteers": lambda by, joint, given, _: actions.log_volunteers(
        by=by, joint=joint, worked=actions.Worked(**given)
    ),
    "reconcile_joint_month": lambda by, joint, given, _: gifts.reconcile_joint_month(
        by=by, joint=joint, **given
    ),
}
