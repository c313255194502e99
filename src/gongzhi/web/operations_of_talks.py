"""What can be asked about topics and about what is said in public, as `operations` lists it."""

from gongzhi.web.operation import Operation, deed, page

TALKS: tuple[Operation, ...] = (
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
