"""Two people at the door at the same moment, with one code."""

from concurrent.futures import ThreadPoolExecutor

from django.db import connections
from django.test import Client as Browser

from tests.entering import SECRETS, first_step, second_step
from veiligheidshuis import accesslog, factors


def test_two_at_once_with_one_code_and_one_comes_in(own_house):
    """AUTH-02: two parallel submits."""
    visitors = [Browser(), Browser(), Browser()]
    for visitor in visitors:
        first_step(visitor, "samira")
    code = factors.code_now(SECRETS["samira"])

    def submit(visitor):
        try:
            return second_step(visitor, "samira", code).status_code
        finally:
            connections.close_all()
            accesslog.close()

    with ThreadPoolExecutor(3) as at_once:
        assert sorted(at_once.map(submit, visitors)) == [302, 422, 422]
