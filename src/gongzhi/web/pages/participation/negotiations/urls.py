"""The addresses of negotiations."""

from django.urls import path

from gongzhi.web.pages.participation.negotiations import deeds, room, table

ROOM = "participation/negotiations/"
OF_PROJECT = f"{ROOM}projects/<uuid:project>/"
TABLE = f"{ROOM}<uuid:negotiation>/"
DEEDS = (
    deeds.seat_negotiation_party,
    deeds.ask_for_seat,
    deeds.decide_on_seat,
    deeds.record_legal_gate,
    deeds.add_plan,
    deeds.withdraw_plan,
    deeds.link_plan_figure,
    deeds.unlink_plan_figure,
    deeds.add_criterion,
    deeds.withdraw_criterion,
    deeds.state_position,
    deeds.open_round,
    deeds.answer_round,
    deeds.propose_settlement,
    deeds.sign_settlement,
    deeds.refer_dispute,
)

urlpatterns = [
    path(ROOM, room.negotiations, name="negotiations"),
    path(OF_PROJECT, room.project_negotiations, name="project-negotiations"),
    path(f"{OF_PROJECT}open_negotiation/", room.open_negotiation, name="open_negotiation"),
    path(TABLE, table.negotiation, name="negotiation"),
    *(path(f"{TABLE}{each.__name__}/", each, name=each.__name__) for each in DEEDS),
]
