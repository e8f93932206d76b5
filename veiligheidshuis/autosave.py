"""What somebody types in a long field is kept while he types, and offered when he comes back.

Only what stands in a field for long text, encrypted, for him alone and as long as any draft
(drafts.py). The key is that of the form on his page (`{% once %}`), so a second page of the same
form overwrites nothing. Keeping asks nothing of the dossier: it looks at the shape of the address,
never at what is behind it. Given back is a text only on a page that he gets to see, that holds the
same form; sent with success it is gone. docs/adr/0041.
"""

import json
import re
import uuid
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from html import escape, unescape
from urllib.parse import urljoin

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import Resolver404, path, resolve
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from veiligheidshuis import cipher, drafts, needtoknow, once
from veiligheidshuis.drafts import TYPED, keys_in
from veiligheidshuis.formats import clock
from veiligheidshuis.models import Draft
from veiligheidshuis.written import is_long_text

KEY, FORM, WAS = "sleutel", "formulier", "was:"  # what the page sends; WAS: what stood there first
PUT_BACK = "terugzetten"  # in the session: the text that he asked back
ANY = "iets_getypt"  # in the session: there may be something, so it is worth a question
MOST = 40  # texts of one person at a time
# A form as a template made it; none is written here (tests/house/test_once.py).
FORMS = re.compile(r"(<(?:form)\b[^>]*>)(.*?)</form>", re.S)
ACTION = re.compile(r'\baction="([^"]*)"')
NOTICE = re.compile(r"\bdata-unsent>")
AREAS = re.compile(r'(<textarea\b[^>]*?\bname="([^"]+)"[^>]*>)(.*?)(</textarea>)', re.S)


@dataclass(frozen=True)
class Text:
    """One field: what he typed, what stood there when he began, and what stands there now."""

    name: str
    typed: str
    was: str
    now: str = ""

    @property
    def is_stale(self) -> bool:
        """Somebody else wrote in this field meanwhile."""
        return self.now not in (self.was, self.typed)


@dataclass(frozen=True)
class Offer:
    """A kept text beside the form it was typed in."""

    id: uuid.UUID
    at: datetime
    texts: list[Text]

    @property
    def is_stale(self) -> bool:
        """Whether one of the fields was changed meanwhile."""
        return any(text.is_stale for text in self.texts)


def begin(request: HttpRequest) -> None:
    """Somebody came in: is there anything of his from an earlier session?"""
    if Draft.objects.filter(user_id=needtoknow.asking()).exclude(form="").exists():
        request.session[ANY] = True


@require_POST
def autosave(request: HttpRequest) -> HttpResponse:
    """Keep what stands in the long fields of a form; the answer is the time, or nothing."""
    keys, form = keys_in(request, KEY), request.POST.get(FORM, "")
    if not keys or not _may_be_kept(form):
        return HttpResponse(status=204)
    if sum(map(len, request.POST.values())) > drafts.LONGEST:
        return HttpResponse(status=413)
    kept = _keep(keys[0], form, _typed(request), replaces=keys_in(request, TYPED))
    if kept and not request.session.get(ANY):
        request.session[ANY] = True
    return HttpResponse(clock(timezone.now()) if kept else "", content_type="text/plain")


def _keep(key: uuid.UUID, form: str, texts: list[Text], *, replaces: list[uuid.UUID]) -> bool:
    """Put these texts in the place of what was kept of this form on this page."""
    own = Draft.objects.filter(user_id=needtoknow.asking()).exclude(form="")
    before = own.filter(pk__in=[key, *replaces])
    first = {text.name: text.was for row in before for text in _texts(row)}
    changed = [
        (text.name, text.typed, was)
        for text in texts
        if text.typed != (was := first.get(text.name, text.was))
    ]
    before.delete()
    if not changed:
        return False
    full = own.order_by("-at").values("pk")[MOST - 1 :]
    Draft.objects.filter(pk__in=list(full.values_list("pk", flat=True))).delete()
    fields = cipher.encrypt(json.dumps(changed))
    # Another's key is nobody's fault and nobody's news.
    Draft.objects.bulk_create(
        [Draft(pk=key, user_id=needtoknow.asking(), path=form, form=form, fields=fields)],
        ignore_conflicts=True,
    )
    return True


def _typed(request: HttpRequest) -> list[Text]:
    """Of what the page sends: only the fields that are meant for long text."""
    return [
        Text(name, _lines(str(value)), _lines(request.POST.get(WAS + name, "")))
        for name, value in request.POST.items()
        if is_long_text(name)
    ]


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n")


def _texts(row: Draft) -> list[Text]:
    return [Text(*each) for each in json.loads(cipher.decrypt(row.fields))]


def _may_be_kept(form: str) -> bool:
    """By the shape of its address alone: a form of the house, not of the door or your account."""
    with suppress(Resolver404):
        fits = len(form) <= 2000 and form.isprintable()
        return fits and drafts.is_kept(resolve(form.partition("?")[0]).func)
    return False


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Put the text back in its form, or throw it away; then back to the page it belongs to."""
    if "weg" in request.POST:
        drafts.forget(request.POST["weg"])
    else:
        request.session[PUT_BACK] = request.POST.get(PUT_BACK, "")
    page = request.POST.get("pagina", "")
    if url_has_allowed_host_and_scheme(page, None):
        return HttpResponseRedirect(page)
    return redirect("home")


class AutosaveMiddleware:
    """Lets go of what was sent with success, and offers on a page what was not sent from it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not request.user.is_authenticated or not request.session.get(ANY):
            return response
        if request.method == "POST":
            if response.status_code < 400 and not getattr(request, "was_refused", False):
                forget(keys_in(request, once.FIELD, TYPED))
            elif _is_page(response):
                _stays(request, response)
        elif request.method == "GET" and response.status_code == 200 and _is_page(response):
            _offer(request, response)
        return response


def forget(keys: list[uuid.UUID]) -> None:
    """They arrived."""
    if keys:
        own = Draft.objects.filter(user_id=needtoknow.asking())
        own.exclude(form="").filter(pk__in=keys).delete()


def _is_page(response: HttpResponse) -> bool:
    is_html = response.headers.get("Content-Type", "").startswith("text/html")
    return is_html and not response.streaming and b"<textarea" in response.content


def _stays(request: HttpRequest, response: HttpResponse) -> None:
    """A refused form stands on the page again under a new key: it still holds the same texts."""
    held = "".join(map(_held, keys_in(request, once.FIELD, TYPED)))

    def hold(found: re.Match[str]) -> str:
        same = _address(request, found[1]) == request.get_full_path()
        return f"{found[1]}{held}{found[2]}</form>" if same else found[0]

    response.content = FORMS.sub(hold, response.content.decode())


def _held(key: uuid.UUID) -> str:
    return f'<input type="hidden" name="{TYPED}" value="{key}">'


def _address(request: HttpRequest, tag: str) -> str:
    """Where a form is sent to."""
    said = ACTION.search(tag)
    return urljoin(request.get_full_path(), unescape(said[1])) if said else request.get_full_path()


def _offer(request: HttpRequest, response: HttpResponse) -> None:
    """Beside each form of this page what was typed in it and not sent; asked for, back in it."""
    page = response.content.decode()
    found = {_address(request, f[1]) for f in FORMS.finditer(page) if "<textarea" in f[2]}
    since = timezone.now() - drafts.KEPT_FOR
    own = Draft.objects.filter(user_id=needtoknow.asking(), at__gte=since, form__in=found)
    rows: dict[str, list[Draft]] = {}
    for row in own.order_by("-at"):
        rows.setdefault(row.form, []).append(row)
    if rows:
        offered = FORMS.sub(
            lambda form: _with_offer(request, form, rows.get(_address(request, form[1]), [])), page
        )
        response.content = _opened(offered)


def _opened(page: str) -> str:
    """What is folded round an offer stands open, or nobody would see it."""
    for notice in reversed(list(NOTICE.finditer(page))):
        fold = page.rfind("<details", 0, notice.start())
        tag = page[fold : page.find(">", fold)] if fold >= 0 else " open"
        if " open" not in tag and "</details>" not in page[fold : notice.start()]:
            page = f"{page[:fold]}{tag} open{page[fold + len(tag) :]}"
    return page


def _with_offer(request: HttpRequest, form: re.Match[str], rows: list[Draft]) -> str:
    """The form with the newest text that is not in it; the next one after that is chosen for."""
    now = {
        area[2]: _lines(unescape(area[3])).removeprefix("\n") for area in AREAS.finditer(form[2])
    }
    asked = request.session.get(PUT_BACK)
    rows.sort(key=lambda row: str(row.pk) != asked)
    for row in rows if now else []:
        texts = [Text(t.name, t.typed, t.was, now.get(t.name, t.was)) for t in _texts(row)]
        if all(text.typed == text.now for text in texts):
            continue
        back = str(row.pk) == asked
        context = {"offer": Offer(row.pk, row.at, texts), "back": back}
        notice = render_to_string("components/unsent.html", context, request)
        if not back:
            return notice + form[0]
        del request.session[PUT_BACK]
        return f"{notice}{form[1]}{_held(row.pk)}{_filled(form[2], texts)}</form>"
    return form[0]


def _filled(fields: str, texts: list[Text]) -> str:
    typed = {text.name: text.typed for text in texts}

    def fill(area: re.Match[str]) -> str:
        return f"{area[1]}\n{escape(typed[area[2]])}{area[4]}" if area[2] in typed else area[0]

    return AREAS.sub(fill, fields)


urlpatterns = [
    path("concept/bewaren/", autosave, name="autosave"),
    path("concept/kiezen/", choose, name="autosave_choose"),
]
