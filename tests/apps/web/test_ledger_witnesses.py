"""Who cosigns the log is decided on its page, by whose right it is."""

from dataclasses import replace

import html5lib
import pytest
from django.urls import reverse
from django.utils.timezone import localtime

import city_hall
from apps.trust.watchers import changed, watching
from gongzhi.core.ledger.keys import KeyKind, Signer
from gongzhi.trust import witnesses
from gongzhi.trust.cosigning import Cosigning
from gongzhi.trust.proofs import head
from gongzhi.trust.sequencing import sequence
from gongzhi.trust.troubles import Trouble, trouble_said
from gongzhi.trust.witnesses import admitted_witnesses, quorum_in_force
from gongzhi.web.cosigners import lasting
from gongzhi.words import say
from verified import VerifiedClient, signed_in

pytestmark = pytest.mark.django_db
KEY = Signer("w.example", KeyKind.COSIGNATURE, bytes(32)).verifier.text


@pytest.fixture
def hall() -> city_hall.Unit:
    return city_hall.unit("1", within=city_hall.region())


@pytest.fixture
def issuer(hall) -> VerifiedClient:
    return signed_in(city_hall.office(hall.organisation, "issuer", "issuer"))


def words(answer) -> str:
    return answer.content.decode()


def test_the_issuing_office_admits_moves_and_retires(issuer):
    admitted = {"key": "1", "verifier": KEY, "operator": "某协会"}
    assert issuer.post(reverse("admit_witness"), admitted).status_code == 302
    assert "某协会" in words(issuer.get(reverse("ledger-witnesses")))
    assert issuer.post(reverse("set_quorum"), {"key": "2", "threshold": "1"}).status_code == 302
    assert quorum_in_force().threshold == 1

    moved = {"key": "3", "witness": "w.example", "address": "https://w.example/"}
    assert issuer.post(reverse("move_witness"), moved).status_code == 302
    assert admitted_witnesses()[0].address == "https://w.example/"

    issuer.post(reverse("set_quorum"), {"key": "4", "threshold": "0"})
    retired = {"key": "5", "witness": "w.example", "reason": "私钥被盗"}
    assert issuer.post(reverse("retire_witness"), retired).status_code == 302
    assert admitted_witnesses() == ()


def test_what_is_no_key_is_said_and_nothing_changes(issuer):
    answer = issuer.post(
        reverse("admit_witness"), {"key": "1", "verifier": "abc", "operator": "某协会"}
    )

    assert answer.status_code == 422
    assert "这不是见证方的公钥" in words(answer)
    assert admitted_witnesses() == ()


def test_a_visitor_reads_the_witnesses_and_finds_no_form(client, hall):
    page = words(client.get(reverse("ledger-witnesses")))

    assert "见证方" in page
    assert reverse("admit_witness") not in page


HOSTILE = '某"协会<'
REFUSED = {
    "admit_witness": (
        {"verifier": "abc", "operator": HOSTILE, "address": "nowhere"},
        {"address": "请写见证方的网址", "verifier": "这不是见证方的公钥"},
    ),
    "set_quorum": ({"threshold": "7"}, {"threshold": "凑不成 7 个的门槛"}),
    "move_witness": (
        {"witness": "v.example", "address": "nowhere"},
        {"address": "请写见证方的网址"},
    ),
    "retire_witness": ({"witness": "v.example", "reason": ""}, {"reason": "没有填"}),
}


@pytest.fixture
def two_witnesses(issuer) -> None:
    for number, name in enumerate(("w.example", "v.example")):
        signer = Signer(name, KeyKind.COSIGNATURE, bytes([number]) * 32)
        given = {"key": name, "verifier": signer.verifier.text, "operator": name}
        assert issuer.post(reverse("admit_witness"), given).status_code == 302


def fields(page: str) -> dict[str, str]:
    """What stands in the fields of a page, by their ids."""
    found = {}
    for each in html5lib.parse(page, namespaceHTMLElements=False).iter():
        match each.tag:
            case "input":
                found[each.get("id")] = each.get("value")
            case "textarea":
                found[each.get("id")] = each.text or ""
            case "select":
                options = each.findall(".//option")
                chosen = [o for o in options if o.get("selected") is not None] or options
                found[each.get("id")] = chosen[0].get("value")
    return found


@pytest.mark.parametrize("verb", REFUSED)
def test_a_form_that_comes_back_keeps_what_was_filled_in_and_no_other_form_takes_it(
    verb, issuer, hall, two_witnesses
):
    untouched = fields(words(issuer.get(reverse("ledger-witnesses"))))
    given, _ = REFUSED[verb]
    if verb == "admit_witness":
        given = {**given, "organisation": str(hall.organisation.pk)}

    answer = issuer.post(reverse(verb), {"key": "once", **given})
    stand = fields(words(answer))

    assert answer.status_code == 422
    assert {name: stand[f"{verb}-{name}"] for name in given} == given
    others = {name: value for name, value in untouched.items() if name and "-" in name}
    assert {name: stand[name] for name in others if not name.startswith(verb)} == {
        name: value for name, value in others.items() if not name.startswith(verb)
    }


@pytest.mark.parametrize("verb", REFUSED)
def test_what_is_wrong_stands_at_its_field_and_the_summary_leads_there(verb, issuer, two_witnesses):
    given, wrong = REFUSED[verb]

    page = words(issuer.post(reverse(verb), {"key": "once", **given}))

    for name, said in wrong.items():
        assert f'href="#{verb}-{name}"' in page
        assert f'aria-describedby="{verb}-{name}-wrong' in page
        assert said in page.partition(f'id="{verb}-{name}-wrong"')[2][:80]


def test_what_no_field_of_the_form_can_mend_is_said_without_a_link(issuer, two_witnesses):
    issuer.post(reverse("set_quorum"), {"key": "2", "threshold": "2"})

    page = words(
        issuer.post(
            reverse("retire_witness"), {"key": "3", "witness": "v.example", "reason": "退出"}
        )
    )

    assert "凑不成 2 个的门槛" in page
    assert 'href="#retire_witness-threshold"' not in page


class TestHowWitnessesStand:
    """Both on the log's page and on theirs: whose they are, whether they signed, what hinders."""

    PAGES = ("ledger", "ledger-witnesses", "verify")

    @pytest.fixture
    def watchers(self, hall, tmp_path):
        sequence()
        with watching(tmp_path / "witnesses") as watchers:
            candidate = watchers.candidate("a")
            changed(witnesses.admit, replace(candidate, organisation=hall.organisation.pk))
            watchers.admit("bc", threshold=2)
            yield watchers

    @pytest.mark.parametrize("page", PAGES)
    @pytest.mark.usefixtures("watchers")
    def test_each_is_shown_with_its_party_and_how_late_it_came(self, page, client, hall):
        cosign()

        shown = words(client.get(reverse(page)))

        assert "3 个见证方中须有 2 个签名；最新的检查点有 3 个签了名" in shown
        assert hall.organisation.name in shown
        assert "秒后联署" in shown
        assert "还没有联署" not in shown

    @pytest.mark.parametrize("page", PAGES)
    def test_one_that_does_not_answer_is_named_with_its_trouble(self, page, client, watchers):
        watchers.lose("b")
        cosign()

        shown = words(client.get(reverse(page)))

        assert "最新的检查点有 2 个签了名" in shown
        assert "还没有联署最新的检查点，已过 " in shown
        assert trouble_said(Trouble.SILENT).text in shown

    @pytest.mark.parametrize("page", PAGES)
    @pytest.mark.usefixtures("watchers")
    def test_a_lost_quorum_is_said_with_its_moment(self, page, client, settings):
        settings.LOG_QUORUM_LATE_S = 0.0

        shown = words(client.get(reverse(page)))

        since = localtime(head().unanchored_since).strftime("%Y-%m-%d %H:%M:%S")
        assert f"自 {since} 起，新的存证没有凑够 2 个见证方签名" in shown


def cosign() -> None:
    asking = Cosigning()
    asking.round()
    asking.end()


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0.04, "0.0 秒"),
        (9.96, "10.0 秒"),
        (59.9, "59 秒"),
        (60, "1 分钟"),
        (7199, "1 小时"),
        (86_400 * 3.5, "3 天"),
    ],
)
def test_how_long_something_took_is_said_in_the_largest_unit_that_it_fills(seconds, said):
    assert say(lasting(seconds), "zh") == said
