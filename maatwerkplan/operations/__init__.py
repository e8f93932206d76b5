"""What happens with a plan: one use case, one transaction, the actor by name."""

from maatwerkplan.operations.aanspreken import ask_power, call_failed, call_helped, call_on
from maatwerkplan.operations.delivery import (
    DISCLOSED,
    GROUND,
    answer_question,
    ask,
    ask_all,
    record_answer,
)
from maatwerkplan.operations.doorzetting import lay_before, leave_undone, push_through
from maatwerkplan.operations.drawing import (
    add_action,
    change_action,
    draw_up,
    remove_action,
    take_over_date,
)
from maatwerkplan.operations.evaluatie import evaluate
from maatwerkplan.operations.execution import record_end, record_report, report
from maatwerkplan.operations.goals import set_goal
from maatwerkplan.operations.offer import (
    ask_for_document,
    keep_document,
    offer,
    plan_talk,
    sign,
    sign_on_paper,
    withdraw,
)
from maatwerkplan.operations.pressure import drop_out, refuse
from maatwerkplan.operations.reminders import address_reminders
from maatwerkplan.operations.revising import drop_revision, replace_plan, revise_plan
from maatwerkplan.operations.steps import SIGNED_AFTER_ALL, press, record_outcome
from maatwerkplan.operations.taking_back import take_back
from maatwerkplan.operations.wording import wording

__all__ = [
    "DISCLOSED",
    "GROUND",
    "SIGNED_AFTER_ALL",
    "add_action",
    "address_reminders",
    "answer_question",
    "ask",
    "ask_all",
    "ask_for_document",
    "ask_power",
    "call_failed",
    "call_helped",
    "call_on",
    "change_action",
    "draw_up",
    "drop_out",
    "drop_revision",
    "evaluate",
    "keep_document",
    "lay_before",
    "leave_undone",
    "offer",
    "plan_talk",
    "press",
    "push_through",
    "record_answer",
    "record_end",
    "record_outcome",
    "record_report",
    "refuse",
    "remove_action",
    "replace_plan",
    "report",
    "revise_plan",
    "set_goal",
    "sign",
    "sign_on_paper",
    "take_back",
    "take_over_date",
    "withdraw",
    "wording",
]
