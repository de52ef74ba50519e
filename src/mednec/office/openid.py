"""OpenID Connect: to a practice's identity provider and back (code, PKCE, nonce), and who came in by it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from secrets import token_urlsafe
from threading import Lock
from time import monotonic
from typing import Any

import httpx2
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.httpx_client import OAuth2Client
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from sqlalchemy import select
from sqlalchemy.orm import Session

from mednec.office.desk import Office
from mednec.office.entering import Entered, Refused, entered
from mednec.store.accounts import visitor_for
from mednec.store.tables import Link, Person, now
from mednec.store.trail import take_turn, write

ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "ES256", "ES384"]  # never 'none', never a shared secret
KNOWN_FOR = 3600  # seconds that what a provider says of itself is taken to hold
CLOCKS = 60  # seconds that two clocks may differ
AWAY = "the identity provider cannot be reached or answers wrongly; try again, or sign in with a password"
UNKNOWN = (
    "there is no account for you here yet; ask your practice's administrator for an invitation to the e-mail address"
    " that the identity provider knows, and see that it is verified there"
)


@dataclass(frozen=True, slots=True)
class Handover:
    """What goes to the provider with a browser, and what is kept until it is back."""

    address: str
    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True)
class Identity:
    """Whom the provider vouches for; the e-mail address only where the provider has verified it."""

    issuer: str
    subject: str
    email: str | None

    @property
    def key(self) -> str:
        """Under which the person is known here."""
        return f"{self.issuer} {self.subject}"


@dataclass(slots=True)
class Provider:
    """One identity provider, as it is known to it; `transport` is how it is reached, where not by the network."""

    issuer: str
    client_id: str
    client_secret: str
    transport: httpx2.BaseTransport | None = None
    _said: tuple[float, Mapping[str, Any], KeySet] | None = None
    _lock: Lock = field(default_factory=Lock)

    def begin(self, back: str) -> Handover:
        """Where to send the browser, so that it comes back to `back`; raises Refused."""
        state, nonce, verifier = token_urlsafe(32), token_urlsafe(32), token_urlsafe(48)
        endpoint = self._metadata()[0]["authorization_endpoint"]
        with self._client(back) as client:
            address, _ = client.create_authorization_url(endpoint, state=state, nonce=nonce, code_verifier=verifier)
        return Handover(address, state, nonce, verifier)

    def finish(self, kept: Handover, back: str, code: str) -> Identity:
        """Whom the code stands for, once its token's signature, issuer, audience, time and nonce hold; else Refused."""
        endpoint = self._metadata()[0]["token_endpoint"]
        try:
            with self._client(back) as client:
                token = client.fetch_token(endpoint, code=code, code_verifier=kept.verifier)
            claims = self._claims(token["id_token"], kept.nonce)
        except (httpx2.HTTPError, AuthlibBaseError, JoseError, KeyError, ValueError) as error:
            raise Refused(AWAY) from error
        email = claims.get("email") if claims.get("email_verified") is True else None
        return Identity(self.issuer, str(claims["sub"]), str(email).lower() if email else None)

    def _client(self, back: str) -> OAuth2Client:
        return OAuth2Client(
            client_id=self.client_id,
            client_secret=self.client_secret,
            redirect_uri=back,
            scope="openid email profile",
            code_challenge_method="S256",
            transport=self.transport,
            timeout=10,
        )

    def _claims(self, token: str, nonce: str) -> Mapping[str, Any]:
        try:
            decoded = jwt.decode(token, self._metadata()[1], algorithms=ALGORITHMS)
        except JoseError:  # the provider may have changed its keys since it was asked
            decoded = jwt.decode(token, self._metadata(anew=True)[1], algorithms=ALGORITHMS)
        needed: Mapping[str, Any] = {
            "iss": {"essential": True, "value": self.issuer},
            "aud": {"essential": True, "value": self.client_id},
            "nonce": {"essential": True, "value": nonce},
            "sub": {"essential": True},
            "exp": {"essential": True},
        }
        jwt.JWTClaimsRegistry(leeway=CLOCKS, **needed).validate(decoded.claims)
        if decoded.claims.get("azp", self.client_id) != self.client_id:
            raise ValueError("the token was made for another client")
        return decoded.claims

    def _metadata(self, *, anew: bool = False) -> tuple[Mapping[str, Any], KeySet]:
        with self._lock:
            if anew or self._said is None or monotonic() - self._said[0] > KNOWN_FOR:
                self._said = (monotonic(), *self._ask())
            return self._said[1:]

    def _ask(self) -> tuple[Mapping[str, Any], KeySet]:
        """What the provider says of itself, and its keys."""
        try:
            with httpx2.Client(transport=self.transport, timeout=10) as client:
                address = f"{self.issuer.rstrip('/')}/.well-known/openid-configuration"
                said = client.get(address).raise_for_status().json()
                if said["issuer"] != self.issuer:
                    raise ValueError("the provider names another issuer")
                return said, KeySet.import_key_set(client.get(said["jwks_uri"]).raise_for_status().json())
        except (httpx2.HTTPError, JoseError, KeyError, ValueError) as error:
            raise Refused(AWAY) from error


def enter(office: Office, identity: Identity) -> Entered:
    """A session for whom the provider vouches, known already or invited under the verified address; else Refused."""
    with office.database.begin() as database:
        known = select(Person).where(Person.subject == identity.key)
        person = database.scalars(known).first()
        if person is None and (invitation := _invitation(database, identity)) is not None:
            take_turn(database, invitation[0].practice_id)
            database.expire_all()  # the same person may have come in meanwhile
            person = database.scalars(known).first() or _accepted(database, identity)
        if person is None or not person.active:
            raise Refused(UNKNOWN)
        return entered(database, person, "openid")


def _invitation(database: Session, identity: Identity) -> tuple[Person, Link] | None:
    """The person whom an administrator invited under the identity's address, and the invitation."""
    if identity.email is None:
        return None
    query = select(Person, Link).join(Link, Link.person_id == Person.id)
    query = query.where(Person.login == identity.email, Person.active, Person.subject.is_(None))
    row = database.execute(query.where(Link.purpose == "openid", Link.expires > now())).first()
    return (row[0], row[1]) if row else None


def _accepted(database: Session, identity: Identity) -> Person | None:
    """The person who was invited; the invitation is used up, and the person known from now on."""
    found = _invitation(database, identity)
    if found is None:
        return None
    person, invitation = found
    person.subject = identity.key
    database.delete(invitation)
    write(database, visitor_for(person), "accept invitation", ("person", person.id))
    return person
