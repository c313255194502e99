"""What can be asked about panels by lot, as `operations` lists it."""

from gongzhi.web.operation import Operation, deed, own, page

PANELS: tuple[Operation, ...] = (
    # ── panels by lot ──
    page("panels"),
    own("panel-announcing"),
    deed("announce_panel", makes="panel", signed_in=True, form="panel-announcing"),
    page("panel", of="panel"),
    page("panel-draw-file", of="panel"),
    deed("change_panel", of="panel"),
    deed("close_volunteering", of="panel"),
    deed("call_off_panel", of="panel"),
    deed("hold_panel_draw", of="panel"),
    deed("record_panel_attendance", of="panel"),
    deed("volunteer_for_panel", of="panel", makes="panel_volunteer"),
    deed("withdraw_volunteering", of="panel_volunteer"),
    deed("accept_panel_seat", of="panel_volunteer"),
    deed("decline_panel_seat", of="panel_volunteer"),
    deed("release_panel_seat", of="panel_volunteer"),
    deed("submit_panel_opinion", of="panel_volunteer"),
    deed("answer_panel_opinion", of="panel_opinion"),
)
