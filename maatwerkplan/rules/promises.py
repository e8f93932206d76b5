"""Which changes of an action re-open what its partner promised: the one place that decides. OFF-02.

A partner promised what he was shown. So what his question shows counts, all of it and nothing else:
whoever changes it asks him again, and him alone (ADR 0039). A test holds every field of an action
to one of these two.
"""

ASKED_ABOUT = (
    "leefgebied",
    "description",
    "organisation_id",
    "start_date",
    "end_date",
    "framework",
    "is_guidance",
    "financing",
    "municipality",
)
NOT_ASKED_ABOUT = {
    "scope": "volgt uit het leefgebied",
    "after_id": "zijn dagen blijven, en hij hoeft er nooit eerder om te beginnen",
    "bridged_by_id": "zijn dagen blijven, en hij hoeft er nooit eerder om te beginnen",
    "continues_id": "zegt dat er niets veranderde",
}
