"""A cohort in, what people look at out: text for a terminal, JSON, and one page of HTML with its pictures."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from importlib import resources
from typing import Any

from jinja2 import Environment, StrictUndefined

from mednec.batch.cohort import Cohort, Estimate, Rate

MOST = 15  # rows of a list that a page shows


def to_text(cohort: Cohort) -> str:
    """The cohort in a screenful."""
    lines = [
        f"{cohort.overall.errors} of {cohort.overall.charts} charts do not support the service: "
        f"{percent(cohort.overall)}",
        *(f"not audited: {count} ({kind})" for kind, count in cohort.failures.items()),
        "",
        "Criteria that fail most often",
        *(f"{percent(one):>24}  {one.errors:>6} of {one.charts:<6}  {one.asks}" for one in cohort.criteria[:MOST]),
        "",
        "Questions that the records leave open most often",
        *(f"{gap.charts:>6}  {gap.question}" for gap in cohort.gaps[:MOST]),
    ]
    return "\n".join(lines) + "\n"


def percent(rate: Rate) -> str:
    """A share with its interval: '31.0 % (25.0-37.7)'."""
    return f"{100 * rate.share:.1f} % ({100 * rate.low:.1f}-{100 * rate.high:.1f})"


def estimate_to_text(estimate: Estimate) -> str:
    """What a reviewed sample says of the whole."""
    share = f"{100 * estimate.share:.1f} % ({100 * estimate.low:.1f}-{100 * estimate.high:.1f})"
    return (
        f"{estimate.reviewed} charts reviewed; in the whole cohort about {estimate.charts:.0f} are in error: {share}\n"
    )


def to_json(cohort: Cohort) -> str:
    """The cohort with all its rates, without the list of its charts."""
    data = {name: value for name, value in asdict(cohort).items() if name != "charts"}
    return json.dumps(data, indent=1, ensure_ascii=False, default=list) + "\n"


def to_html(cohort: Cohort) -> str:
    """The cohort as one page; its pictures are drawn by matplotlib and stand in the page."""
    source = resources.files(__package__).joinpath("dashboard.html.jinja").read_text(encoding="utf-8")
    page = Environment(undefined=StrictUndefined, autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(
        source
    )
    months = cohort.by["month"]
    return page.render(
        cohort=cohort,
        percent=percent,
        most=MOST,
        criteria_picture=picture([one.asks for one in cohort.criteria[:MOST]], cohort.criteria[:MOST]),
        months_picture=picture([one.of for one in months], months) if len(months) > 1 else "",
    )


def picture(labels: Sequence[str], rates: Sequence[Rate]) -> str:
    """Shares as points with their intervals, one line each, as SVG: the same bytes for the same rates."""
    import matplotlib
    from matplotlib.figure import Figure

    with matplotlib.rc_context({"svg.hashsalt": "mednec", "svg.fonttype": "none", "font.family": "sans-serif"}):
        figure = Figure(figsize=(9, 0.6 + 0.36 * len(rates)), layout="constrained")
        axes = figure.subplots()
        places = range(len(rates), 0, -1)
        shares = [100 * one.share for one in rates]
        bounds = [[100 * (one.share - one.low) for one in rates], [100 * (one.high - one.share) for one in rates]]
        axes.errorbar(shares, list(places), xerr=bounds, fmt="o", color="#1f4e79", ecolor="#7f9fbf", capsize=3)
        axes.set_yticks(list(places), [shortened(label) for label in labels])
        axes.set_xlim(0, 100)
        axes.set_xlabel("charts that fail, %, with the 95 % interval")
        axes.grid(axis="x", color="#dddddd")
        axes.spines[["top", "right", "left"]].set_visible(False)
        return _svg(figure)


def _svg(figure: Any) -> str:
    file = io.StringIO()
    metadata: Mapping[str, Any] = {"Date": None, "Creator": "mednec"}
    figure.savefig(file, format="svg", metadata=dict(metadata))
    text = file.getvalue()
    return text[text.index("<svg") :]


def shortened(label: str, longest: int = 70) -> str:
    """A label that fits beside a picture."""
    return label if len(label) <= longest else label[: longest - 1].rstrip() + "\u2026"
