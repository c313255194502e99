"""Units that a file names and nobody has registered, however long their codes are."""

import pytest

import city_hall
from gongzhi.connectors.opening import open_source
from gongzhi.connectors.trying import Wanted, mappings_for
from gongzhi.core.charter import SYSTEM
from gongzhi.cycle.actions.deliveries import File, collect_facts, straight_from
from gongzhi.cycle.models import Project
from gongzhi.cycle.unit_names import register_those_missing, units_named
from gongzhi.parties.models import Organisation

pytestmark = pytest.mark.django_db
LIKE = "SECRETARIA-DE-ESTADO-DA-SAUDE-SUBSECRETARIA"  # longer than a unit's code may be
FILE = f"""项目代码,项目名称,单位代码,单位名称
X1,卫生院改造,{LIKE}-01,卫生一处
X2,疫苗接种,{LIKE}-02,卫生二处
X3,校舍维修,{"某市教育局直属事业单位后勤保障服务中心" * 6},
"""


def test_units_with_long_codes_are_told_apart_and_found_again():
    finance = city_hall.unit("1", within=city_hall.region()).organisation
    listing = open_source("项目.csv", FILE.encode())
    mappings, _ = mappings_for(listing, Wanted(kind="project"))
    named = units_named(listing, mappings)

    made = register_those_missing(named, by=SYSTEM, beside=finance)
    again = register_those_missing(named, by=SYSTEM, beside=finance)

    assert (len(made), again) == (3, [])
    assert all(len(unit.code) <= Organisation._meta.get_field("code").max_length for unit in made)
    file = File(listing=listing, mappings=mappings)
    delivery = straight_from(file, by=SYSTEM, organisation=finance)
    collect_facts(by=SYSTEM, delivery=delivery, file=file)
    units = Project.objects.filter(code__startswith="X").values_list("code", "unit__name")
    assert dict(units) | {"X3": "…"} == {"X1": "卫生一处", "X2": "卫生二处", "X3": "…"}
    assert len({unit for _, unit in units}) == 3
