"""What can be asked about balancing interests, as `operations` lists it."""

from gongzhi.web.operation import Operation, deed, page

COMPENSATION: tuple[Operation, ...] = (
    # ── the compensation ledger ──
    page("compensations"),
    page("project-compensation", of="project"),
    deed("promise_compensation", of="project", makes="compensation", form="project-compensation"),
    page("compensation", of="compensation"),
    deed("record_compensation_payment", of="compensation"),
    deed("explain_late_compensation", of="compensation"),
    deed("object_to_compensation", of="compensation"),
    deed("answer_compensation_objection", of="compensation_objection"),
)
