"""What every request passes around its route: host, origin, size, strict headers, no details of faults."""

from __future__ import annotations

import logging
import os
import re
import traceback
from collections.abc import Mapping, MutableMapping
from secrets import token_hex
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mednec.web.access import SAFE, is_somebody
from mednec.web.problems import answer
from mednec.web.settings import Settings

log = logging.getLogger("mednec.web")
SMALL = 2**20  # bytes that anybody may send
DIGITS = 16  # of the length of a body
HOST = re.compile(r"(?:(?P<name>[A-Za-z0-9._-]+)|\[(?P<address>[0-9A-Fa-f:.]+)\])(?::[0-9]{1,5})?")
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
# The referrer stays on this site; with 'no-referrer' browsers would send 'Origin: null' with our own forms.
HEADERS: Mapping[str, str] = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
}
REFUSED_HOST = "this server does not answer to that name; use the address that it was started with"
REFUSED_ORIGIN = "the request comes from another site, so nothing was done; use the pages of this server"


class Guard:
    """The outermost layer of the application."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request; websockets are not spoken here."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        sender = _Sender(send, self.settings, scope["path"])
        try:
            headers = Headers(scope=scope)
            refused, limit = self._refused(scope, headers), 0
            if refused is None:
                limit = await self._limit(scope, headers)
                refused = _too_long(headers, limit)
            if refused is not None:
                await answer(Request(scope), *refused)(scope, receive, sender)
                return
            await self.app(scope, _counted(receive, limit), sender)
        except Exception as fault:
            if os.environ.get("MEDNEC_DEBUG") == "1":
                raise
            await self._confess(fault, scope, receive, sender)

    def _refused(self, scope: Scope, headers: Headers) -> tuple[int, str] | None:
        if host_of(headers.get("host", "")) not in self.settings.hosts:
            return 400, REFUSED_HOST
        if scope["method"] not in SAFE and not is_from_here(headers):
            return 403, REFUSED_ORIGIN
        return None

    async def _limit(self, scope: Scope, headers: Headers) -> int:
        """How many bytes may be sent: many in files alone, by somebody whose cookie or key opens something."""
        small, length = min(SMALL, self.settings.largest_upload), _length(headers)
        if not headers.get("content-type", "").lower().startswith("multipart/form-data"):
            return small
        if length is not None and length <= small:
            return small
        return self.settings.largest_upload if await run_in_threadpool(is_somebody, Request(scope)) else small

    async def _confess(self, fault: Exception, scope: Scope, receive: Receive, sender: _Sender) -> None:
        """Say that it was our fault and under which number it is logged: where and what kind, never a value."""
        number = token_hex(4)
        places = "".join(traceback.format_tb(fault.__traceback__))
        log.error("fault %s: %s\n%s", number, type(fault).__name__, places)
        if not sender.started:
            said = (
                f"something went wrong in the program; nothing was half-done. Tell your administrator: fault {number}"
            )
            await answer(Request(scope), 500, said)(scope, receive, sender)


class _Sender:
    """Sends on what the application answers, with the headers that every answer bears."""

    def __init__(self, send: Send, settings: Settings, path: str) -> None:
        self._send = send
        self._settings = settings
        self._is_static = path.startswith("/static/")
        self.started = False

    async def __call__(self, message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            self.started = True
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
            headers["cache-control"] = "no-cache" if self._is_static else "no-store"
            if self._settings.https:
                headers["strict-transport-security"] = "max-age=31536000; includeSubDomains"
        await self._send(message)


def host_of(header: str) -> str:
    """The name in a Host header, without the port; empty where it holds anything else, such as a path."""
    told = HOST.fullmatch(header)
    return (told["name"] or told["address"]).lower() if told else ""


def _length(headers: Headers) -> int | None:
    """How long the body is said to be; none where nothing that can be believed is said."""
    told = headers.get("content-length", "")
    return int(told) if told.isascii() and told.isdigit() and len(told) < DIGITS else None


def _too_long(headers: Headers, limit: int) -> tuple[int, str] | None:
    length = _length(headers)
    if "content-length" in headers and (length is None or length > limit):
        return 413, _too_large(limit)
    return None


def _too_large(limit: int) -> str:
    return f"more than {limit / 2**20:.0f} MB were sent at once; send fewer or smaller files at a time"


def _counted(receive: Receive, limit: int) -> Receive:
    """The body, as long as it is not longer than allowed, whatever its header says."""
    left = limit

    async def counting() -> Message:
        nonlocal left
        message = await receive()
        left -= len(message.get("body", b""))
        if left < 0:
            raise HTTPException(413, _too_large(limit))
        return message

    return counting


def is_from_here(headers: Headers) -> bool:
    """Whether a request that changes something was sent by our own pages, or by no browser at all."""
    if headers.get("authorization", "").lower().startswith("bearer "):  # browsers never add a key by themselves
        return True
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None and site not in {"same-origin", "none"}:
        return False
    return origin is None or origin.partition("://")[2] == headers.get("host")
