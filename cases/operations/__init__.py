"""What happens in a case: one use case, one transaction, the actor by name. Only these write."""

from cases.operations.assignment import assign
from cases.operations.bars import bar, lift_bar
from cases.operations.closing import close_case
from cases.operations.diagnosis import (
    complete_diagnosis,
    judge,
    judge_again,
    judge_self_reliance,
    start_diagnosis,
)
from cases.operations.documents import (
    AboutDocument,
    add_document,
    ask_scan,
    clear_document,
    open_document,
    refuse_document,
    take_back_document,
)
from cases.operations.emergency import break_glass, end_emergency, review_emergency
from cases.operations.facts import (
    AboutFact,
    correct_fact,
    end_fact,
    record_fact,
    withdraw_fact,
)
from cases.operations.handing_over import hand_over, hand_over_all
from cases.operations.import_decisions import decide_row, undo_import
from cases.operations.import_files import (
    SUPPLIER,
    keep_file,
    open_file,
    remember_columns,
    withdraw_import,
)
from cases.operations.import_list import (
    Tally,
    confirm_import,
    receive_import,
    tally_import,
    weigh_import,
)
from cases.operations.import_rows import Entry, ReadRow
from cases.operations.import_work import (
    ask_reading,
    ask_reading_in,
    give_up,
    last_line,
    progress_of,
    telling_progress,
)
from cases.operations.intake import Person, put_forward
from cases.operations.likeness import join, tell_apart
from cases.operations.lists import (
    add_candidates,
    adopt_list,
    move_candidate,
    open_list,
    prioritise,
    put_back,
    record_meeting,
    replace_list,
    take_off_list,
)
from cases.operations.mail import tell
from cases.operations.moves import (
    drop_out,
    drop_revision,
    resume_planning,
    revise_plan,
    start_execution,
    start_pressure,
)
from cases.operations.offences import count_offences
from cases.operations.participation import grant_by_hand, withdraw_by_hand
from cases.operations.regime import to_lokale_aanpak, to_wgs
from cases.operations.report import nominate, note_contact
from cases.operations.screening import screen
from cases.operations.sources import ask_sources, note_nobody, remind_source
from cases.operations.timeline import add_note, record
from cases.operations.victims import (
    AboutVictim,
    correct_victim,
    end_victim,
    let_support,
    record_victim,
    stop_support,
)
from cases.operations.weighing import ROUTED, admit, ask_weighing, decline, weigh

__all__ = [
    "ROUTED",
    "SUPPLIER",
    "AboutDocument",
    "AboutFact",
    "AboutVictim",
    "Entry",
    "Person",
    "ReadRow",
    "Tally",
    "add_candidates",
    "add_document",
    "add_note",
    "admit",
    "adopt_list",
    "ask_reading",
    "ask_reading_in",
    "ask_scan",
    "ask_sources",
    "ask_weighing",
    "assign",
    "bar",
    "break_glass",
    "clear_document",
    "close_case",
    "complete_diagnosis",
    "confirm_import",
    "correct_fact",
    "correct_victim",
    "count_offences",
    "decide_row",
    "decline",
    "drop_out",
    "drop_revision",
    "end_emergency",
    "end_fact",
    "end_victim",
    "give_up",
    "grant_by_hand",
    "hand_over",
    "hand_over_all",
    "join",
    "judge",
    "judge_again",
    "judge_self_reliance",
    "keep_file",
    "last_line",
    "let_support",
    "lift_bar",
    "move_candidate",
    "nominate",
    "note_contact",
    "note_nobody",
    "open_document",
    "open_file",
    "open_list",
    "prioritise",
    "progress_of",
    "put_back",
    "put_forward",
    "receive_import",
    "record",
    "record_fact",
    "record_meeting",
    "record_victim",
    "refuse_document",
    "remember_columns",
    "remind_source",
    "replace_list",
    "resume_planning",
    "review_emergency",
    "revise_plan",
    "screen",
    "start_diagnosis",
    "start_execution",
    "start_pressure",
    "stop_support",
    "take_back_document",
    "take_off_list",
    "tally_import",
    "tell",
    "tell_apart",
    "telling_progress",
    "to_lokale_aanpak",
    "to_wgs",
    "undo_import",
    "weigh",
    "weigh_import",
    "withdraw_by_hand",
    "withdraw_fact",
    "withdraw_import",
]
