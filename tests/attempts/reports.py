"""Who may write what of a report and its weighing: a part of the design in reference.py."""

from typing import TYPE_CHECKING

from cases.models import Scope

if TYPE_CHECKING:
    from tests.attempts.bare import Row
    from tests.attempts.reference import Asker


def reported_himself(who: "Asker", row: "Row") -> bool:
    return row["reported_by_id"] == who.pk and who.knows(row["case_id"])


def called_by_office(who: "Asker", row: "Row") -> bool:
    return who.plays("bedrijfsbureau") and who.knows(row["case_id"])


OWN_REPORTS = "SELECT coalesce(array_agg(id || outcome), '{}') FROM vh.own_reports()"


def own_reports(who: "Asker") -> list[str]:
    """What he reported himself, and what he may hear of it: nothing of whom he is barred from, and
    nothing of a regime that is not his. INT-10."""
    told = who.facts.all("cases_aanmelding", reported_by_id=who.pk) if who.works else []
    return [f"{row['id']}{_heard_of(who, row['case_id'])}" for row in told]


OWN_LISTS = (
    "SELECT coalesce(array_agg(concat_ws(' ', id, lines, unreadable)), '{}') FROM vh.own_lists()"
)


def own_lists(who: "Asker") -> list[str]:
    """How many lines there were in a list of his own organisation, and how many nobody could read;
    not of whom, nor who was known. INT-10."""
    home = who.facts.one("partners_user", id=who.pk).get("organisation_id") if who.works else None
    found = who.facts.all("cases_importbatch", source_id=home, undone_at=None) if home else []
    return [_counted(who, batch) for batch in found if batch["confirmed_at"]]


def _counted(who: "Asker", batch: "Row") -> str:
    rows = who.facts.all("cases_importrow", batch_id=batch["id"])
    unread = [row for row in rows if row["outcome"] == "afgewezen" and not row["decision"]]
    return f"{batch['id']} {len(rows)} {len(unread)}"


def _heard_of(who: "Asker", case_id: object) -> str:
    case = who.facts.one("cases_case", id=case_id)
    weging = who.facts.one("cases_weging", case_id=case_id)
    barred = who.facts.all("cases_bar", case_id=case_id, user_id=who.pk, lifted_at=None)
    near = who.process_view or case["regime"] in who.regimes
    decided = weging and weging["status"] != "gevraagd"
    return weging["status"] if decided and near and not barred else ""


def asked_by_office(who: "Asker", row: "Row") -> bool:
    return row["asked_by_id"] == who.pk and who.process_view and who.knows(row["case_id"])


def screened_by_office(who: "Asker", row: "Row") -> bool:
    return row["screened_by_id"] == who.pk and who.process_view and who.knows(row["case_id"])


def judged_himself(who: "Asker", row: "Row") -> bool:
    """For his own organisation, a core participant, as long as nothing was decided."""
    weging = who.facts.one("cases_weging", id=row["weging_id"])
    home = who.facts.one("partners_user", id=who.pk).get("organisation_id")
    organisation = who.facts.one("partners_organisation", id=row["organisation_id"])
    of_core = organisation["wgs_class"] == "lid_1" and home == organisation["id"]
    own = row["author_id"] == who.pk and who.holds(row["case_id"], Scope.VIEW_REPORT)
    return own and of_core and weging["status"] == "gevraagd"


def takes_step(who: "Asker", row: "Row") -> bool:
    """Who leads; and the partner who takes this step of drang en dwang himself."""
    partner = who.facts.one("partners_organisation", id=row["organisation_id"])
    own = bool(partner) and partner["group_id"] in who.groups and who.joins(row["case_id"])
    return who.leads(row["case_id"]) or own


def of_step(who: "Asker", row: "Row") -> bool:
    """What came of a step is for who sees the step."""
    return takes_step(who, who.facts.one("maatwerkplan_drangstap", id=row["step_id"]))


def unheard(who: "Asker", weging: "Row") -> int:
    """Of how many organisations somebody was asked and nobody judged; for who reads the report."""
    if weging["status"] != "gevraagd" or not who.holds(weging["case_id"], Scope.VIEW_REPORT):
        return 0
    asked = who.facts.all(
        "cases_participation", content_object_id=weging["case_id"], basis="weging", closed_at=None
    )
    groups = {row["group_id"] for row in asked}
    people = who.facts.tables["partners_user"]
    working = {row["organisation_id"] for row in people if row["personal_group_id"] in groups}
    judged = who.facts.all("cases_oordeel", weging_id=weging["id"])
    return len(working - {row["organisation_id"] for row in judged})
