"""What stands around every page: menu, search, who is logged in; and how forms are drawn."""

from collections.abc import Iterable
from functools import cache
from typing import Protocol, TypedDict

from django.conf import settings
from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest
from django.urls import reverse

from veiligheidshuis.menu import DOSSIERS, MenuItem, label_for, menu_for

FOOTER = (
    MenuItem("Hulp en uitleg", "hulp"),
    MenuItem("Privacy en inzage", "privacy"),
    MenuItem("Toegankelijkheid", "toegankelijkheid"),
)

PAPER = MenuItem("Papier controleren", "maatwerkplan:check_paper")  # for who works with dossiers


class ShellLink(TypedDict):
    """A link in the shell. `current` is "page" on the page itself and "true" below it."""

    label: str
    url: str
    current: str


class Organisation(Protocol):
    """Whom somebody works for, as far as the shell shows it."""

    name: str


class Person(Protocol):
    """Who is logged in, as far as the shell shows it (partners.User lies a floor higher)."""

    @property
    def active_roles(self) -> frozenset[str]: ...
    @property
    def organisation(self) -> Organisation: ...
    def get_full_name(self) -> str: ...


class HouseRenderer(TemplatesSetting):
    """Draws forms with templates/django/forms: label, hint, error and control in that order."""

    form_template_name = "django/forms/div.html"
    field_template_name = "django/forms/field.html"


def shell(request: HttpRequest) -> dict[str, object]:
    """Context processor: the shell of the person who asks. The page of a stranger has no menu."""
    context: dict[str, object] = {"footer": links(FOOTER, request.path), "menu": []}
    context["office_phone"] = settings.OFFICE_PHONE
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        context |= shell_of(user, request.path)
    return {"shell": context}


def shell_of(user: Person, path: str) -> dict[str, object]:
    """Menu, search and name of one user."""
    items = menu_for(user.active_roles)
    name = user.get_full_name()
    return {
        "menu": links(items, path),
        "footer": links([*FOOTER, PAPER] if DOSSIERS in items else FOOTER, path),
        "search": address(DOSSIERS.url_name) if DOSSIERS in items else "",
        "name": name,
        "initials": initials(name),
        "role": label_for(user.active_roles),
        "organisation": user.organisation.name,
    }


def links(items: Iterable[MenuItem], path: str) -> list[ShellLink]:
    """The entries as links; the one that the path lies under is current."""
    urls = [(item.label, address(item.url_name), item.under) for item in items]
    under = [url for _, url, also in urls if path.startswith((url, also or url))]
    nearest = max(under, key=len, default="")
    return [
        {
            "label": label,
            "url": url,
            "current": ("page" if url == path else "true") if url == nearest else "",
        }
        for label, url, _ in urls
    ]


@cache
def address(url_name: str) -> str:
    """Where a page lies that has one address for everybody: that never changes."""
    return reverse(url_name)


def initials(name: str) -> str:
    """The first letters of the first and the last name, for the round picture."""
    words = name.split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()
