"""An office and its settings in, the web application out."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter, FastAPI
from fastapi.responses import RedirectResponse
from fastapi.staticfiles import StaticFiles

from mednec.office.desk import Office
from mednec.web import queue_pages
from mednec.web.access import SignedOut
from mednec.web.settings import Settings

HERE = Path(__file__).parent
ROUTERS: tuple[APIRouter, ...] = (queue_pages.router,)


def create_app(office: Office, settings: Settings) -> FastAPI:
    """The application, with all routes; `office` is kept open for as long as it runs."""
    app = FastAPI(title="mednec", version="1", docs_url=None, redoc_url=None, openapi_url="/api/openapi.json")
    app.state.office = office
    app.state.settings = settings
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")
    app.add_exception_handler(SignedOut, lambda _request, _error: RedirectResponse("/sign-in", 303))
    for router in ROUTERS:
        app.include_router(router)
    return app
