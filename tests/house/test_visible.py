"""What is read goes through the charter: every model knows whom its rows may be shown to."""

import ast
from collections.abc import Iterator

from django.apps import apps
from django.db.models import Model

from gongzhi.desk.things import filtered_kinds
from gongzhi.parties.reading import NOBODY
from gongzhi.rules.charter import load_charter
from house.tree import modules

OWN, WEB = "gongzhi.", "src/gongzhi/web/"
# Models without a reader of their own, and why.
EXCEPTIONS = {
    "FigureTaken": "read only through its figure, by who may read the row that it came from",
    "InstalmentPayment": "part of its compensation, read only through it",
    "LatenessExplanation": "part of its compensation, read only through it",
    "LegalGate": "part of its negotiation, read only through it",
    "NegotiationCriterion": "part of its negotiation, read only through it",
    "NegotiationParty": "part of its negotiation, read only through it",
    "NegotiationRound": "part of its negotiation, read only through it",
    "PlanFigure": "part of its plan; its value is read by who may read its source",
    "PlanOption": "part of its negotiation, read only through it",
    "RoundAnswer": "part of its round, shown to whoever may see its side's position",
    "Settlement": "part of its negotiation, shown to its table, to everybody once signed",
    "SettlementTransfer": "part of its settlement, read only through it",
    "Signature": "part of its settlement, read only through it",
    "PositionTerms": "part of its position, read only through it; bounds stand in it locked",
    "TransferPart": "part of its transfer, read only through its settlement",
    "PanelAttendance": "who came of a panel, shown on its page as a count",
    "PanelChange": "what was changed of a panel, shown with it",
    "MeetingMail": "that an invitation was mailed; no page shows it",
    "PanelSolving": "how far a panel's lottery is solved, shown with it",
    "PanelLottery": "the published draw of a panel, shown with it",
    "Phase": "dates of a process, shown with it",
    "ProcessStep": "words on a process, shown with it",
    "StakeholderInvitation": "words to a stakeholder, shown with them",
    "StakeholderWord": "where a stakeholder spoke, shown with them",
    "PendingLeaf": "the log's own: opaque to what it holds, published whole",
    "LogRow": "the log's own: opaque to what it holds, published whole",
    "Bundle": "the log's own: opaque to what it holds, published whole",
    "Tile": "the log's own: opaque to what it holds, published whole",
    "Head": "the log's own: opaque to what it holds, published whole",
    "SignedCheckpoint": "the log's own: opaque to what it holds, published whole",
    "Witness": "the log's own: its policy, which is public",
    "WitnessContact": "the log's own: how asking went, shown on its page",
    "Quorum": "the log's own: its policy, which is public",
    "Cosignature": "the log's own: under the checkpoint, published whole",
    "Succession": "the log's own: which key signed up to where, told in its entries",
    "Anchor": "the log's own: which checkpoint had its quorum, published whole",
    "SealedValue": "read only through the deed that sealed it",
    "SubjectKey": "never shown: opens what is sealed",
    "FormerKey": "never shown: under which digests were made before",
    "BatchTile": "rows of the public log: opaque to what they hold, published whole",
    "BatchBundle": "rows of the public log: opaque to what they hold, published whole",
    "SealedRow": "read only through the deed that sealed it",
    "WaitingRow": "never shown: locked, until it enters the log with others",
    "IdempotencyKey": "never shown: only asked whether a form was sent before",
    "DemoDate": "the date of a demo, which every page shows",
    "Session": "only its own person's, through the session itself",
    "Contact": "only its own person's: Contact.objects.of(person)",
    "AnswerLink": "the link is the right: open_answer_link(token)",
    "EntryCode": "only the browser's that asked for it, through its session",
    "RestingContact": "never shown: only compared with",
    "OutsideLogin": "only its own person's: OutsideLogin.objects.of(person)",
    "Factor": "only its own person's: Factor.objects.of(person)",
    "RecoveryCode": "never shown: only compared with",
    "SharedResult": "the link is the right: SharedResult.objects.behind(key)",
    "NoticeCursor": "how far a job has read the log",
    "Content": "the bytes of attachments, read only through them",
    "AmendmentText": "part of its amendment, read only through it",
    "ReportVersion": "part of its report, read only through it",
    "AmendmentReview": "part of its amendment, read only through it",
    "HookDelivery": "part of its hook, read only through it",
    "RemarkReceipt": "never shown: the code is the right, compared by a slow digest",
    "Human": "never shown: whose accounts belong together",
    "DerivedFinding": "part of its version, read only through it",
    "Stance": "only its own person's, through tallies.stances_of; everybody sees the tally alone",
    "OpinionMap": "sums over a topic's stances, shown with the topic; axes only to find one's own",
    "CommonGround": "part of its topic, read only through it",
    "TallyPart": "sums of stances, shown with the statement that they belong to",
    "ServiceAnswer": "part of the evaluations that it answers, read only through them",
    "Minutes": "part of its meeting once published, of one's own attendance before",
    "MinutesPassage": "part of the minutes, read only through them",
    "Resolution": "part of its meeting, which everybody may read",
    "ResolutionVote": "part of a resolution, read only through it",
    "ServiceCheck": "published for everybody: what finance found about a matter",
    "VoteMethod": "part of its vote, published with it",
    "ProposalCheck": "part of its proposal, published with it",
    "VoteResult": "part of its vote, published with it",
    "RollChange": "how a roll was changed, shown with its vote; who is on it never",
    "RollEntry": "never shown: who may vote, only counted and asked of oneself",
    "BoxKeeper": "who keeps a key, shown with the vote; the key never",
    "BallotBox": "part of its vote: its public key",
    "Ballot": "never shown: sealed, and gone at the close",
    "BallotReceipt": "the published list of receipts of a vote",
    "BallotPaper": "part of its vote, for whoever works on it",
    "BallotKeying": "never shown: only compared with",
    "SurveyQuestion": "part of its survey, read only through it",
    "UnderstoodCount": "counts of nobody in particular, published whole",
    "SurveyMark": "never shown: only counted, until nobody can tell whose it was",
    "SurveyAnswer": "only added up; what people wrote is read by whoever holds the survey",
    "SurveyPaper": "part of its survey, for whoever works on it",
    "PaperKeying": "part of its paper, compared with the other one",
    "SurveyResult": "part of its survey, published with it",
}
FOR_A_MEMBER = {"visible_to", "whole_for", "by_department_for"}
# Rows that pages may fetch without asking, and why.
UNASKED = {
    ("activity.py", "Organisation"): "the names of parties that the log itself names",
    ("cosigners.py", "Organisation"): "whose witnesses are, which the log itself names",
    ("entries.py", "Organisation"): "the names of parties that the log itself names",
    ("proofs.py", "Deed"): "deeds with a version that was read through the charter before",
    ("seals.py", "Deed"): "deeds with rows that were read through the charter before",
    ("pages/charter/adoption.py", "Deed"): "deeds of adoption, which the log names to everybody",
    ("pages/charter/amendments.py", "Deed"): "deeds with an amendment that was read before",
    ("pages/desk/copies.py", "Deed"): "deeds with a row that was read through the charter before",
    ("pages/desk/openings.py", "Organisation"): "who opened what is the reader's own",
    ("pages/desk/openings.py", "Office"): "who opened what is the reader's own",
    (
        "pages/signing/switching.py",
        "Office",
    ): "the demo's switcher, which offers everybody's office",
    ("pages/people/accepting.py", "Invitation"): "whoever has the token is who was invited",
    ("pages/people/conflicts.py", "Deed"): "declarations that were read through the charter",
    ("pages/signing/forgotten.py", "Person"): "who asks for a new password isn't signed in",
    ("tasks.py", "Office"): "a job that looks for everybody whom it has to tell",
    ("pages/figures/hands.py", "Organisation"): "the names of parties that the log itself names",
    ("pages/figures/together.py", "Organisation"): "the name of the unit that the address names",
    ("pages/data_compared/told_tables.py", "GoalIndicator"): "names of approved goals' lines",
    ("pages/readings/project.py", "GoalIndicator"): "lines of approved goals, which all may read",
    ("pages/readings/project.py", "Settlement"): "about readings that were read before",
    ("pages/watching.py", "OutgoingMessage"): "the inbox of a demo on this machine",
}


def _models() -> Iterator[type[Model]]:
    for app in apps.get_app_configs():
        if app.name.startswith(OWN):
            yield from app.get_models()


def _is_filtered(model: type[Model]) -> bool:
    return hasattr(model._default_manager, "visible_to")


def test_every_model_knows_whom_it_may_be_shown_to():
    without = {model.__name__ for model in _models() if not _is_filtered(model)}
    assert without == EXCEPTIONS.keys()


def test_every_filtered_kind_can_be_viewed_by_a_right():
    verbs = load_charter().texts.vocabulary.verbs
    missing = [kind for kind in filtered_kinds() if f"view_{kind}" not in verbs]
    assert missing == []


def test_pages_fetch_no_row_without_asking_for_whom():
    """Lists, counts and exports of what is filtered begin with `visible_to(member)`.

    Sums begin with `whole_for(member)` or `by_department_for` too: those that make it up.
    """
    filtered = {model.__name__ for model in _models() if _is_filtered(model)}
    loose = {
        (name.removeprefix(WEB), model)
        for name, module in modules()
        if name.startswith(WEB)
        for model in _fetched_unasked(module)
        if model in filtered
    }
    assert loose == UNASKED.keys()


def test_who_nobody_is_stands_in_one_place():
    """A thing of nobody's is found by its name, so that all rooms call him the same."""
    by_themselves = [
        f"{name}:{node.lineno}"
        for name, module in modules()
        if name.split("/")[2] in {"parties", "desk", "cycle", "forum", "web"}
        for node in ast.walk(module)
        if isinstance(node, ast.Constant) and node.value == NOBODY
    ]
    assert [each.partition(":")[0] for each in by_themselves] == ["src/gongzhi/parties/reading.py"]


def _fetched_unasked(module: ast.Module) -> Iterator[str]:
    """The models whose `objects` a module uses otherwise than for what a member may see."""
    for node in ast.walk(module):
        match node:
            case ast.Attribute(attr=asked, value=ast.Attribute(attr="objects", value=ast.Name(id))):
                if asked not in FOR_A_MEMBER:
                    yield id
