"""The addresses of the people's congress's room."""

from django.urls import path

from gongzhi.web.pages.congress import asking, inquiry, room

INQUIRY = "congress/<uuid:inquiry>/"

urlpatterns = [
    path("congress/", room.congress, name="congress"),
    path("congress/asking/", asking.asking, name="congress-asking"),
    path("congress/ask_question/", asking.ask_question, name="ask_question"),
    path("congress/send_opinion/", asking.send_opinion, name="send_opinion"),
    path(INQUIRY, inquiry.inquiry, name="inquiry"),
    path(f"{INQUIRY}answer_question/", inquiry.answer_question, name="answer_question"),
    path(f"{INQUIRY}answer_opinion/", inquiry.answer_opinion, name="answer_opinion"),
    path(f"{INQUIRY}assess_answer/", inquiry.assess_answer, name="assess_answer"),
    path(f"{INQUIRY}urge_answer/", inquiry.urge_answer, name="urge_answer"),
    path(f"{INQUIRY}publish_inquiry/", inquiry.publish_inquiry, name="publish_inquiry"),
    path(f"{INQUIRY}withdraw_inquiry/", inquiry.withdraw_inquiry, name="withdraw_inquiry"),
]
