"""The addresses of disclosure."""

from django.urls import path

from gongzhi.web.pages.disclosure import files, lists, pack, tables, unit

UNIT, PACK = "organisations/<uuid:organisation>/", "disclosure/<uuid:pack>/"

urlpatterns = [
    path("disclosure/", lists.disclosure, name="disclosure"),
    path("disclosure/tables/", tables.tables, name="disclosure-tables"),
    path(
        "disclosure/tables/<slug:table>.<slug:ending>", tables.summary_table, name="summary-table"
    ),
    path("disclosure/tables/<slug:table>/each.<slug:ending>", tables.each_table, name="each-table"),
    path(f"{UNIT}disclosure/", unit.unit_disclosure, name="unit-disclosure"),
    path(f"{UNIT}draft_pack/", unit.draft_pack, name="draft_pack"),
    path(PACK, pack.disclosure_pack, name="disclosure-pack"),
    path(f"{PACK}files/<slug:ending>/", files.pack_file, name="pack-file"),
    path(f"{PACK}redact_passage/", pack.redact_passage, name="redact_passage"),
    path(f"{PACK}review_pack/", pack.review_pack, name="review_pack"),
    path(f"{PACK}publish_pack/", pack.publish_pack, name="publish_pack"),
    path(f"{PACK}withdraw_pack/", pack.withdraw_pack, name="withdraw_pack"),
]
