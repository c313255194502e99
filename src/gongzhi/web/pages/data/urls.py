"""The addresses of facts that files bring."""

from django.urls import path

from gongzhi.web.pages.data import arriving, deliveries

urlpatterns = [
    path("data/", deliveries.deliveries, name="deliveries"),
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
