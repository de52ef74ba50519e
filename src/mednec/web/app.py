"""An office and its settings in, the web application out."""

from __future__ import annotations

from pathlib import Path
from secrets import token_urlsafe

from fastapi import APIRouter, Depends, FastAPI
from fastapi.staticfiles import StaticFiles
from fastapi.telemetry import TelemetryConfig

from mednec.office.desk import Office
from mednec.office.entering import has_people
from mednec.office.openid import Provider
from mednec.web import (
    account_pages,
    adding_pages,
    api_cases,
    api_people,
    api_reviews,
    api_trail,
    api_work,
    case_pages,
    description,
    openid_pages,
    overview_pages,
    people_pages,
    problems,
    queue_pages,
    report_pages,
    review_pages,
    sign_in_pages,
)
from mednec.web.access import read_csrf
from mednec.web.security import Guard
from mednec.web.settings import Settings
from mednec.web.throttle import Throttle

HERE = Path(__file__).parent
# What the framework would tell of requests and faults, with their values, to whoever its environment names.
SILENT: TelemetryConfig = {"tracing": False, "metrics": False, "logs": False, "auto_configure": False}
ROUTERS: tuple[APIRouter, ...] = (
    description.router,
    queue_pages.router,
    case_pages.router,
    review_pages.router,
    adding_pages.router,
    report_pages.router,
    overview_pages.router,
    sign_in_pages.router,
    openid_pages.router,
    account_pages.router,
    people_pages.router,
    api_people.router,
    api_cases.router,
    api_reviews.router,
    api_work.router,
    api_trail.router,
)


def create_app(office: Office, settings: Settings) -> FastAPI:
    """The application, with all routes; `office` is kept open for as long as it runs."""
    app = FastAPI(
        title="mednec",
        version="1",
        openapi_url=None,  # described at a route of its own, which says who may see it
        dependencies=[Depends(read_csrf)],
        responses=problems.PROBLEMS,
        telemetry=SILENT,
    )
    app.state.office = office
    app.state.settings = settings
    app.state.throttle = Throttle(office.database, settings)
    app.state.provider = _provider(settings)
    app.state.first_key = None if has_people(office) else token_urlsafe(32)
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")
    problems.install(app)
    app.add_middleware(Guard, settings=settings)
    for router in ROUTERS:
        app.include_router(router)
    return app


def first_link(app: FastAPI) -> str | None:
    """The path of the page that makes the first account, for whoever starts the server; none once there is one."""
    return f"/first?key={app.state.first_key}" if app.state.first_key else None


def _provider(settings: Settings) -> Provider | None:
    """The identity provider of the settings, as it is talked to."""
    told = settings.openid
    return Provider(told.issuer, told.client_id, told.client_secret) if told else None
