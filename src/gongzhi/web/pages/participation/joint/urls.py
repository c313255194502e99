"""The addresses of joint projects."""

from django.urls import path

from gongzhi.web.pages.participation.joint import board, deeds, room

JOINT = "participation/joint/"
OF_PROJECT = f"{JOINT}projects/<uuid:project>/"
LICENCES = f"{JOINT}licences/<uuid:organisation>/"
BOARD = f"{JOINT}<uuid:project>/"

urlpatterns = [
    path(JOINT, room.joint_projects, name="joint-projects"),
    path(OF_PROJECT, room.project_joint, name="project-joint"),
    path(f"{OF_PROJECT}start_joint_project/", room.start_joint_project, name="start_joint_project"),
    path(LICENCES, room.charity_licences, name="charity-licences"),
    path(
        f"{LICENCES}record_charity_licence/",
        room.record_charity_licence,
        name="record_charity_licence",
    ),
    path(BOARD, board.joint_project, name="joint-project"),
    path(f"{BOARD}join_joint_project/", deeds.join_joint_project, name="join_joint_project"),
    path(f"{BOARD}leave_joint_project/", deeds.leave_joint_project, name="leave_joint_project"),
    path(f"{BOARD}state_need/", deeds.state_need, name="state_need"),
    path(f"{BOARD}offer_supply/", deeds.offer_supply, name="offer_supply"),
    path(f"{BOARD}accept_offer/", deeds.accept_offer, name="accept_offer"),
    path(f"{BOARD}confirm_delivery/", deeds.confirm_delivery, name="confirm_delivery"),
    path(f"{BOARD}pledge_contribution/", deeds.pledge_contribution, name="pledge_contribution"),
    path(f"{BOARD}confirm_contribution/", deeds.confirm_contribution, name="confirm_contribution"),
    path(f"{BOARD}set_joint_task/", deeds.set_joint_task, name="set_joint_task"),
    path(f"{BOARD}report_joint_task/", deeds.report_joint_task, name="report_joint_task"),
    path(f"{BOARD}log_volunteers/", deeds.log_volunteers, name="log_volunteers"),
    path(
        f"{BOARD}reconcile_joint_month/",
        deeds.reconcile_joint_month,
        name="reconcile_joint_month",
    ),
]
