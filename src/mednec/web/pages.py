"""A template and what it shows in, a page out; the words, filters and links that every page knows."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import Environment, FunctionLoader, StrictUndefined

from mednec.reports import words
from mednec.roles import Permission
from mednec.store.accounts import Visitor

NAVIGATION = (  # where, its name, and what it needs
    ("/", "Work queue", Permission.READ),
    ("/cases/new", "New case", Permission.FILE),
    ("/dashboard", "Dashboard", Permission.MANAGE),
    ("/trail", "Trail", Permission.MANAGE),
    ("/people", "People", Permission.ADMINISTER),
)
SIGNS = {
    "supported": "✓",
    "not_supported": "✗",
    "not_covered": "✗",
    "conflicting": "≠",
    "insufficient_documentation": "?",
}
READINESS = {  # how ready a record is, in words and as a mark
    "failing": "not supported",
    "conflicting": "contradictory",
    "gaps": "gaps",
    "unread": "not audited",
    "running": "in work",
    "ready": "ready",
}
READY_MARKS = {"failing": "✗", "conflicting": "≠", "gaps": "?", "unread": "○", "running": "…", "ready": "✓"}
SAID: dict[str, str] = {  # what a page says of the step before, by the word in its address
    "opened": "The case is open.",
    "changed": "The request was changed.",
    "added": "The files were added.",
    "known": "These files were here already; nothing was added.",
    "nothing": "No file was chosen; choose one, or drop files onto the field.",
    "removed": "The file was removed.",
    "started": "The audit has begun.",
    "cancelled": "The audit is being cancelled.",
    "closed": "The case is closed.",
    "reopened": "The case is open again.",
    "saved": "Saved, and judged anew.",
    "withdrawn": "Withdrawn, and judged anew.",
    "newpassword": "Your password is changed; you are signed out everywhere else.",
    "nofactor": "The second factor is off.",
    "revoked": "The key opens nothing any more.",
    "invited": "The person can sign in with the practice's account within two weeks.",
    "roles": "The roles are saved.",
    "closedaccount": "The account is closed.",
    "openedaccount": "The account is open again.",
    "password": "Your password is set; sign in with it.",
    "demo": "Demo cases are here; their audits run in the background.",
}


def render(
    request: Request, name: str, visitor: Visitor | None = None, *, status: int = 200, **shown: Any
) -> HTMLResponse:
    """The page of a template of the templates folder; `shown` is what it needs besides the visitor."""
    page = environment().get_template(name)
    said = SAID.get(request.query_params.get("said", ""))
    told = {"visitor": visitor, "here": request.url.path, "said": said, "settings": request.app.state.settings}
    return HTMLResponse(page.render(**{**told, **shown}), status)


def to(address: str, said: str | None = None) -> RedirectResponse:
    """Send the browser on after something was done; `said` is a word of SAID, for the page to say what was done."""
    mark = "&" if "?" in address else "?"
    path, hash_, place = address.partition("#")
    return RedirectResponse(f"{path}{mark}said={said}{hash_}{place}" if said else address, 303)


@cache
def environment() -> Environment:
    """The templates of the web app, with what all of them know."""
    made = Environment(
        loader=FunctionLoader(lambda name: (files("mednec") / "web" / "templates" / name).read_text("utf-8")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "spoken": words.spoken,
        "said": words.said,
        "moment": moment,
        "second": second,
        "day": day,
        "bytes": size,
    }
    made.globals |= {
        "counted": words.counted,
        "navigation": _navigation,
        "MARKS": words.MARKS,
        "STATUSES": {str(status): word for status, word in words.STATUSES.items()},
        "DETERMINATIONS": words.DETERMINATIONS,
        "SIGNS": SIGNS,
        "READINESS": READINESS,
        "READY_MARKS": READY_MARKS,
    }
    return made


def _navigation(visitor: Visitor | None) -> list[tuple[str, str]]:
    return [(path, name) for path, name, need in NAVIGATION if visitor and visitor.may(need)]


def moment(at: datetime) -> str:
    """A moment, to the minute."""
    return at.strftime("%Y-%m-%d %H:%M UTC")


def second(at: datetime) -> str:
    """A moment, to the second."""
    return at.strftime("%Y-%m-%d %H:%M:%S")


def day(at: date) -> str:
    """A day with the day of the week: 'Tue 2026-12-01'."""
    return at.strftime("%a %Y-%m-%d")


def size(count: int) -> str:
    """A size in bytes as people say it."""
    for unit in ("bytes", "KB", "MB"):
        if count < 1000 or unit == "MB":
            return f"{count:.0f} {unit}" if unit == "bytes" or count >= 10 else f"{count:.1f} {unit}"
        count = count / 1000  # type: ignore[assignment]
    raise AssertionError
