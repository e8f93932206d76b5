"""Is this paper really ours? For any file that somebody brings."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from maatwerkplan.documents import paper_of
from maatwerkplan.forms.paper import PaperForm
from partners.access import with_persons
from veiligheidshuis import accesslog
from veiligheidshuis.methods import page_methods
from veiligheidshuis.once import posted, status_of


@page_methods
@with_persons
def check_paper(request: HttpRequest) -> HttpResponse:
    """Genuine, altered or unknown; nothing is kept of the file. OFF-04."""
    form = PaperForm(posted(request), request.FILES or None)
    if not form.is_valid():
        context = {"form": form}
        return render(request, "maatwerkplan/check_paper.html", context, status=status_of(form, []))
    paper = paper_of(form.cleaned_data["bestand"].read(), request.user)
    about = [paper.number] if paper.number else []
    accesslog.look(request, "papier controleren", about)
    return render(request, "maatwerkplan/check_paper.html", {"form": PaperForm(), "paper": paper})
