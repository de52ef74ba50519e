"""The application in, the OpenAPI description of its JSON API out."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI, Request
from fastapi.openapi.utils import get_openapi
from fastapi.responses import JSONResponse

from mednec.web.access import Anybody
from mednec.web.problems import Problem

SAYS = (
    "Everything that the pages do. Send a key of your account as `Authorization: Bearer mednec_...`; "
    "what the person may do, the key may do. Failures are problem JSON (RFC 9457)."
)
router = APIRouter(include_in_schema=False)


@router.get("/api/openapi.json")
def openapi(request: Request, _: Annotated[None, Depends(Anybody())]) -> JSONResponse:
    """The description, which names no object of anybody."""
    return JSONResponse(describe(request.app))


def describe(app: FastAPI) -> dict[str, Any]:
    """The description of all JSON routes, made once an application."""
    if app.openapi_schema is None:
        schema = get_openapi(title=app.title, version=app.version, description=SAYS, routes=app.routes)
        parts = schema.setdefault("components", {})
        parts.setdefault("schemas", {})["Problem"] = Problem.model_json_schema()
        parts["securitySchemes"] = {"key": {"type": "http", "scheme": "bearer"}}
        schema["security"] = [{"key": []}]
        app.openapi_schema = schema
    return app.openapi_schema
