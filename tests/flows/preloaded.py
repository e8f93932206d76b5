"""The house as gunicorn serves it, with addresses and templates read before a worker is made of it.

A worker of these tests lives for one page; it should not spend its life on reading.
"""

from django.template.loader import get_template
from django.urls import get_resolver

from veiligheidshuis.wsgi import application as application

get_resolver().url_patterns  # noqa: B018 - to read them is what it is for
for name in ("cases/detail.html", "components/identity.html", "components/timeline.html"):
    get_template(name)
