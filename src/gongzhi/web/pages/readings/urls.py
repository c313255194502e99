"""The addresses of readings and of calls for them."""

from django.urls import path

from gongzhi.web.pages.readings import (
    answering,
    collections,
    evidence,
    from_sheet,
    project,
    settling,
)

urlpatterns = [
    path("collections/", collections.collections, name="collections"),
    path("collections/open_collection/", collections.open_collection, name="open_collection"),
    path("collections/<uuid:collection>/", collections.collection, name="collection"),
    path(
        "collections/<uuid:collection>/close_collection/",
        collections.close_collection,
        name="close_collection",
    ),
    path("collections/<uuid:collection>/answer/", answering.answering, name="answering"),
    path("collections/<uuid:collection>/table/", answering.table, name="collection-table"),
    path(
        "collections/<uuid:collection>/filled/",
        answering.filled_table,
        name="filled-table",
    ),
    path(
        "collections/<uuid:collection>/submit_readings/",
        answering.submit_readings,
        name="submit_readings",
    ),
    path("projects/<uuid:project>/readings/", project.project_readings, name="project-readings"),
    path(
        "projects/<uuid:project>/readings/from_sheet/",
        from_sheet.reading_sheet,
        name="reading-sheet",
    ),
    path("readings/add_reading/", settling.add_reading, name="add_reading"),
    path(
        "readings/<uuid:reading>/correct_reading/",
        settling.correct_reading,
        name="correct_reading",
    ),
    path("readings/<uuid:reading>/add_evidence/", evidence.add_evidence, name="add_evidence"),
    path(
        "readings/<uuid:reading>/settle_readings/",
        settling.settle_readings,
        name="settle_readings",
    ),
]
