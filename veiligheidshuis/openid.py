"""OpenID Connect: the login service of somebody's own organisation says who he is. AUTH-13.

The code flow and nothing else, with PKCE (S256), state and nonce; the answer is an id_token that
is signed with a key of that issuer. Afterwards it tells when somebody logged out there. This module
knows the protocol and no table: whose account it is, and whether he may come in, is decided in
`partners`. Source: OpenID Connect Core 1.0 and Back-Channel Logout 1.0, RFC 7636, RFC 9207,
RFC 9700 and OIDC NL GOV (eisen.md 1.3).
"""

import base64
import hashlib
import secrets
import time
import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeGuard
from urllib.parse import quote, urlencode

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from django.conf import settings
from django.http import QueryDict
from django.utils.crypto import constant_time_compare
from joserfc import jwk, jwt
from joserfc.errors import JoseError

from veiligheidshuis import outgoing

DISCOVERY = "/.well-known/openid-configuration"
# Signatures that need the issuer's private key: never `none`, never a shared secret (HS256).
ALGORITHMS = ("RS256", "PS256", "ES256")
SIGNING_KEYS = {"RSA": "PS256", "EC": "ES256"}
ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
GARBLED = (JoseError, ValueError, TypeError, KeyError, AttributeError)
ATTEMPT_SECONDS = 600
SKEW_SECONDS = 30
TOKEN_SECONDS = 300
LOGOUT = "http://schemas.openid.net/event/backchannel-logout"
LOGOUT_TYPES = ("logout+jwt", "application/logout+jwt", "jwt")
LONGEST_TOKEN = 16 * 1024
# How long the keys of an issuer are kept to read what it tells by itself, and how soon after asking
# them they are not asked again, whatever somebody sends. A login always asks.
KEPT_SECONDS, ASK_AGAIN_SECONDS = 600, 30


class Distrusted(Exception):
    """What came back is not what was agreed; the text is a short word for the access log."""


@dataclass(frozen=True)
class Party:
    """A login service, and who we are for it.

    `signs` says that we make ourselves known by a key of ours, else by a shared secret; either
    lies in the file `key_name`.
    """

    issuer: str
    client_id: str
    signs: bool
    key_name: str
    acr_values: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The key or the secret. Raises Distrusted when its file is not there."""
        try:
            return (Path(settings.SIGN_ON_KEYS) / self.key_name).read_text().strip()
        except (OSError, ValueError) as error:
            raise Distrusted("sleutel") from error


@dataclass(frozen=True)
class Attempt:
    """What the session remembers of somebody who is away at his login service.

    `purpose` is what he went for, in the word of who sent him: an answer serves nothing else.
    """

    issuer: str
    purpose: str
    afresh: bool
    state: str
    nonce: str
    verifier: str
    once: str
    at: float
    next: str = ""

    def as_kept(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class Ended:
    """What is over at a login service: one session there, or all of one person there.

    `once` is the same for the same message, so that it counts once.
    """

    subject: str
    session: str
    once: str


@dataclass(frozen=True)
class Kept:
    """The keys of one issuer, and when it was asked for them."""

    keys: jwk.KeySet
    at: float


# By issuer. Of this process alone: no store stands between the house and whom it believes.
_kept: dict[str, Kept] = {}


def begin(
    party: Party, back: str, *, purpose: str, afresh: bool = False, on: str = ""
) -> tuple[str, Attempt]:
    """Where somebody goes to prove himself, and what to remember until he is back.

    `afresh` asks that he proves himself there now, whoever was logged in already.
    """
    attempt = Attempt(
        issuer=party.issuer,
        purpose=purpose,
        afresh=afresh,
        state=secrets.token_urlsafe(32),
        nonce=secrets.token_urlsafe(32),
        verifier=secrets.token_urlsafe(48),
        once=str(uuid.uuid4()),
        at=time.time(),
        next=on,
    )
    asked = {
        "response_type": "code",
        "scope": "openid",
        "client_id": party.client_id,
        "redirect_uri": back,
        "state": attempt.state,
        "nonce": attempt.nonce,
        "code_challenge": _s256(attempt.verifier),
        "code_challenge_method": "S256",
    }
    if party.acr_values:
        asked["acr_values"] = " ".join(party.acr_values)
    if afresh:
        asked |= {"prompt": "login", "max_age": "0"}
    address = _discover(party)["authorization_endpoint"]
    return f"{address}{'&' if '?' in address else '?'}{urlencode(asked)}", attempt


def finish(party: Party, attempt: Attempt, answer: QueryDict, back: str) -> Mapping[str, Any]:
    """Who came back, in the words of his login service. Raises Distrusted.

    An attempt counts once (see Attempt.once), whoever claims it does so before asking this.
    """
    if attempt.issuer != party.issuer:
        raise Distrusted("andere organisatie")
    found = _discover(party)
    code = _code(party, attempt, answer, found)
    token = _redeem(party, found, code, attempt.verifier, back)
    claims = _read(token, _keys(found)).claims
    _demand(_agreed(claims, party) | _about_this_login(claims, party, attempt.nonce))
    if attempt.afresh and proved_at(claims) < attempt.at - SKEW_SECONDS:
        raise Distrusted("auth_time")
    return claims


def proved_at(claims: Mapping[str, Any]) -> float:
    """When he typed something there, as far as the service says so; long ago when it does not."""
    at = claims.get("auth_time")
    return min(at, time.time()) if _is_moment(at) else 0.0


def ended(party: Party, token: str) -> Ended:
    """What a login service tells us by itself, from server to server. Raises Distrusted.

    Back-Channel Logout 1.0, 2.6. Whoever acts on it claims it first (see Ended.once).
    """
    if len(token) > LONGEST_TOKEN:
        raise Distrusted("te lang")
    said = _read_by_kept(token, party)
    _demand(_agreed(said.claims, party) | _about_logging_out(said))
    claims = said.claims
    once = uuid.uuid5(uuid.NAMESPACE_URL, f"{party.issuer} {claims['jti']}")
    return Ended(claims.get("sub", ""), claims.get("sid", ""), str(once))


def _discover(party: Party) -> dict[str, Any]:
    """Where this login service is reached; asked again every time, so that keys can be changed."""
    found = _ask(party.issuer.rstrip("/") + DISCOVERY)
    if found.get("issuer") != party.issuer:
        raise Distrusted("uitgever van de gegevens")
    if "S256" not in found.get("code_challenge_methods_supported", ["S256"]):
        raise Distrusted("geen PKCE")
    for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
        if not outgoing.may_ask(found.get(name)):
            raise Distrusted(f"adres {name}")
    return found


def _code(party: Party, attempt: Attempt, answer: QueryDict, found: dict[str, Any]) -> str:
    """The code from the address that somebody came back with, when it answers our question."""
    if any(len(values) > 1 for _, values in answer.lists()):
        raise Distrusted("dubbel antwoord")
    if not constant_time_compare(answer.get("state", ""), attempt.state):
        raise Distrusted("state")
    if time.time() - attempt.at > ATTEMPT_SECONDS:
        raise Distrusted("te laat")
    expects = found.get("authorization_response_iss_parameter_supported") is True
    if answer.get("iss", None if expects else party.issuer) != party.issuer:
        raise Distrusted("iss van het antwoord")
    code = answer.get("code")
    if answer.get("error") or not isinstance(code, str) or not code:
        raise Distrusted("geen code")
    return code


def _redeem(party: Party, found: dict[str, Any], code: str, verifier: str, back: str) -> str:
    """The id_token for this code; it counts for the browser that has the verifier alone."""
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": back,
        "code_verifier": verifier,
        "client_id": party.client_id,
    }
    headers = {}
    if party.signs:
        form |= {
            "client_assertion_type": ASSERTION,
            "client_assertion": _assertion(party, found["token_endpoint"]),
        }
    else:
        pair = f"{quote(party.client_id, safe='')}:{quote(party.key, safe='')}"
        headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
    token = _ask(found["token_endpoint"], form, headers).get("id_token")
    if not isinstance(token, str):
        raise Distrusted("geen id_token")
    return token


def _assertion(party: Party, audience: str) -> str:
    """Who we are, signed with our key for this service alone (private_key_jwt, RFC 7523)."""
    now = int(time.time())
    claims = {
        "iss": party.client_id,
        "sub": party.client_id,
        "aud": audience,
        "jti": secrets.token_urlsafe(24),
        "iat": now,
        "exp": now + 60,
    }
    try:
        curve = isinstance(load_pem_private_key(party.key.encode(), None), EllipticCurvePrivateKey)
        key = jwk.import_key(party.key, "EC" if curve else "RSA")
        header = {"alg": SIGNING_KEYS[key.key_type], "kid": key.thumbprint()}
        return jwt.encode(header, claims, key, algorithms=ALGORITHMS)
    except (JoseError, ValueError, TypeError) as error:
        raise Distrusted("sleutel") from error


def _read_by_kept(token: str, party: Party) -> jwt.Token:
    """What a token says, read with the keys that this issuer had a moment ago.

    Anybody can send one: who sends rubbish does not make the house ask the issuer each time.
    """
    kept, now = _kept.get(party.issuer), time.time()
    if kept and now - kept.at < KEPT_SECONDS:
        try:
            return _read(token, kept.keys)
        except Distrusted:
            if now - kept.at < ASK_AGAIN_SECONDS:
                raise
    kept = _kept[party.issuer] = Kept(_keys(_discover(party)), now)
    return _read(token, kept.keys)


def _keys(found: dict[str, Any]) -> jwk.KeySet:
    """The keys with which this issuer signs, asked of itself."""
    keys = _ask(found["jwks_uri"]).get("keys")
    try:
        ours = [key for key in keys or () if _may_sign(key)]
        return jwk.KeySet.import_key_set({"keys": ours})
    except GARBLED as error:
        raise Distrusted("handtekening") from error


def _read(token: str, keys: jwk.KeySet) -> jwt.Token:
    """What a token says, when one of these keys signed it."""
    try:
        return jwt.decode(token, keys, algorithms=ALGORITHMS)
    except GARBLED as error:
        raise Distrusted("handtekening") from error


def _demand(conditions: dict[str, bool]) -> None:
    """All of these must be true; the first that is not goes to the access log by its word."""
    for word, right in conditions.items():
        if not right:
            raise Distrusted(word)


def _may_sign(key: dict[str, Any]) -> bool:
    """Only public keys for signing; a shared secret (oct) in a public list is a trap."""
    return key.get("kty") in SIGNING_KEYS and key.get("use", "sig") == "sig"


def _agreed(claims: Mapping[str, Any], party: Party) -> dict[str, bool]:
    """What must be true of every token, by a word for the access log: from them, for us, now."""
    now = time.time()
    expires, issued = claims.get("exp"), claims.get("iat")
    not_before = claims.get("nbf", 0)
    return {
        "iss": claims.get("iss") == party.issuer,
        "aud": claims.get("aud") in (party.client_id, [party.client_id]),
        "exp": _is_moment(expires) and expires > now - SKEW_SECONDS,
        "iat": _is_moment(issued) and -TOKEN_SECONDS < issued - now <= SKEW_SECONDS,
        "nbf": _is_moment(not_before) and not_before <= now + SKEW_SECONDS,
    }


def _about_this_login(claims: Mapping[str, Any], party: Party, nonce: str) -> dict[str, bool]:
    """What must be true of an id_token besides. Core 1.0, 3.1.3.7."""
    return {
        "azp": claims.get("azp", party.client_id) == party.client_id,
        "nonce": constant_time_compare(str(claims.get("nonce", "")), nonce),
        "sub": _is_name(claims.get("sub")),
        "sid": "sid" not in claims or _is_name(claims["sid"]),
    }


def _about_logging_out(said: jwt.Token) -> dict[str, bool]:
    """What must be true of a logout token besides; a nonce would make it an id_token."""
    claims, events = said.claims, said.claims.get("events")
    named = [name for name in ("sub", "sid") if name in claims]
    return {
        "typ": str(said.header.get("typ", "jwt")).lower() in LOGOUT_TYPES,
        "events": isinstance(events, dict) and isinstance(events.get(LOGOUT), dict),
        "nonce": "nonce" not in claims,
        "jti": _is_name(claims.get("jti")),
        "sub of sid": bool(named) and all(_is_name(claims[name]) for name in named),
    }


def _is_name(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) <= 255 and value.isprintable()


def _is_moment(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _ask(address: str, *how: dict[str, str]) -> dict[str, Any]:
    try:
        return outgoing.ask(address, *how)
    except outgoing.NoAnswer as error:
        raise Distrusted("geen antwoord") from error


def _s256(verifier: str) -> str:
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
