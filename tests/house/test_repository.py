"""What lies in the repository: whole, portable, checked against its sums."""

import hashlib
import re
import tomllib

from house.tree import REPOSITORY, SOURCE, texts, tracked
from machine import need

VENDOR = SOURCE / "web" / "static" / "vendor"
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")
MACHINE = re.compile(
    r"(?<![\w.])/(?:work|root|tmp/team)/"
    r"|(?:pypi|pythonhosted|npmjs|npmmirror|tsinghua|aliyun|ustc)\.(?:org|com|edu\.cn|cn|net)",
)
CODE = re.compile(r"```.*?```|`[^`]*`", re.DOTALL)
NAME = re.compile(r"^([A-Za-z0-9._-]+)==", re.MULTILINE)


# What a newcomer sees first; README's map tells what it is.
ROOMS = {".ci", "bench", "docs", "requirements", "src", "tests"}
PAPERS = {
    ".gitignore",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "LICENSE",
    "README.md",
    "README.zh-CN.md",
    "SECURITY.md",
    "pyproject.toml",
    "run",
}


def test_nothing_strayed_into_the_top_of_the_repository():
    need((REPOSITORY / ".git").exists(), name="the repository's own list of its files")
    assert {path.relative_to(REPOSITORY).parts[0] for path in tracked()} == ROOMS | PAPERS


def test_vendored_files_match_their_sums():
    lines = (VENDOR / "SHA256SUMS").read_text().splitlines()
    sums = {name.strip(" *"): digest for digest, name in (line.split(" ", 1) for line in lines)}
    found = {
        str(path.relative_to(VENDOR)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in VENDOR.rglob("*")
        if path.is_file() and path.name != "SHA256SUMS"
    }
    assert found == {name.removeprefix("./"): digest for name, digest in sums.items()}


def test_nothing_names_the_machine_or_the_registry_it_came_from():
    endings = (".py", ".md", ".toml", ".lock", ".sh", ".html", ".po", ".cedar", ".sql", "")
    here = {"tests/house/test_repository.py"}
    telling = [
        f"{name}: {found.group()}"
        for name, text in texts(*endings)
        if name not in here and (found := MACHINE.search(text))
    ]
    assert telling == []


def test_links_between_documents_lead_somewhere():
    broken = [
        f"{name}: {target}"
        for name, text in texts(".md")
        for target in LINK.findall(CODE.sub("", text))
        if "://" not in target and not target.startswith("mailto:")
        if not ((REPOSITORY / name).parent / target).exists()
    ]
    assert broken == []


def test_locks_hold_every_dependency_with_hashes():
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())
    wanted = {
        "run": project["project"]["dependencies"],
        "dev": project["project"]["dependencies"] + project["dependency-groups"]["dev"],
    }
    for name, requirements in wanted.items():
        lock = (REPOSITORY / "requirements" / f"{name}.lock").read_text()
        locked = {plain(found) for found in NAME.findall(lock)}
        missing = {plain(re.split(r"[^\w.-]", text)[0]) for text in requirements} - locked
        assert not missing, f"{name}.lock lacks {missing}: run ./run locks"
        pinned = re.split(r"\n(?=\S)", lock)
        assert all("--hash=sha256:" in block for block in pinned if NAME.match(block))


def test_both_locks_agree():
    versions = [
        dict(re.findall(r"^([\w.-]+)==(\S+)", text, re.MULTILINE))
        for text in (
            (REPOSITORY / "requirements" / f"{name}.lock").read_text() for name in ("run", "dev")
        )
    ]
    run, dev = versions
    assert {name: dev.get(name) for name in run} == run


def plain(name: str) -> str:
    """The name of a package as registries compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def test_no_generated_file_with_addresses_is_kept():
    names = {path.name for path in tracked()}
    assert names.isdisjoint({"uv.lock", "package-lock.json", "poetry.lock"})
