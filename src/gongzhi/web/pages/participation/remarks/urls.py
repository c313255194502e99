"""The addresses of remarks."""

from django.urls import path

from gongzhi.web.pages.participation.remarks import (
    lists,
    outcomes,
    receipt,
    remark,
    start,
    writing,
)

ROOM = "participation/remarks/"
REMARK = f"{ROOM}<uuid:remark>/"

urlpatterns = [
    path(ROOM, start.remarks, name="remarks"),
    path(f"{ROOM}writing/", writing.writing, name="remark-writing"),
    path(f"{ROOM}send_remark/", writing.send_remark, name="send_remark"),
    path(f"{ROOM}anonymous/", writing.anonymous, name="remark-anonymous"),
    path(
        f"{ROOM}send_anonymous_remark/",
        writing.send_anonymous_remark,
        name="send_anonymous_remark",
    ),
    path(f"{ROOM}receipt/", receipt.receipt, name="remark-receipt"),
    path(f"{ROOM}add_by_receipt/", receipt.add_by_receipt, name="add_by_receipt"),
    path(f"{ROOM}list/", lists.listed, name="remark-list"),
    path(f"{ROOM}outcomes/", outcomes.outcomes, name="remark-outcomes"),
    path(REMARK, remark.remark, name="remark"),
    path(f"{REMARK}add_to_remark/", remark.add_to_remark, name="add_to_remark"),
    path(f"{REMARK}read_remark/", remark.read_remark, name="read_remark"),
    path(f"{REMARK}ask_about_remark/", remark.ask_about_remark, name="ask_about_remark"),
    path(f"{REMARK}answer_remark/", remark.answer_remark, name="answer_remark"),
    path(f"{REMARK}pass_remark_on/", remark.pass_remark_on, name="pass_remark_on"),
]
