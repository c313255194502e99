"""R13: a database of the time before the forum gets it with all that it holds, and back again."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

import city_hall
from gongzhi.cycle.models import FormVersion, Project
from gongzhi.parties.models import Deed

BEFORE = [("forum", None)]


def migrated(targets: list[tuple[str, str | None]]) -> MigrationExecutor:
    executor = MigrationExecutor(connection)
    executor.migrate(targets)
    return MigrationExecutor(connection)


def tables() -> set[str]:
    return {each for each in connection.introspection.table_names() if each.startswith("forum_")}


@pytest.mark.django_db(transaction=True)
def test_r13_the_forum_comes_to_a_database_with_data_and_goes_without_harm():
    leaves = list(MigrationExecutor(connection).loader.graph.leaf_nodes("forum"))
    unit = city_hall.unit("1", within=city_hall.region())
    city_hall.published(unit)
    held = (Project.objects.count(), FormVersion.objects.count(), Deed.objects.count())
    try:
        migrated(BEFORE)
        assert tables() == set()
        assert (Project.objects.count(), FormVersion.objects.count(), Deed.objects.count()) == held
    finally:
        migrated(leaves)
    assert "forum_process" in tables()
    assert (Project.objects.count(), FormVersion.objects.count(), Deed.objects.count()) == held
