"""The addresses of the compensation ledger."""

from django.urls import path

from gongzhi.web.pages.participation.compensation import one, project, room

LEDGER = "participation/compensation/"
OF_PROJECT = f"{LEDGER}projects/<uuid:project>/"
ONE = f"{LEDGER}<uuid:compensation>/"
OBJECTION = f"{LEDGER}objections/<uuid:objection>/"

urlpatterns = [
    path(LEDGER, room.compensations, name="compensations"),
    path(OF_PROJECT, project.project_compensation, name="project-compensation"),
    path(
        f"{OF_PROJECT}promise_compensation/",
        project.promise_compensation,
        name="promise_compensation",
    ),
    path(ONE, one.compensation, name="compensation"),
    path(
        f"{ONE}record_compensation_payment/",
        one.record_compensation_payment,
        name="record_compensation_payment",
    ),
    path(
        f"{ONE}explain_late_compensation/",
        one.explain_late_compensation,
        name="explain_late_compensation",
    ),
    path(
        f"{ONE}object_to_compensation/", one.object_to_compensation, name="object_to_compensation"
    ),
    path(
        f"{OBJECTION}answer_compensation_objection/",
        one.answer_compensation_objection,
        name="answer_compensation_objection",
    ),
]
