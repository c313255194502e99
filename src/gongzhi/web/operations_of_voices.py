"""What can be asked about needs, proposals and suggestions, as `operations` lists it."""

from gongzhi.web.operation import Operation, deed, form, own, page

VOICES: tuple[Operation, ...] = (
    page("voices"),
    own("voices-late"),
    own("voices-mine"),
    own("participation-proof"),
    form("voice-writing", signed_in=True),
    form("voice-similar", only_post=True, signed_in=True),
    deed("submit_voice", makes="voice", signed_in=True, form="voice-writing"),
    page("project-voices-became", of="project"),
    page("process-voices-became", of="process"),
    page("voice", of="voice"),
    deed("revise_voice", of="voice"),
    deed("withdraw_voice", of="voice"),
    deed("attach_evidence", of="voice"),
    deed("ask_voice_supplement", of="voice"),
    deed("support_voice", of="voice"),
    deed("withdraw_support", of="voice"),
    deed("offer_resources", of="voice"),
    deed("answer_voice", of="voice"),
    deed("adopt_suggestion", of="voice"),
    deed("merge_voices", of="voice"),
    deed("unmerge_voice", of="voice"),
    deed("urge_voice", of="voice"),
)
