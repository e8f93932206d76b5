"""The other way in: by the login service of your own organisation."""

from django import template
from django.template import Context

from partners import presenters

register = template.Library()


@register.inclusion_tag("partners/_sign_on_way.html")
def way_by_organisation(on: str = "") -> dict[str, object]:
    """A way to the choice of organisations, when there is one to choose."""
    return {"there_is_one": presenters.login_services().exists(), "next": on}


@register.inclusion_tag("partners/_sign_on_proof.html", takes_context=True)
def proof_by_organisation(context: Context, on: str) -> dict[str, object]:
    """A way to prove anew who you are at your organisation, where its second factor counts."""
    return {"service": presenters.proving_service(context["request"].user), "next": on}


@register.inclusion_tag("partners/_own_sign_on_way.html", takes_context=True)
def own_organisation(context: Context) -> dict[str, object]:
    """A way to your link with the login service of your organisation, when it has one."""
    own = presenters.login_services().filter(organisation=context["request"].user.organisation_id)
    return {"there_is_one": own.exists()}
