"""The addresses of evaluations."""

from django.urls import path

from gongzhi.web.pages.evaluations import (
    citizens,
    draws,
    evaluation,
    feedback,
    hearing,
    lists,
    papers,
    project,
    similar,
    wholes,
)

PROJECT, EVALUATION = "projects/<uuid:project>/", "evaluations/<uuid:evaluation>/"

urlpatterns = [
    path("evaluations/", lists.evaluations, name="evaluations"),
    path(f"{PROJECT}evaluation/", project.project_evaluation, name="project-evaluation"),
    path(f"{PROJECT}similar/", similar.project_similar, name="project-similar"),
    path(f"{PROJECT}choose_evaluation/", project.choose_evaluation, name="choose_evaluation"),
    path("evaluations/follow-ups/", wholes.follow_ups, name="follow-ups"),
    path(
        "organisations/<uuid:organisation>/evaluation/",
        wholes.organisation_evaluation,
        name="organisation-evaluation",
    ),
    path(
        "organisations/<uuid:organisation>/choose_evaluation/",
        wholes.choose_whole,
        name="choose_whole",
    ),
    path(f"{PROJECT}evaluation/citizens/", citizens.citizens, name="citizens"),
    path(f"{PROJECT}evaluate_service/", citizens.evaluate_service, name="evaluate_service"),
    path(f"{PROJECT}answer_citizens/", citizens.answer_citizens, name="answer_citizens"),
    path(
        f"{PROJECT}publish_service_check/",
        citizens.publish_service_check,
        name="publish_service_check",
    ),
    path(
        "service-evaluations/<uuid:evaluation>/ask_supplement/",
        citizens.ask_supplement,
        name="ask_supplement",
    ),
    path(f"{PROJECT}announce_draw/", project.announce_draw, name="announce_draw"),
    path("evaluations/rechecks/", draws.rechecks, name="rechecks"),
    path("evaluations/rechecks/announce/", draws.announce_sample, name="announce_sample"),
    path("draws/<uuid:draw>/", draws.draw, name="draw"),
    path("draws/<uuid:draw>/hold_draw/", draws.hold_draw, name="hold_draw"),
    path(f"{PROJECT}start_evaluation/", project.start_evaluation, name="start_evaluation"),
    path(EVALUATION, evaluation.evaluation, name="evaluation"),
    path(f"{EVALUATION}sheet/<str:ending>/", papers.score_sheet_paper, name="score-sheet-paper"),
    path(f"{EVALUATION}accept_assignment/", evaluation.accept_assignment, name="accept_assignment"),
    path(
        f"{EVALUATION}decline_assignment/", evaluation.decline_assignment, name="decline_assignment"
    ),
    path(
        f"{EVALUATION}withdraw_evaluation/",
        evaluation.withdraw_evaluation,
        name="withdraw_evaluation",
    ),
    path(f"{EVALUATION}draft_sheet/", evaluation.draft_sheet, name="draft_sheet"),
    path(
        f"{EVALUATION}file_working_paper/", evaluation.file_working_paper, name="file_working_paper"
    ),
    path(
        f"{EVALUATION}hand_in_evaluation/", evaluation.hand_in_evaluation, name="hand_in_evaluation"
    ),
    path(f"{EVALUATION}explain_gap/", evaluation.explain_gap, name="explain_gap"),
    path(f"{EVALUATION}send_evaluation/", hearing.send_evaluation, name="send_evaluation"),
    path(
        f"{EVALUATION}object_to_evaluation/",
        hearing.object_to_evaluation,
        name="object_to_evaluation",
    ),
    path(
        f"{EVALUATION}acknowledge_evaluation/",
        hearing.acknowledge_evaluation,
        name="acknowledge_evaluation",
    ),
    path(f"{EVALUATION}answer_objection/", hearing.answer_objection, name="answer_objection"),
    path(
        f"{EVALUATION}conclude_evaluation/", hearing.conclude_evaluation, name="conclude_evaluation"
    ),
    path(f"{EVALUATION}send_feedback/", feedback.send_feedback, name="send_feedback"),
    path(
        f"{PROJECT}evaluation/send_feedback/",
        feedback.send_panel_feedback,
        name="send_panel_feedback",
    ),
    path(
        f"{PROJECT}evaluation/order_rectification/",
        feedback.order_rectification,
        name="order_rectification",
    ),
]
