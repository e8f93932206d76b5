"""Which methods a page answers to."""

from django.views.decorators.http import require_http_methods

# A page with a form: to look at, and to send.
page_methods = require_http_methods(["GET", "HEAD", "POST"])
