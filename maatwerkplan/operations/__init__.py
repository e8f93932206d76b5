"""What happens with a plan: one use case, one transaction, the actor by name."""

from maatwerkplan.operations.delivery import (
    DISCLOSED,
    GROUND,
    answer_question,
    ask,
    ask_all,
    record_answer,
)
from maatwerkplan.operations.drawing import (
    add_action,
    change_action,
    draw_up,
    remove_action,
    take_over_date,
)
from maatwerkplan.operations.execution import record_report, report
from maatwerkplan.operations.offer import keep_document, offer, refuse, sign

__all__ = [
    "DISCLOSED",
    "GROUND",
    "add_action",
    "answer_question",
    "ask",
    "ask_all",
    "change_action",
    "draw_up",
    "keep_document",
    "offer",
    "record_answer",
    "record_report",
    "refuse",
    "remove_action",
    "report",
    "sign",
    "take_over_date",
]
