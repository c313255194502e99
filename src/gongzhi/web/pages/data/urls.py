"""The addresses of facts that files bring."""

from django.urls import path

from gongzhi.web.pages.data import arriving, deliveries, open_sets

urlpatterns = [
    path("data/", deliveries.deliveries, name="deliveries"),
    path("data/open/", open_sets.open_data, name="open-data"),
    path("data/open/dictionary.json", open_sets.dictionary, name="open-dictionary"),
    path("data/open/<slug:dataset>.<slug:ending>", open_sets.dataset, name="open-dataset"),
    path("data/hand_in_file/", deliveries.hand_in_file, name="hand_in_file"),
    path("data/<uuid:delivery>/arriving/", arriving.arriving, name="arriving"),
    path(
        "data/<uuid:delivery>/deliver_facts/",
        arriving.deliver_facts,
        name="deliver_facts",
    ),
    path(
        "data/<uuid:delivery>/collect_facts/",
        arriving.collect_facts,
        name="collect_facts",
    ),
    path("data/<uuid:delivery>/save_mapping/", arriving.save_mapping, name="save_mapping"),
    path("data/<uuid:delivery>/", deliveries.delivery, name="delivery"),
]
