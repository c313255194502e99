"""The embedded PostgreSQL: made, shared, killed, brought back (QUALITY F16, R01, R19, R23)."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from gongzhi.cli.postgres import SOCKET_BYTES_MAX, processes_of, running
from gongzhi.cli.postgres_roles import APP, OWNER, READER
from gongzhi.cli.telling import CannotRun

HOLDING = Path(__file__).with_name("holding.py")
TABLE = "CREATE TABLE row (id bigint GENERATED ALWAYS AS IDENTITY, text text)"


def holder(home: Path, *, rows: int = 0) -> "subprocess.Popen[str]":
    command = [sys.executable, str(HOLDING), str(home), str(rows)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def count(address: str) -> int:
    with psycopg.connect(address) as connection:
        return connection.execute("SELECT count(*) FROM row").fetchone()[0]


def test_what_was_written_is_there_after_a_restart(open_folder):
    with running(open_folder) as server:
        with psycopg.connect(server.url(role=OWNER)) as owner:
            owner.execute(TABLE)
        with psycopg.connect(server.url(role=APP)) as app:
            app.execute("INSERT INTO row (text) VALUES ('绩效')")
    assert not processes_of(server)

    with running(open_folder) as server:
        assert count(server.url(role=READER)) == 1


def test_f16_the_app_is_no_superuser_and_changes_no_table(open_folder):
    with running(open_folder) as server:
        with psycopg.connect(server.url(role=OWNER)) as owner:
            owner.execute(TABLE)
        with psycopg.connect(server.url(role=APP), autocommit=True) as app:
            query = "SELECT rolsuper OR rolcreatedb OR rolcreaterole FROM pg_roles WHERE rolname ="
            assert app.execute(query + " current_user").fetchone() == (False,)
            for statement in ("DROP TABLE row", "ALTER TABLE row ADD x int", "CREATE TABLE x ()"):
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    app.execute(statement)
        with psycopg.connect(server.url(role=READER), autocommit=True) as reader:
            assert reader.execute("SELECT count(*) FROM row").fetchone() == (0,)
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                reader.execute("DELETE FROM row")


def test_f16_only_this_user_reaches_it_and_only_by_the_socket(open_folder):
    with running(open_folder) as server, psycopg.connect(server.url(role=OWNER)) as owner:
        assert owner.execute("SHOW listen_addresses").fetchone() == ("",)
        assert owner.execute("SHOW synchronous_commit").fetchone() == ("on",)
        assert server.socket.stat().st_mode & 0o077 == 0
        rules = (server.data / "pg_hba.conf").read_text()
        assert rules == "local all all peer map=gongzhi\n"


def test_chinese_letters_are_letters(open_folder):
    with running(open_folder) as server, psycopg.connect(server.url(role=OWNER)) as owner:
        assert owner.execute(r"SELECT '绩效' ~ '^\w+$'").fetchone() == (True,)


@pytest.mark.parametrize("name", ["two words", "共治", "it's $HOME", 'a"b', "a,b", "长" * 60])
def test_r23_any_folder_name_will_do(open_folder, name):
    home = open_folder / name
    with running(home) as server, psycopg.connect(server.url(role=APP)) as app:
        assert app.execute("SELECT 1").fetchone() == (1,)
        assert len(os.fsencode(server.socket / ".s.PGSQL.5432")) <= SOCKET_BYTES_MAX
    assert server.socket == server.data or not server.socket.exists()


def test_a_path_that_another_user_has_taken_is_refused(open_folder):
    home = open_folder / ("长" * 60)
    with running(home) as server:
        short = server.socket
    short.mkdir(mode=0o777)
    short.chmod(0o777)
    try:
        with pytest.raises(CannotRun), running(home):
            pass
    finally:
        short.rmdir()


def test_r01_a_killed_server_comes_back_with_all_that_it_confirmed(open_folder):
    first = holder(open_folder, rows=200)
    assert first.stdout.readline() == "ready\n"
    with running(open_folder) as server:
        for pid in processes_of(server):
            os.kill(pid, signal.SIGKILL)
    first.kill()
    first.communicate()

    began = time.monotonic()
    with running(open_folder) as server:
        assert count(server.url(role=APP)) == 200
        assert time.monotonic() - began < 10


def test_a_program_that_is_killed_leaves_a_server_that_the_next_one_takes_over(open_folder):
    first = holder(open_folder, rows=3)
    assert first.stdout.readline() == "ready\n"
    first.kill()
    first.communicate()

    with running(open_folder) as server:
        assert count(server.url(role=APP)) == 3
    assert not processes_of(server)


def test_r19_six_programs_at_once_share_one_server_and_the_last_one_stops_it(open_folder):
    programs = [holder(open_folder, rows=5) for _ in range(6)]
    assert [program.stdout.readline() for program in programs] == ["ready\n"] * 6
    for program in programs[:-1]:
        program.communicate()
    with running(open_folder) as server:
        assert count(server.url(role=APP)) == 30
    assert processes_of(server), "one of them still uses it"
    programs[-1].communicate()
    assert not processes_of(server)
    assert [program.returncode for program in programs] == [0] * 6


def test_the_number_of_a_dead_server_may_belong_to_another_program(open_folder):
    with running(open_folder) as server:
        pass
    stale = server.data / "postmaster.pid"
    stale.write_text(f"{os.getpid()}\n{server.data}\n{int(time.time())}\n5432\n{server.socket}\n\n")
    stale.chmod(0o600)
    if server.user:
        os.chown(stale, server.user.pw_uid, server.user.pw_gid)

    with running(open_folder) as server, psycopg.connect(server.url(role=APP)) as app:
        assert app.execute("SELECT 1").fetchone() == (1,)


def test_data_of_another_version_is_not_touched(open_folder):
    with running(open_folder) as server:
        pass
    (server.data / "PG_VERSION").write_text("9\n")

    with pytest.raises(CannotRun), running(open_folder):
        pass
    assert (server.data / "PG_VERSION").read_text() == "9\n"
