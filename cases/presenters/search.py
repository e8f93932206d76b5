"""Finding a dossier: what was typed, and the cases that this person may see."""

import contextlib
import re
from dataclasses import dataclass

from django import forms
from django.core.paginator import Paginator
from django.db.models import Q

from cases.models import Case, name_key
from partners.models import User
from veiligheidshuis.fields import DutchDateField

A_PAGE = 25
LONGEST = 80
PREFIXES = frozenset(["van", "de", "der", "den", "het", "t", "ten", "ter"])


@dataclass
class Found:
    """One page of what was found."""

    query: str
    cases: list[Case]
    page: object
    too_short: bool = False


def find(user: User, typed: str, page: str) -> Found:
    """The cases that match, by name; without a query all of them. Never says what is hidden."""
    query = " ".join(typed.replace("\x00", "").split())[:LONGEST]
    cases = Case.objects.visible_to(user)
    if query and len(query) < 2:
        return Found(query, [], Paginator([], A_PAGE).get_page(1), too_short=True)
    if query:
        cases = cases.filter(_matches(query))
    # Ids first, then the rows: the wall is asked about one page, not about every candidate.
    ids = Paginator(cases.by_name().values_list("pk", flat=True), A_PAGE).get_page(page)
    rows = Case.objects.filter(pk__in=list(ids.object_list)).with_people().by_name()
    return Found(query, list(rows), ids)


def _matches(query: str) -> Q:
    """A dossier number, a birth date, or every word of a name in any order."""
    if re.fullmatch(r"(?i)(vh-)?\d{4}-\d{1,4}", query):
        return Q(number__iexact=query if query[0] in "vV" else f"VH-{query}")
    with contextlib.suppress(forms.ValidationError):
        return Q(client__birth_date=DutchDateField().clean(query))
    words = [word for word in name_key(query).split() if word not in PREFIXES]
    match = Q()
    for word in words or name_key(query).split():
        match &= Q(client__sort_name__contains=word)
    return match
