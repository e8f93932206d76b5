"""What the house does by itself, and how often: without these lines nobody is ever reminded."""

from django.conf import settings

from veiligheidshuis.celery import app

EVERY_MINUTE = {"veiligheidshuis.send_outbox", "cases.sweep_deadlines"}
NOW_AND_THEN = {"privacy.watch_log", "veiligheidshuis.anchor_log_heads"}
ONCE_A_DAY_OR_LESS = {
    "cases.destroy_declined",
    "cases.destroy_documents",
    "veiligheidshuis.forget_submissions",
    "veiligheidshuis.forget_sessions",
    "privacy.close_log",
    "partners.remind_of_papers",
    "partners.let_partners_leave",
    "partners.tend_round",
}
# The tasks that an operation asks for itself, when there is something to do.
ASKED_FOR = {
    "cases.read_list",
    "cases.read_list_in",
    "cases.scan_document",
    "maatwerkplan.draw_plan",
}


def test_beat_does_what_the_house_promises_and_nothing_else():
    planned = [each["task"] for each in settings.CELERY_BEAT_SCHEDULE.values()]

    assert sorted(planned) == sorted(EVERY_MINUTE | NOW_AND_THEN | ONCE_A_DAY_OR_LESS)


def test_every_task_that_beat_names_is_one_of_the_house_and_none_is_forgotten():
    """A word typed wrongly there would fail in a worker, at night, without anybody seeing it."""
    app.loader.import_default_modules()
    ours = {name for name in app.tasks if not name.startswith("celery.")}

    assert ours == EVERY_MINUTE | NOW_AND_THEN | ONCE_A_DAY_OR_LESS | ASKED_FOR


def test_deadlines_and_mail_are_looked_at_every_minute():
    """Issue 2 §4.9: who must be told today cannot wait for the night."""
    for each in settings.CELERY_BEAT_SCHEDULE.values():
        assert each["task"] not in EVERY_MINUTE or each["schedule"] <= 60
