"""How somebody goes to the login service of his organisation and back, in the tests."""

from urllib.parse import urlsplit

from partners import operations
from tests.situations import user
from veiligheidshuis.needtoknow import acting_as


def link(provider, username, subject="subject-1"):
    me = user(username)
    with acting_as(me.pk):
        operations.link_sign_on(me, provider, subject, by=me)


def leave(visitor, slug="politie", on=""):
    """To the login service; the address somebody is sent to."""
    return visitor.get(f"/inloggen/organisatie/{slug}/", {"next": on} if on else {}).url


def come_back(visitor, address):
    parts = urlsplit(address)
    return visitor.get(f"{parts.path}?{parts.query}")


def sign_on(visitor, service, slug="politie", on=""):
    """There and back again; the last answer."""
    return come_back(visitor, service.visit(leave(visitor, slug, on)))


def is_refused(answer):
    return answer.status_code == 422 and "lukte niet" in answer.content.decode()


def tail(owner, n=1):
    query = (
        "SELECT username, subjects, ground, outcome FROM veiligheidshuis_accesslogentry"
        " ORDER BY id DESC LIMIT %s"
    )
    return owner.execute(query, [n]).fetchall()[::-1]


def reason(owner):
    """Why the last one was refused, as the access log says."""
    return tail(owner)[0][2].split("(")[1].rstrip(")")
