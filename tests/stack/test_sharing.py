"""One server, several users: it stays for whoever uses it, and never after that."""

import signal
import subprocess
import sys
import time

import pytest

from stack.broker import Broker
from stack.place import ROOT
from stack.refusal import Refusal
from stack.sharing import in_use, is_up, log_of, open_lock

USER = """
import sys
from pathlib import Path
from stack.broker import Broker
from stack.sharing import in_use
with in_use(Broker(Path(sys.argv[1]))):
    print("in", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def broker(tmp_path):
    return Broker(tmp_path / "broker")


def other_user(broker):
    """Another process that uses the broker until its stdin is closed."""
    user = subprocess.Popen(
        [sys.executable, "-c", USER, str(broker.folder)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert user.stdout.readline() == "in\n"
    return user


def keeper_of(broker):
    with open_lock(broker, "keeper") as file:
        file.seek(0)
        return file.read()


def gone_within(seconds, broker):
    deadline = time.monotonic() + seconds
    while broker.answers() or is_up(broker):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def test_a_server_is_up_while_it_is_used_and_gone_after(broker):
    with in_use(broker):
        assert broker.answers()
        assert is_up(broker)
    assert not broker.answers()
    assert not is_up(broker)


def test_what_it_held_is_there_the_next_time(broker):
    with in_use(broker):
        assert broker._ask(b"SET k bewaard\r\n") == b"+OK\r\n"
    with in_use(broker):
        assert b"bewaard" in broker._ask(b"GET k\r\n")
        broker.forget_everything()
        assert b"bewaard" not in broker._ask(b"GET k\r\n")


def test_a_second_user_shares_it_and_may_stay_longer(broker):
    user = other_user(broker)
    with in_use(broker):
        keeper = keeper_of(broker)
        user.communicate()
        assert broker.answers()
        assert keeper_of(broker) == keeper
    assert not broker.answers()


def test_it_stays_for_the_second_user_when_the_first_leaves(broker):
    with in_use(broker):
        user = other_user(broker)
    assert broker.answers()
    user.communicate()
    assert gone_within(1, broker)


def test_it_goes_when_its_last_user_is_killed(broker):
    user = other_user(broker)
    user.kill()
    user.communicate()
    assert gone_within(5, broker)


def test_it_goes_when_its_keeper_is_killed(broker):
    user = other_user(broker)
    subprocess.run(["kill", f"-{signal.SIGKILL.value}", keeper_of(broker)], check=True)
    assert gone_within(5, broker)
    user.communicate()


def test_a_server_that_does_not_start_says_why(broker, monkeypatch):
    monkeypatch.setattr("stack.broker.find_program", lambda: "/bin/false")  # for us, not the keeper
    broker.folder.mkdir()
    (broker.folder / "appendonlydir").write_text("this should have been a folder")
    with pytest.raises(Refusal, match=r"start niet.*broker\.log"), in_use(broker):
        pass
    assert log_of(broker).read_text()
