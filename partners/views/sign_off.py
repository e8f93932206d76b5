"""The login service of a partner tells that somebody logged out there. AUTH-10, AUTH-13.

From server to server, so without a browser, a session or a form of ours: what speaks is the
signature of the issuer. OpenID Connect Back-Channel Logout 1.0.
"""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from partners.models import IdentityProvider, User
from partners.views.sign_on import ground, service
from veiligheidshuis import accesslog, brake, door, once, openid, sessions


@csrf_exempt
@login_not_required
@never_cache
@require_POST
def told(request: HttpRequest, slug: str) -> HttpResponse:
    """End here, at once, what began by way of what ended there; nothing else."""
    provider = service(slug)
    if brake.caller_waits(request):
        return JsonResponse({"error": "slow_down"}, status=429)  # what it sent before is in the log
    try:
        ended = _believed(provider, request.POST.get("logout_token", ""))
    except openid.Distrusted as reason:
        brake.caller_was_wrong(request)
        why = f"{ground(provider)} ({reason})"
        accesslog.look(request, "uitloggen", ground=why, outcome="mislukt")
        return JsonResponse({"error": "invalid_request"}, status=400)
    brake.caller_was_right(request)
    people = sessions.end_by(provider.issuer, ended.subject, ended.session)
    subjects = [door.account_of(user) for user in User.objects.filter(pk__in=people).by_name()]
    accesslog.look(request, "uitloggen", subjects, ground=ground(provider), outcome="gelukt")
    return HttpResponse()


def _believed(provider: IdentityProvider, token: str) -> openid.Ended:
    """What ended there; the same message counts once. Raises Distrusted."""
    ended = openid.ended(provider.as_party(), token)
    if not once.claim(ended.once, 0):
        raise openid.Distrusted("nog een keer")
    return ended
