"""`gongzhi demo`: a whole installation in one folder, for this machine alone."""

import argparse
import http.client
import os
import signal
import threading
import time
import webbrowser
from contextlib import ExitStack
from pathlib import Path
from types import FrameType

from django.utils.module_loading import import_string

from gongzhi.cli import hosting
from gongzhi.cli.children import Kept
from gongzhi.cli.home import home_folder, only_one, secret, start_over
from gongzhi.cli.import_report import report
from gongzhi.cli.importing import GIVEN, ORDER, pair
from gongzhi.cli.loading import load_django
from gongzhi.cli.ports import free_port, listening
from gongzhi.cli.postgres import running
from gongzhi.cli.postgres_roles import APP, OWNER
from gongzhi.cli.reading import said_of
from gongzhi.cli.schema import bring_up_to_date, is_demo, mark_as_demo
from gongzhi.cli.serving import serve
from gongzhi.cli.telling import CannotRun, complain, tell, terminal_language, worded
from gongzhi.cli.working import work_as_child
from gongzhi.connectors.days import ORDERS
from gongzhi.core.charter import Refused
from gongzhi.core.terms import Said
from gongzhi.papers.paths import unreadable

HOST = "127.0.0.1"
PORTS = range(8000, 8100)
ANSWER_S_MAX = 60
NO_PROJECTS = (
    "这些文件里没有项目的清单，所以监控里还没有项目；支付在工作台的“查支付”里。"
    "要看监控，请用 --reset 再给一份项目清单（项目代码、名称、单位）"
)
OWN = "不要演示城市，用您自己的文件试用：登记文件里的单位和项目，只导入好的行"
TAKEN = "这里已经有数据；请加 --reset 从头开始，或用 GONGZHI_HOME 另指一个文件夹"
WITHOUT_YEAR = (
    "演示数据是早先的版本装入的，那里的规则有人另行修改过，没有这一年要办的事；数据照旧能用，"
    "要看城市的一年，请用 --reset 从头开始"
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """What `demo` takes."""
    parser.add_argument(
        "--port", type=int, metavar="N", help=worded("端口；不写时从 8000 起用第一个空闲的")
    )
    parser.add_argument("--no-browser", action="store_true", help=worded("不打开浏览器"))
    parser.add_argument("--data", nargs="+", type=Path, metavar="FILE", help=worded(OWN))
    parser.add_argument("--region-name", metavar="TEXT", help=worded("和 --data 一起：地方的名称"))
    parser.add_argument("--given", action="append", metavar="NAME=VALUE", help=worded(GIVEN))
    parser.add_argument("--order", choices=ORDERS, help=worded(ORDER))
    parser.add_argument("--reset", action="store_true", help=worded("清空演示数据，从头开始"))


def run(options: argparse.Namespace) -> int:
    """Start everything, and stop all of it at Ctrl-C, SIGTERM or the end of the terminal."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, interrupt)
    folder = home_folder()
    try:
        with only_one(folder), ExitStack() as stack:
            port = demo_port(options.port)
            prepare(folder, options, stack=stack)
            if hosting.settle(folder):
                stack.callback(Kept(hosting.host).end)
            stack.callback(Kept(work_as_child).end)
            announce(port, browser=not options.no_browser)
            serve(host=HOST, port=port)
    except KeyboardInterrupt:
        pass
    tell(Said("已停止，数据留在 {folder}", {"folder": str(folder)}))
    return 0


def interrupt(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 - as Python calls it
    """End like Ctrl-C does."""
    raise KeyboardInterrupt


def demo_port(wanted: int | None) -> int:
    """The port asked for, or the first free one; says so when it isn't the usual one."""
    if wanted is not None:
        return free_port(HOST, wanted=wanted)
    port = next((port for port in PORTS if listening(HOST, port=port)), 0)
    if port != PORTS[0]:
        port = port or free_port(HOST, wanted=0)
        tell(
            Said("端口 {taken} 已被占用，改用 {port}", {"taken": str(PORTS[0]), "port": str(port)})
        )
    return port


def prepare(folder: Path, options: argparse.Namespace, *, stack: ExitStack) -> None:
    """The database, its shape and the city in it, or a trial; what is there already is kept."""
    reset = options.reset
    grown = folder / "demo.grown"
    address = os.environ.get("DATABASE_URL")
    if reset and address:
        raise CannotRun(Said("设置了 DATABASE_URL 时，请自己清空那个数据库，再不带 --reset 运行"))
    if reset or not (address or grown.exists()):
        start_over(folder)
    tell(Said("正在启动，数据在 {folder}", {"folder": str(folder)}))
    if address:
        owner = os.environ.get("DATABASE_OWNER_URL", address)
        ready = is_demo(owner)
    else:
        server = stack.enter_context(running(folder))
        owner, address = server.url(role=OWNER), server.url(role=APP)
        ready = grown.exists()
    settle(folder, address=address)
    bring_up_to_date(owner=owner)
    if options.data:
        begin_trial(options, ready=ready)
    else:
        grow(ready=ready)
    if not ready:
        mark_as_demo(owner)
        grown.touch()


def grow(*, ready: bool) -> None:
    """The city with its year."""
    if not ready:
        tell(Said("第一次运行，正在装入演示数据……"))
    try:
        import_string("gongzhi.city.growing.grow")(year=True)
    except Refused:
        if not ready:
            raise
        complain(Said(WITHOUT_YEAR))


def begin_trial(options: argparse.Namespace, *, ready: bool) -> None:
    """Somebody's own files in place of the city; what was read of each is told."""
    if ready:
        raise CannotRun(Said(TAKEN))
    tell(Said("正在装入您的文件……"))
    own = import_string("gongzhi.city.trial.Own")(
        files=options.data,
        name=options.region_name or worded("试用地区"),
        given=dict(map(pair, options.given or [])),
        order=options.order or "",
    )
    not_usable = import_string("gongzhi.city.trial.NotUsable")
    try:
        brought = import_string("gongzhi.city.trial.begin_trial")(own)
    except OSError as error:
        raise CannotRun(said_of(str(error.filename), unreadable(error))) from None
    except not_usable as file:
        raise CannotRun(said_of(file.name, file.problem)) from None
    for one in brought:
        print(*report(one, terminal_language()), "", sep="\n")
    if not any(one.result is not None and one.result.facts.get("project") for one in brought):
        complain(Said(NO_PROJECTS))


def settle(folder: Path, *, address: str) -> None:
    """Tell Django, here and in the processes to come, what this installation is."""
    secret(folder, name="secret")
    os.environ["DATABASE_URL"] = address
    os.environ["GONGZHI_DEMO"] = "1"
    os.environ["GONGZHI_HOME"] = str(folder)
    os.environ["GONGZHI_SECRET_KEY_FILE"] = str(folder / "secret")
    load_django()


def announce(port: int, *, browser: bool) -> None:
    """Say where the site is once it answers, and open it where there is a screen."""
    has_screen = bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    threading.Thread(target=wait_and_tell, args=(port, browser and has_screen), daemon=True).start()


def wait_and_tell(port: int, browser: bool) -> None:
    """Wait for the first page."""
    address = f"http://{HOST}:{port}/"
    deadline = time.monotonic() + ANSWER_S_MAX
    while not answers(port):
        if time.monotonic() > deadline:
            complain(Said("网站没有应答；原因见上面的输出"))
            return
        time.sleep(0.1)
    tell(Said("请打开 {address}（按 Ctrl-C 停止）", {"address": address}))
    if browser:
        webbrowser.open(address)


def answers(port: int) -> bool:
    """Whether the first page comes."""
    connection = http.client.HTTPConnection(HOST, port, timeout=10)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status < 500
    except OSError:
        return False
    finally:
        connection.close()
