"""The addresses of votes on projects."""

from django.urls import path

from gongzhi.web.pages.participation.votes import (
    balloting,
    papers,
    proposals,
    result,
    roll,
    room,
    starting,
    vote,
)

ROOM = "participation/votes/"
VOTE = f"{ROOM}<uuid:vote>/"
PROPOSAL = f"{ROOM}proposals/<uuid:proposal>/"

urlpatterns = [
    path(ROOM, room.votes, name="votes"),
    path(f"{ROOM}secrecy/", room.secrecy, name="vote-secrecy"),
    path(f"{ROOM}starting/", starting.starting, name="starting-vote"),
    path(f"{ROOM}start_vote/", starting.start_vote, name="start_vote"),
    path(VOTE, vote.vote, name="vote"),
    path(f"{VOTE}keep_box/", vote.keep_box, name="keep_box"),
    path(f"{VOTE}open_vote/", vote.open_vote, name="open_vote"),
    path(f"{VOTE}unlock_box/", vote.unlock_box, name="unlock_box"),
    path(f"{VOTE}close_vote/", vote.close_vote, name="close_vote"),
    path(f"{VOTE}propose_project/", proposals.propose_project, name="propose_project"),
    path(f"{VOTE}roll/", roll.roll, name="voting-roll"),
    path(f"{VOTE}change_roll/", roll.change_roll, name="change_roll"),
    path(f"{VOTE}decide_roll_change/", roll.decide_roll_change, name="decide_roll_change"),
    path(f"{VOTE}voting/", balloting.voting, name="voting"),
    path(f"{VOTE}cast_ballot/", balloting.cast_ballot, name="cast_ballot"),
    path(f"{VOTE}ask_for_ballot/", balloting.ask_for_ballot, name="ask_for_ballot"),
    path(f"{VOTE}papers/", papers.papers, name="ballot-papers"),
    path(f"{VOTE}forms/", papers.paper_ballots, name="paper-ballots"),
    path(f"{VOTE}issue_ballot_papers/", papers.issue_ballot_papers, name="issue_ballot_papers"),
    path(f"{VOTE}key_ballot_paper/", papers.key_ballot_paper, name="key_ballot_paper"),
    path(f"{VOTE}result/", result.result, name="vote-result"),
    path(f"{VOTE}ballots.pb", result.ballot_file, name="ballot-file"),
    path(f"{VOTE}receipts/", result.receipts, name="ballot-receipts"),
    path(PROPOSAL, proposals.proposal, name="vote-proposal"),
    path(f"{PROPOSAL}check_proposal/", proposals.check_proposal, name="check_proposal"),
    path(f"{PROPOSAL}withdraw_proposal/", proposals.withdraw_proposal, name="withdraw_proposal"),
    path(f"{PROPOSAL}adopt_winner/", proposals.adopt_winner, name="adopt_winner"),
]
