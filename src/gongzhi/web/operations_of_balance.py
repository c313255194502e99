"""What can be asked about balancing interests, as `operations` lists it."""

from gongzhi.web.operation import Operation, deed, page

COMPENSATION: tuple[Operation, ...] = (
    # ── the compensation ledger ──
    page("compensations"),
    page("project-compensation", of="project"),
    deed("promise_compensation", of="project", makes="compensation"),
    page("compensation", of="compensation"),
    deed("record_compensation_payment", of="compensation"),
    deed("explain_late_compensation", of="compensation"),
    deed("object_to_compensation", of="compensation"),
    deed("answer_compensation_objection", of="compensation_objection"),
)
NEGOTIATIONS: tuple[Operation, ...] = (
    # ── negotiations ──
    page("negotiations"),
    page("project-negotiations", of="project"),
    deed("open_negotiation", of="project", form="project-negotiations"),
    page("negotiation", of="negotiation"),
    *(
        deed(verb, of="negotiation")
        for verb in (
            *("seat_negotiation_party", "ask_for_seat", "decide_on_seat", "record_legal_gate"),
            *("add_plan", "withdraw_plan", "add_criterion", "withdraw_criterion"),
            *("link_plan_figure", "unlink_plan_figure"),
            *("state_position", "open_round", "answer_round", "propose_settlement"),
            *("sign_settlement", "refer_dispute"),
        )
    ),
)
