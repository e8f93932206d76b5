"""Side by side: the permissions library as it answers such questions itself. Not used by the house.

`get_objects_for_user` knows no dates, no bars and no wall, so its answer may differ; what it costs
is what is compared. With direct keys it reads the access table itself; with generic keys a twin of
its lines of `know_case` in guardian's own table, where every key is a text.
"""

from collections.abc import Callable
from typing import Any
from unittest import mock

import psycopg
from django.db import connection
from django.db.models import Count, QuerySet
from guardian.models import GroupObjectPermission
from guardian.shortcuts import get_objects_for_user

from benchmarks.measuring import EXPLAIN, Cost, best
from benchmarks.names import FREQUENT
from benchmarks.questions import Question, Viewer
from cases.models import Case, Participation
from cases.models.client import name_key
from veiligheidshuis.needtoknow import acting_as

KINDS = ("generic", "direct")
TABLE = "guardian_groupobjectpermission"
TWIN = f"""
    INSERT INTO {TABLE} (object_pk, content_type_id, group_id, permission_id)
    SELECT DISTINCT p.content_object_id::text, s.content_type_id, p.group_id, p.permission_id
    FROM cases_participation p JOIN auth_permission s ON s.id = p.permission_id
    WHERE s.codename = 'know_case'
"""


def named(cases: QuerySet[Case], words: str) -> QuerySet[Case]:
    for word in name_key(words).split():
        cases = cases.filter(client__search_name__contains=word)
    return cases.select_related("client", "manager", "source").order_by("client__sort_name")[:50]


ASKED: dict[str, Callable[[QuerySet[Case], Viewer], QuerySet[Any, Any]]] = {
    "nieuwste 25": lambda cases, viewer: cases.select_related(
        "client", "manager", "source"
    ).order_by("-opened_at", "-pk")[:25],
    "aantal": lambda cases, viewer: cases.order_by().values("doelgroep").annotate(n=Count("pk")),
    "naam die veel voorkomt": lambda cases, viewer: named(cases, FREQUENT),
    "naam die weinig voorkomt": lambda cases, viewer: named(cases, viewer.rare),
    "dossier openen": lambda cases, viewer: cases.filter(number=viewer.number),
    "dashboard": lambda cases, viewer: cases.values("status", "manager").annotate(n=Count("pk")),
}


def can_ask(viewer: Viewer) -> bool:
    """Of "everything" guardian makes a right that is not on any object: nothing to compare."""
    return viewer.profile != "bureau"


def cost_of(owner: psycopg.Connection, question: Question, viewer: Viewer, kind: str) -> Cost:
    """What the one query costs without any wall; the two before it not counted."""
    statement, parameters = _as_sql(question, viewer, kind)
    cursor = psycopg.ClientCursor(owner)
    cursor.execute("RESET random_page_cost")  # raw SQL was tried with another

    def run() -> Cost:
        cost = Cost()
        row = cursor.execute(EXPLAIN + statement, parameters).fetchone()
        cost.add(row[0][0])  # type: ignore[index]
        return cost

    return best(run)


def _as_sql(question: Question, viewer: Viewer, kind: str) -> tuple[str, tuple[object, ...]]:
    model = Participation if kind == "direct" else GroupObjectPermission
    with (
        acting_as(viewer.user.pk),
        mock.patch("guardian.shortcuts.get_group_obj_perms_model", return_value=model),
        # Our queryset is not guardian's own; this is all that it asks of it.
        mock.patch.object(model.objects, "is_generic", return_value=kind == "generic", create=True),
    ):
        cases = get_objects_for_user(
            viewer.user, "cases.know_case", Case, accept_global_perms=False
        )
        query = ASKED[question.label](cases, viewer).query
        return query.get_compiler(connection=connection).as_sql()
