"""The verb is the same word everywhere: action, Cedar action, log; every right has its clause."""

import ast
import re

from django.apps import apps

from gongzhi.core.charter import VISITOR
from gongzhi.core.charter.filtering import readable
from gongzhi.cycle.models.facts import Fact
from gongzhi.desk.things import filtered_kinds
from gongzhi.rules.charter import load_charter
from house.test_words import english
from house.tree import modules

VIEW = "view_"


def is_act(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in {"act", "act_unseen"}
        and len(node.args) == 2
    )


def deeds() -> list[tuple[str, str, str | None]]:
    """Where each deed is done, in which function, and its verb if it is written out."""
    found = []
    for name, module in modules():
        for function in ast.walk(module):
            if not isinstance(function, ast.FunctionDef):
                continue
            for node in ast.walk(function):
                if is_act(node):
                    verb = node.args[1]
                    said = verb.value if isinstance(verb, ast.Constant) else None
                    found.append((name, function.name, said))
    return found


def kinds() -> set[str]:
    """The kinds whose rows are filtered for their reader: things, and facts by their own word."""
    own = (app for app in apps.get_app_configs() if app.name.startswith("gongzhi."))
    facts = [m.KIND for app in own for m in app.get_models() if issubclass(m, Fact)]
    return {*filtered_kinds(), *facts}


def test_every_verb_in_the_code_is_a_right_and_every_right_is_in_the_code():
    done = {verb for _, _, verb in deeds()}
    read = {f"{VIEW}{kind}" for kind in kinds()}

    assert done | read == load_charter().verbs


def test_a_deed_is_done_by_the_action_of_its_name():
    astray = [deed for deed in deeds() if deed[1] != deed[2]]
    assert astray == []


def test_deeds_are_done_only_in_actions():
    astray = [name for name, _, _ in deeds() if not re.search(r"/actions(/\w+)?\.py$", name)]
    assert astray == []


def test_the_vocabulary_has_no_verb_without_a_right():
    assert set(load_charter().verb_names) == load_charter().verbs


def test_every_policy_cites_a_clause_that_exists():
    charter = load_charter()
    for policy in charter.policies:
        assert policy.clauses, policy.id
        assert charter.clauses.keys() >= set(policy.clauses), policy.id


def test_every_right_that_a_clause_gives_is_given_by_a_policy():
    cited = {number for policy in load_charter().policies for number in policy.clauses}
    clauses = load_charter().clauses.items()
    rights = {n for n, clause in clauses if clause.kind == "right" and not clause.on_paper}
    general = {"2.1", "6.3"}  # taking part at all; checking a form stores nothing and is no deed

    assert rights - general - cited == set()


def test_every_clause_has_both_languages():
    chinese = re.compile(r"[\u3400-\u9fff]")
    for number, clause in load_charter().clauses.items():
        for text in (clause.title, clause.text):
            assert chinese.search(text.zh), number
            assert text.en, number
            assert not chinese.search(text.en), number


def test_every_name_in_the_charter_has_its_english():
    charter = load_charter()
    names = {party.name.text for party in charter.parties.values()}
    codes = (charter.roles, charter.verb_names, charter.kind_names)
    names |= {said.text for named in codes for said in named.values()}
    assert names - english().keys() == set()


def test_what_is_called_verified_says_where_it_was_read():
    registered = load_charter().institutions.values()
    assert [i.code for i in registered if i.verified and not i.read_in] == []


def test_every_list_can_be_filtered_by_the_charter():
    for kind in kinds():
        readable(load_charter(), VISITOR, kind)


def test_pages_act_as_their_reader_and_as_nobody_else():
    astray = [
        f"{name}:{node.lineno}"
        for name, module in modules()
        if name.startswith("src/gongzhi/web/")
        for node in ast.walk(module)
        if isinstance(node, ast.Call)
        for given in node.keywords
        if given.arg == "by" and ast.unparse(given.value) != "request.member"
    ]
    assert astray == []


def test_the_platform_acts_only_in_jobs_in_setting_up_and_in_the_demo():
    may = re.compile(r"src/gongzhi/(cli|city|core/charter)/|/(tasks|actions(/\w+)?)\.py$")
    astray = [
        name
        for name, module in modules()
        for node in ast.walk(module)
        if isinstance(node, ast.ImportFrom)
        if any(alias.name == "SYSTEM" for alias in node.names) and not may.search(name)
    ]
    assert astray == []
