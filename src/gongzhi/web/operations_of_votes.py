"""What can be asked about votes on projects, as `operations` lists it."""

from gongzhi.web.operation import Operation, deed, own, page

VOTES: tuple[Operation, ...] = (
    page("votes"),
    page("vote-secrecy"),
    own("starting-vote"),
    deed("start_vote", makes="vote", signed_in=True, form="starting-vote"),
    page("vote", of="vote"),
    deed("keep_box", of="vote"),
    deed("open_vote", of="vote"),
    deed("unlock_box", of="vote"),
    deed("close_vote", of="vote"),
    deed(
        "propose_project",
        of="vote",
        makes="vote_proposal",
        signed_in=True,
    ),
    page("voting-roll", of="vote"),
    deed("change_roll", of="vote", form="voting-roll"),
    deed("decide_roll_change", of="vote", form="voting-roll"),
    page("voting", of="vote"),
    deed("cast_ballot", of="vote", form="voting"),
    deed("ask_for_ballot", of="vote", form="voting"),
    page("ballot-papers", of="vote"),
    page("paper-ballots", of="vote"),
    deed("issue_ballot_papers", of="vote", form="ballot-papers"),
    deed("key_ballot_paper", of="vote", form="ballot-papers"),
    page("vote-result", of="vote"),
    page("ballot-file", of="vote"),
    page("ballot-receipts", of="vote"),
    page("vote-proposal", of="vote_proposal"),
    deed("check_proposal", of="vote_proposal"),
    deed("withdraw_proposal", of="vote_proposal"),
    deed("adopt_winner", of="vote_proposal"),
)
