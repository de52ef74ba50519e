"""An audit in, one self-contained page of HTML out: conclusion, criteria with quotes, gaps, and the quoted pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from mednec.model import Audit, Document
from mednec.originals import PageImage
from mednec.reports import words
from mednec.reports.view import Remark, View, anchor, cited_by

if TYPE_CHECKING:
    from jinja2 import Environment, Template


def to_html(
    audit: Audit,
    documents: Iterable[Document] = (),
    images: Mapping[tuple[str, int], PageImage] | None = None,
    remarks: Sequence[str] = (),
    said: Sequence[Remark] = (),
) -> str:
    """The audit as one page that needs nothing else: no script, no font, no network.

    `documents` are those of the whole chart (else those that count), `images` the pictures of their pages by file and
    number; a page without one is shown as text. `remarks` are sentences to be read with the conclusion,
    `said` what people said of single words, which stands at each quote that holds them.
    """
    view = View(audit, tuple(documents), images or {}, said)
    return template("report.html").render(**view.parts(), remarks=remarks)


@cache
def template(name: str) -> Template:
    """A page of the templates folder, with the words and filters that all of them know."""
    return _environment().get_template(name)


def _environment() -> Environment:
    from jinja2 import Environment, FunctionLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=FunctionLoader(
            lambda name: (files("mednec") / "reports" / "templates" / name).read_text(encoding="utf-8")
        ),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"spoken": words.spoken, "anchor": anchor, "said": words.said, "as_markup": Markup}
    environment.globals |= {"counted": words.counted, "cited_by": cited_by}
    return environment
