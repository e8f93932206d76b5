"""The worker, and how an operation asks it for something."""

import ctypes
import logging
import os
import signal
import sys
from typing import Any

from celery import Celery, Task
from celery.signals import worker_init, worker_process_init
from django.db import transaction
from kombu.exceptions import OperationalError

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "veiligheidshuis.settings")


log = logging.getLogger(__name__)
PR_SET_PDEATHSIG = 1


class SilentTask(RuntimeError):
    """A task was started without saying on whose behalf."""


class HouseTask(Task):
    """A task that says on whose behalf it runs; without that it fails loudly.

    Either the task is declared with `role="clock"` (a narrow database role), or it is called
    with `as_user=<id>` and runs under that user's need-to-know. toegang.md decision 6.
    """

    abstract = True
    role: str | None = None

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        from veiligheidshuis import needtoknow

        if self.role:
            with needtoknow.acting_in_role(self.role):
                return super().__call__(*args, **kwargs)
        if "as_user" not in kwargs:
            raise SilentTask(f"{self.name} moet weten namens wie hij werkt (as_user=…).")
        with needtoknow.acting_as(kwargs.pop("as_user")):
            return super().__call__(*args, **kwargs)


app = Celery("veiligheidshuis", task_cls=HouseTask)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_process_init.connect
def end_with_the_worker(**_: Any) -> None:
    """A process of the worker ends when the worker is killed, whatever it was waiting for."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


@worker_init.connect
def refuse_without_seal(**about: Any) -> None:
    """A worker that cannot seal a signed plan does not begin: in production that is a mistake."""
    from django.conf import settings

    from veiligheidshuis import seal

    if settings.PRODUCTION and (why := seal.unavailable()):
        raise SystemExit(why)


def after_commit(task: str, *ids: object, seconds: int = 0, **named: object) -> None:
    """Have the worker do `task` once this transaction stands; not before so many seconds.

    By name, for tasks stand above operations and call them, not the reverse. UUIDs travel as text.
    When the broker is down the deed stands all the same: beat sweeps up what was not sent.
    """
    args = [str(i) for i in ids]

    def send() -> None:
        try:
            app.send_task(task, args=args, kwargs=named, countdown=seconds or None)
        except OperationalError as error:
            log.warning("the broker does not answer, beat will sweep up %s: %s", task, error)

    transaction.on_commit(send, robust=True)
