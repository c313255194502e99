"""What can be asked of the site about remarks: said to an office, published to nobody."""

from gongzhi.web.operation import Operation, deed, form, own, page

REMARKS: tuple[Operation, ...] = (
    page("remarks"),
    own("remark-writing"),
    deed("send_remark", makes="remark", signed_in=True, form="remark-writing"),
    page("remark-anonymous"),
    deed("send_anonymous_remark", makes="remark", form="remark-anonymous"),
    form("remark-receipt"),
    deed("add_by_receipt", makes="remark", form="remark-receipt"),
    own("remark-list"),
    page("remark-outcomes"),
    page("remark", of="remark"),
    deed("add_to_remark", of="remark"),
    deed("read_remark", of="remark"),
    deed("ask_about_remark", of="remark"),
    deed("answer_remark", of="remark"),
    deed("pass_remark_on", of="remark"),
)
