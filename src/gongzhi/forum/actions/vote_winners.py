"""What won becomes a project: at once inside an approved sum, else a candidate for a budget (5.11).

A candidate is registered and nothing more: it has no money before its goals were drafted,
examined and approved with the budget, as those of any other project.
"""

from gongzhi.core.charter import SYSTEM, Member
from gongzhi.core.terms import Said
from gongzhi.cycle.actions.projects import register_project
from gongzhi.cycle.models import Project
from gongzhi.forum.models import Vote, VoteProposal
from gongzhi.parties.deeds import act
from gongzhi.parties.unsuitable import Unsuitable

ADOPTED = Said("这个项目已经列入")
NO_CODE = Said("请写项目代码；不能和已有的相同")


def adopt_winner(
    *, by: Member, proposal: VoteProposal, code: str, key: str | None = None
) -> Project:
    """Make what won a project of whoever held the vote, or a candidate for their next budget."""
    with act(by, "adopt_winner", on=proposal, key=key) as record:
        held = VoteProposal.objects.select_for_update(of=["self"]).get(pk=proposal.pk)
        if held.became_id is not None:
            raise Unsuitable({"": ADOPTED})
        named = code.strip()
        vote = proposal.vote
        if not named or Project.objects.filter(code=named).exists():
            raise Unsuitable({"code": NO_CODE})
        project = register_project(
            by=SYSTEM, unit=vote.organisation, code=named, name=proposal.title
        )
        proposal.became = project
        proposal.save(update_fields=["became"])
        record["project"] = str(project.pk)
        if vote.use == Vote.Use.DRAFT_BUDGET:
            record["fiscal_year"] = vote.budget_year
    return project
