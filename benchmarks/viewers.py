"""Who asks: of each profile a few people, each with a rare name and a dossier that he knows."""

from collections.abc import Iterator

import psycopg

from benchmarks.names import COMMON
from benchmarks.questions import PROFILES, Viewer
from benchmarks.seats import LARGE
from partners.models import User
from veiligheidshuis.needtoknow import acting_as

EACH = 3
CANDIDATES = {
    "interventiemanager": "u.username IN ('interventiemanager0', 'interventiemanager1',"
    " 'interventiemanager2')",
    "partner": "u.username ^@ 'ketenpartner' AND NOT o.slug = ANY (%(large)s)",
    "bureau": "u.username ^@ 'bedrijfsbureau'",
}
SOMEBODY = """
    SELECT DISTINCT ON (u.id) u.id, k.first_name || ' ' || k.last_name, c.number
    FROM partners_user u JOIN partners_organisation o ON o.id = u.organisation_id,
      LATERAL (SELECT c.* FROM cases_case c
        WHERE NOT EXISTS (SELECT FROM cases_bar b WHERE b.user_id = u.id AND b.case_id = c.id)
          AND (u.username ^@ 'bedrijfsbureau' OR EXISTS (SELECT FROM bench_known n
               WHERE n.user_id = u.id AND n.case_id = c.id AND n.scope = 'know_case'))
        ORDER BY c.opened_at LIMIT 500) c
      JOIN cases_client k ON k.id = c.client_id
    WHERE {who} AND NOT k.last_name = ANY (%(common)s)
      AND (SELECT count(*) FROM cases_timelineitem t WHERE t.case_id = c.id) BETWEEN 15 AND 30
    ORDER BY u.id, c.number LIMIT %(each)s
"""


def viewers(owner: psycopg.Connection) -> Iterator[Viewer]:
    """A few of each profile."""
    common = [name.rpartition(" ")[2] for name in COMMON]
    for profile in PROFILES:
        statement = SOMEBODY.format(who=CANDIDATES[profile])
        parameters = {"large": list(LARGE), "common": common, "each": EACH}
        for pk, rare, number in owner.execute(statement, parameters).fetchall():
            yield Viewer(profile, identified(pk), rare, number)


def identified(pk: int) -> User:
    """The user as the middleware has him: his roles and groups are known when a page begins."""
    with acting_as(pk):
        user = User.objects.select_related("organisation").get(pk=pk)
        _ = user.active_roles, user.principal_ids
    return user
