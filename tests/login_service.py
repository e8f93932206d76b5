"""A login service of a partner, as small as one can be: a real server with real keys on loopback.

It does what OpenID Connect asks of it, strictly: it knows us by our key or secret, a code counts
once and for who has the verifier. A test bends one thing of what it answers, to be an attacker.
"""

import base64
import hashlib
import hmac
import json
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, quote, urlencode, urlsplit

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from joserfc import jwk, jwt
from joserfc.errors import JoseError

CLIENT, SECRET = "veiligheidshuis", "een gedeeld geheim: 1+1%"
LOGOUT = "http://schemas.openid.net/event/backchannel-logout"
Json = dict[str, Any]
RSA_KEY = jwk.RSAKey.generate_key(2048)
OTHER_KEY = jwk.RSAKey.generate_key(2048)
EC_KEY = jwk.ECKey.generate_key("P-256")


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def by_hand(header: Json, claims: Json, sign: Callable[[bytes], bytes]) -> str:
    """A token such as no library makes it: without a signature, or with the wrong kind."""
    body = f"{b64(json.dumps(header).encode())}.{b64(json.dumps(claims).encode())}"
    return f"{body}.{b64(sign(body.encode()))}"


def unsigned(header: Json, claims: Json) -> str:
    return by_hand({**header, "alg": "none"}, claims, lambda body: b"")


def with_public_key_as_secret(header: Json, claims: Json) -> str:
    """The classic: HS256, with as its secret the public key that everybody knows."""
    secret = RSA_KEY.as_pem(private=False)
    return by_hand(
        {**header, "alg": "HS256"}, claims, lambda body: hmac.digest(secret, body, "sha256")
    )


def signed_by_hand(header: Json, claims: Json) -> str:
    """With the right key, and with whatever stands in the header."""
    key = load_pem_private_key(RSA_KEY.as_pem(private=True), None)
    assert isinstance(key, RSAPrivateKey)
    return by_hand(header, claims, lambda body: key.sign(body, PKCS1v15(), SHA256()))


@dataclass
class LoginService:
    """One login service. What it would honestly say can be bent by a test."""

    our_key: Any = None  # the house's public key; without it the house has a shared secret
    key: Any = field(default_factory=lambda: RSA_KEY)
    subject: str = "subject-1"
    claims: Json = field(default_factory=dict)
    header: Json = field(default_factory=dict)
    metadata: Json = field(default_factory=dict)
    keys: list[Json] | None = None
    answer: Json = field(default_factory=dict)
    farewell: Json = field(default_factory=dict)  # what its logout token says, otherwise
    sign: Callable[[Json, Json], str] | None = None
    redirects_to: str = ""
    forgetful: bool = False  # lets a code count more than once
    codes: dict[str, Json] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def __enter__(self) -> "LoginService":
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler_of(self))
        threading.Thread(target=self.server.serve_forever, args=[0.01], daemon=True).start()
        return self

    def __exit__(self, *error: object) -> None:
        self.server.shutdown()
        self.server.server_close()

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    def visit(self, address: str) -> str:
        """Somebody logs in here, at the address he was sent to; the address he is sent back to."""
        asked = dict(parse_qsl(urlsplit(address).query))
        assert asked["response_type"] == "code"
        assert asked["code_challenge_method"] == "S256"
        assert asked["client_id"] == CLIENT
        assert min(len(asked["state"]), len(asked["nonce"])) >= 22, "128 bits of chance"
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked
        answer = {"code": code, "state": asked["state"], "iss": self.issuer, **self.answer}
        return f"{asked['redirect_uri']}?{urlencode({k: v for k, v in answer.items() if v})}"

    def discovery(self) -> Json:
        honest = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "code_challenge_methods_supported": ["S256"],
            "authorization_response_iss_parameter_supported": True,
        }
        return honest | self.metadata

    def key_set(self) -> Json:
        ours = [{**self.key.as_dict(private=False), "kid": "k1", "use": "sig"}]
        return {"keys": ours if self.keys is None else self.keys}

    def token(self, form: Json, authorization: str) -> Json | None:
        """The id_token for a code; None when anything about it is not right."""
        take = self.codes.get if self.forgetful else self.codes.pop
        asked = take(form.get("code", ""), None)
        if asked is None or not self._knows_us(form, authorization):
            return None
        challenge = b64(hashlib.sha256(form.get("code_verifier", "").encode()).digest())
        right = form.get("redirect_uri") == asked["redirect_uri"]
        if not right or challenge != asked["code_challenge"]:
            return None
        return {"id_token": self.proof(asked), "access_token": "x", "token_type": "Bearer"}

    def goodbye(self) -> str:
        """Somebody logged out here: the logout token that says so (Back-Channel Logout 1.0)."""
        now = int(time.time())
        honest = {
            "iss": self.issuer,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 60,
            "jti": secrets.token_urlsafe(16),
            "events": {LOGOUT: {}},
            "sub": self.subject,
        }
        return self._signed({"typ": "logout+jwt"}, honest | self.farewell)

    def proof(self, asked: Json) -> str:
        """The id_token that says who logged in here."""
        now = int(time.time())
        honest = {
            "iss": self.issuer,
            "sub": self.subject,
            "aud": CLIENT,
            "exp": now + 60,
            "iat": now,
            "auth_time": now,
            "nonce": asked["nonce"],
        }
        return self._signed({}, honest | self.claims)

    def _signed(self, header: Json, said: Json) -> str:
        """A token with this header that says this, but for what a test took out of it."""
        claims = {k: v for k, v in said.items() if v is not None}
        algorithm = "ES256" if self.key.key_type == "EC" else "RS256"
        header = {"alg": algorithm, "kid": "k1", **header, **self.header}
        if self.sign:
            return self.sign(header, claims)
        return jwt.encode(header, claims, self.key, algorithms=["RS256", "ES256"])

    def _knows_us(self, form: Json, authorization: str) -> bool:
        """Our key or our secret; an assertion of ours is for this service, and fresh."""
        if self.our_key is None:
            pair = f"{CLIENT}:{quote(SECRET, safe='')}"
            return authorization == f"Basic {base64.b64encode(pair.encode()).decode()}"
        try:
            known = ["PS256", "ES256"]
            said = jwt.decode(form["client_assertion"], self.our_key, algorithms=known).claims
        except (JoseError, KeyError):
            return False
        fresh = said["iat"] <= time.time() < said["exp"] <= said["iat"] + 300
        own = said["iss"] == said["sub"] == CLIENT and said["aud"] == f"{self.issuer}/token"
        return bool(fresh and own and said["jti"])


def handler_of(service: LoginService) -> type[BaseHTTPRequestHandler]:
    """The web server of this login service."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            service.asked.append(self.path)
            if service.redirects_to:
                self._send_to(f"{service.redirects_to}{self.path}")
            elif urlsplit(self.path).path == "/authorize":
                self._send_to(service.visit(self.path))
            elif self.path == "/keys":
                self._say(service.key_set())
            else:
                self._say(service.discovery())

        def do_POST(self) -> None:
            service.asked.append(self.path)
            typed = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = {name: values[0] for name, values in parse_qs(typed).items()}
            found = service.token(form, self.headers.get("Authorization", ""))
            self._say(found or {"error": "invalid_grant"}, 200 if found else 400)

        def _send_to(self, address: str) -> None:
            self.send_response(302)
            self.send_header("Location", address)
            self.end_headers()

        def _say(self, answer: Json, status: int = 200) -> None:
            body = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *what: object) -> None:
            """Quiet: the tests look at what is answered."""

    return Handler
