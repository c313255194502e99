"""What can be asked about taking part, as `operations` lists it; each room adds a line."""

from gongzhi.web.operation import Operation, deed, own, page
from gongzhi.web.operations_of_balance import COMPENSATION, NEGOTIATIONS
from gongzhi.web.operations_of_market import MARKET
from gongzhi.web.operations_of_panels import PANELS
from gongzhi.web.operations_of_remarks import REMARKS
from gongzhi.web.operations_of_surveys import SURVEYS
from gongzhi.web.operations_of_talks import TALKS
from gongzhi.web.operations_of_votes import VOTES

PARTICIPATION: tuple[Operation, ...] = (
    # ── participation: processes, and who is affected ──
    page("participation"),
    page("participation-health"),
    page("participation-asked"),
    page("processes"),
    own("process-starting"),
    deed("start_process", makes="process", signed_in=True, form="process-starting"),
    page("process", of="process"),
    deed("move_phases", of="process"),
    deed("conclude_process", of="process"),
    deed("withdraw_process", of="process"),
    page("stakeholders", of="project"),
    deed("register_stakeholder", of="project", makes="stakeholder"),
    deed("invite_stakeholder", of="stakeholder"),
    deed("note_stakeholder", of="stakeholder"),
    *PANELS,
    *REMARKS,
    *SURVEYS,
    *TALKS,
    *MARKET,
    *COMPENSATION,
    *VOTES,
    *NEGOTIATIONS,
)
