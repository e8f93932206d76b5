"""A passkey in software: the other side of the ceremony, as a browser and its key would answer."""

import hashlib
import json
import os
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


class Passkey:
    """One key pair for one house, which counts its uses."""

    def __init__(self, origin: str = "https://huis.example") -> None:
        self.origin = origin
        self.rp_id = origin.split("//")[1].split(":")[0]
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = os.urandom(16)
        self.count = 0
        self.verifies = True

    def create(self, question: dict[str, Any]) -> dict[str, Any]:
        """The answer to a question for a new passkey."""
        public = ES256.from_cryptography_key(self.key.public_key())
        data = AttestedCredentialData.create(b"\0" * 16, self.id, public)
        attestation = AttestationObject.create("none", self._data(ATTESTED, data), {})
        response = {
            "clientDataJSON": self._client_data("webauthn.create", question),
            "attestationObject": websafe_encode(attestation),
        }
        return self._credential(response)

    def get(self, question: dict[str, Any]) -> dict[str, Any]:
        """The answer to a question for this passkey; its count goes up."""
        self.count += 1
        client_data = self._client_data("webauthn.get", question)
        data = self._data(0)
        signed = bytes(data) + hashlib.sha256(websafe_decode(client_data)).digest()
        signature = self.key.sign(signed, ec.ECDSA(hashes.SHA256()))
        response = {
            "clientDataJSON": client_data,
            "authenticatorData": websafe_encode(data),
            "signature": websafe_encode(signature),
        }
        return self._credential(response)

    def _data(self, flags: int, credential: bytes = b"") -> AuthenticatorData:
        about = flags | PRESENT | (VERIFIED if self.verifies else 0)
        house = hashlib.sha256(self.rp_id.encode()).digest()
        return AuthenticatorData.create(house, about, self.count, credential)

    def _client_data(self, kind: str, question: dict[str, Any]) -> str:
        challenge = question["publicKey"]["challenge"]
        said = {"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}
        return websafe_encode(json.dumps(said).encode())

    def _credential(self, response: dict[str, str]) -> dict[str, Any]:
        name = websafe_encode(self.id)
        return {
            "id": name,
            "rawId": name,
            "type": "public-key",
            "response": response,
            "clientExtensionResults": {},
        }
