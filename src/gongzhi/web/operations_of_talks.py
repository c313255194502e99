"""What can be asked about topics and about what is said in public, as `operations` lists it."""

from gongzhi.web.operation import Operation, deed, page

TALKS: tuple[Operation, ...] = (
    # ── topics, statements and stances ──
    page("topics"),
    deed("open_topic", makes="topic", signed_in=True, form="topics"),
    page("topic", of="topic"),
    deed("submit_statement", of="topic", makes="statement"),
    deed("close_topic", of="topic"),
    deed("export_stances", of="topic"),
    page("opinion-map", of="topic"),
    page("stance-matrix", of="topic"),
    deed("record_common_ground", of="topic", form="opinion-map"),
    deed("take_stance", of="statement"),
    deed("withdraw_statement", of="statement", form="#statements"),
    # ── posts that are reported, or not shown ──
    page("moderation"),
    page("post"),
    deed("report_post", makes="post_report", form="post"),
    deed("hide_post", makes="hiding", form="post"),
    deed("keep_post", of="post_report"),
    page("hiding", of="hiding"),
    deed("appeal_hiding", of="hiding"),
    deed("decide_appeal", of="hiding"),
)
