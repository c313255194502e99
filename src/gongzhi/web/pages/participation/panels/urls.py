"""The addresses of panels by lot."""

from django.urls import path

from gongzhi.web.pages.participation.panels import announcing, panel, room, seats

PANEL = "participation/panels/<uuid:panel>/"
SEAT = "participation/panels/volunteers/<uuid:volunteer>/"
OPINION = "participation/panels/opinions/<uuid:opinion>/"

urlpatterns = [
    path("participation/panels/", room.panels, name="panels"),
    path("participation/panels/announcing/", announcing.announcing, name="panel-announcing"),
    path("participation/panels/announce_panel/", announcing.announce_panel, name="announce_panel"),
    path(PANEL, panel.panel, name="panel"),
    path(f"{PANEL}draw.json", panel.draw_file, name="panel-draw-file"),
    path(f"{PANEL}change_panel/", panel.change_panel, name="change_panel"),
    path(f"{PANEL}close_volunteering/", panel.close_volunteering, name="close_volunteering"),
    path(f"{PANEL}call_off_panel/", panel.call_off_panel, name="call_off_panel"),
    path(f"{PANEL}hold_panel_draw/", panel.hold_panel_draw, name="hold_panel_draw"),
    path(
        f"{PANEL}record_panel_attendance/",
        panel.record_panel_attendance,
        name="record_panel_attendance",
    ),
    path(f"{PANEL}volunteer_for_panel/", seats.volunteer_for_panel, name="volunteer_for_panel"),
    path(
        f"{SEAT}withdraw_volunteering/", seats.withdraw_volunteering, name="withdraw_volunteering"
    ),
    path(f"{SEAT}accept_panel_seat/", seats.accept_panel_seat, name="accept_panel_seat"),
    path(f"{SEAT}decline_panel_seat/", seats.decline_panel_seat, name="decline_panel_seat"),
    path(f"{SEAT}release_panel_seat/", seats.release_panel_seat, name="release_panel_seat"),
    path(f"{SEAT}submit_panel_opinion/", seats.submit_panel_opinion, name="submit_panel_opinion"),
    path(
        f"{OPINION}answer_panel_opinion/", seats.answer_panel_opinion, name="answer_panel_opinion"
    ),
]
