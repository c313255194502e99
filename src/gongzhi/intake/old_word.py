"""doc, rtf → docx, by LibreOffice in a process of its own.

It runs outside the child's 512 MB: LibreOffice reserves gigabytes of address space of which it
touches little, and refuses to start without. Its own limits, see LIMITS, hold instead.
"""

import os
import shutil
import signal
import subprocess
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from gongzhi.core.terms import Problem, Said, Where
from gongzhi.intake.limits import LIMITS

PACKAGE = "libreoffice-writer-nogui"
# the shell sets limits that hold for the converter and all it starts, then becomes it
LIMITED = 'ulimit -c 0; ulimit -t "$1"; ulimit -v "$2"; ulimit -f "$3"; shift 3; exec "$@"'
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def converted(content: bytes, *, suffix: str) -> bytes | Problem:
    """The same text as a docx file; each conversion has a folder and a profile of its own."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        return Problem(
            where=Where(),
            what=Said("这台机器不能读旧版 Word 文件（.doc）：缺少转换程序 LibreOffice"),
            hint=Said(
                "请另存为 .docx 后再上传；或请管理员安装软件包 {package}。", {"package": PACKAGE}
            ),
        )
    with TemporaryDirectory(prefix="gongzhi-doc-") as name:
        folder = Path(name)
        source = folder / f"source.{suffix}"
        source.write_bytes(content)
        settings = folder / "profile" / "user" / "registrymodifications.xcu"
        settings.parent.mkdir(parents=True)
        settings.write_text(SETTINGS, encoding="utf-8")
        finished = _run(program, source)
        target = folder / "out" / "source.docx"
        if finished and target.is_file() and target.stat().st_size <= LIMITS.archive_bytes_max:
            return target.read_bytes()
    return Problem(
        where=Where(),
        what=Said("旧版 Word 文件没有转换成功，可能已损坏，或设有密码"),
        hint=Said("请用 Word 或 WPS 打开后另存为 .docx，再上传。"),
    )


def _run(program: str, source: Path) -> bool:
    """Whether the converter ended by itself, in time and without complaint."""
    folder = str(source.parent)
    path = os.environ.get("PATH", os.defpath)
    process = subprocess.Popen(
        _command(program, source),
        env={"PATH": path, "HOME": folder, "LANG": "C.UTF-8", "TMPDIR": folder},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        return process.wait(LIMITS.converter_wall_seconds_max) == 0
    except subprocess.TimeoutExpired:
        return False
    finally:
        _end_group(process)


def _command(program: str, source: Path) -> list[str]:
    """A shell that sets the limits and becomes the converter."""
    folder = source.parent
    limits = (
        LIMITS.converter_cpu_seconds_max,
        LIMITS.converter_memory_bytes_max // 1024,
        LIMITS.converter_written_bytes_max // 512,
    )
    profile = (folder / "profile").as_uri()
    quietly = ["--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck"]
    task = ["--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder / "out"), str(source)]
    shell = ["/bin/sh", "-c", LIMITED, "sh", *map(str, limits)]
    return [*shell, program, f"-env:UserInstallation={profile}", *quietly, *task]


def _end_group(process: "subprocess.Popen[bytes]") -> None:
    """End the converter and whatever it has started."""
    with suppress(ProcessLookupError):  # all gone already
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
