"""The events of an audit in, their picture out: an SVG that fits light and dark pages, the same bytes every time."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import date, timedelta
from importlib.util import find_spec
from typing import Any

from mednec.model import Audit
from mednec.reports.events import Score, Timeline, timeline
from mednec.reports.procedures import Window, windows

HINT = "The picture needs one more package: pip install 'mednec[plots]'. The table says the same."
WIDTH, LABELS, ABOVE, BELOW, BETWEEN = 9.6, 2.1, 0.28, 0.3, 0.16  # inches
FURTHEST = timedelta(days=3 * 365)  # older events stand in the table alone
COLORS = {  # what is drawn in these colors takes those of the page that it stands in
    "#010101": "var(--ink,#16202b)",
    "#020202": "var(--soft,#53606e)",
    "#030303": "var(--line,#dde2e8)",
    "#040404": "var(--link,#0b57a4)",
    "#050505": "var(--good,#176b3a)",
    "#060606": "var(--both,#6a2a9c)",
    "#070707": "var(--bad,#a8201a)",
    "#080808": "var(--tint,#eef1f5)",
    "#090909": "var(--paper,#ffffff)",
}
INK, SOFT, LINE, BLUE, GREEN, PURPLE, RED, TINT, PAPER = COLORS
SETTINGS: dict[Any, Any] = {
    "svg.hashsalt": "mednec",
    "text.parse_math": False,  # words of a chart are words
    "svg.fonttype": "none",
    "font.family": "sans-serif",
    "font.size": 9,
    "axes.edgecolor": LINE,
    "axes.labelcolor": SOFT,
    "xtick.color": SOFT,
    "ytick.color": SOFT,
    "text.color": INK,
}


def can_draw() -> bool:
    """Whether the plotting library (the extra `plots`) is installed."""
    return find_spec("matplotlib") is not None


def to_svg(audit: Audit, *, describedby: str = "", standalone: bool = False) -> str | None:
    """The timeline of an audit; None where nothing has a date or the plotting library is not installed.

    A standalone picture is a file of its own, in the colors of a light page.
    """
    events = timeline(audit)
    if events.is_empty or not can_draw():
        return None
    import matplotlib

    with matplotlib.rc_context(SETTINGS):
        figure = _Picture(events, windows(audit)).figure
        out = io.StringIO()
        figure.savefig(out, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    return _plain(out.getvalue()) if standalone else _adapted(out.getvalue(), describedby)


def to_pdf_page(audit: Audit) -> bytes | None:
    """The same picture as a PDF of one page, in the colors of a light page; None as with `to_svg`."""
    events = timeline(audit)
    if events.is_empty or not can_draw():
        return None
    import matplotlib

    with matplotlib.rc_context({**SETTINGS, "pdf.fonttype": 42, "pdf.compression": 0}):
        out = io.BytesIO()
        _Picture(events, windows(audit)).figure.savefig(
            out, format="pdf", transparent=True, metadata={"CreationDate": None, "Creator": None, "Producer": None}
        )
    return out.getvalue()


def shade(level: float) -> tuple[float, ...] | None:
    """The color that a gray of the picture stands for: where it is drawn into a page that knows no variables."""
    drawn = f"#{round(level * 255):02x}" + f"{round(level * 255):02x}" * 2
    if drawn not in COLORS:
        return None
    hexadecimal = COLORS[drawn].partition("#")[2].rstrip(")")
    return tuple(int(hexadecimal[place : place + 2], 16) / 255 for place in (0, 2, 4))


def _plain(svg: str) -> str:
    for drawn, themed in COLORS.items():
        svg = svg.replace(drawn, themed.partition(",")[2].rstrip(")"))
    return svg


def _adapted(svg: str, describedby: str) -> str:
    svg = svg[svg.index("<svg ") :]
    svg = re.sub(r"<metadata>.*?</metadata>\s*", "", svg, flags=re.DOTALL)
    for drawn, themed in COLORS.items():
        svg = svg.replace(drawn, themed)
    svg = re.sub(r"<style .*?</style>\s*", "", svg, flags=re.DOTALL)
    svg = re.sub(r"font-family: [^;\"]*", "font-family: var(--sans,sans-serif)", svg)
    svg = re.sub(r"^<svg ([^>]*?)width=\"[^\"]*\"", r"<svg \1", svg)
    svg = re.sub(r"^<svg ([^>]*?)height=\"[^\"]*\"", r"<svg \1", svg)
    about = f' aria-describedby="{describedby}"' if describedby else ""
    return svg.replace("<svg ", f'<svg class="timeline" role="img" aria-label="Timeline of the record"{about} ', 1)


class _Picture:
    """One figure: a panel for each scale, one for courses of treatment, one for procedures and imaging."""

    def __init__(self, events: Timeline, spans: Sequence[Window]) -> None:
        from matplotlib.figure import Figure

        self._events, self._spans = events, spans
        self._last = events.requested + timedelta(days=1)
        self._first = self._begin()
        scales = list(dict.fromkeys(score.scale for score in events.scores if score.day >= self._first))
        self._courses = [c for c in events.courses if (c.last or c.first or self._first) >= self._first]
        self._marks = [m for m in events.marks if m.day >= self._first]
        heights = [0.32 * max(len(spans), 1), *(1.5 if scale == "nrs" else 1.05 for scale in scales)]
        heights += [0.3 * len(self._courses) + 0.15] if self._courses else []
        heights += [0.3 * len(self._rows) + 0.15] if self._marks else []
        whole = sum(heights) + BETWEEN * (len(heights) - 1) + ABOVE + BELOW
        self.figure = Figure(figsize=(WIDTH, whole))  # laid out by hand: a solver's last digits differ from run to run
        sides = {"left": LABELS / WIDTH, "right": 0.99, "top": 1 - ABOVE / whole, "bottom": BELOW / whole}
        apart = BETWEEN * len(heights) / sum(heights)
        panels = self.figure.subplots(
            len(heights),
            1,
            sharex=True,
            squeeze=False,
            height_ratios=heights,
            gridspec_kw={**sides, "hspace": apart},
        )[:, 0]
        self._draw_spans(panels[0])
        rest = list(panels[1:])
        for scale in scales:
            self._draw_scores(rest.pop(0), [score for score in events.scores if score.scale == scale])
        if self._courses:
            self._draw_courses(rest.pop(0))
        if self._marks:
            self._draw_marks(rest.pop(0))
        self._dress(panels)

    @property
    def _rows(self) -> list[str]:
        """A row for each procedure and each kind of imaging."""
        procedures_first = sorted(self._marks, key=lambda mark: mark.kind != "procedure")
        return list(dict.fromkeys(mark.label for mark in procedures_first))

    def _begin(self) -> date:
        requested = self._events.requested
        days = [score.day for score in self._events.scores] + [mark.day for mark in self._events.marks]
        days += [day for course in self._events.courses for day in (course.first, course.last) if day]
        days += [requested - timedelta(days=min(w.days, 366)) for w in self._spans]
        days = [day for day in days if requested - FURTHEST <= day <= requested]
        return min(days, default=requested - timedelta(days=366)) - timedelta(days=12)

    def _draw_spans(self, panel: Any) -> None:
        for row, span in enumerate(self._spans):
            begin = max(self._events.requested - timedelta(days=span.days), self._first)
            panel.barh(row, self._events.requested - begin, left=begin, height=0.62, color=TINT, edgecolor=LINE)
            panel.annotate(
                f"{span.span} before the request", (begin, row), (5, 0), textcoords="offset points",
                va="center", fontsize=8, color=SOFT,
            )  # fmt: skip
        panel.set_ylim(-0.6, max(len(self._spans), 1) - 0.4)
        panel.set_yticks([])
        panel.set_ylabel("looked back", rotation=0, ha="right", va="center", ma="right", fontsize=8)

    def _draw_scores(self, panel: Any, scores: list[Score]) -> None:
        color = RED if scores[0].scale == "nrs" else PURPLE
        shown = [score for score in scores if score.day >= self._first]
        for score in shown:
            if score.high > score.low:
                panel.plot([score.day, score.day], [score.low, score.high], color=color, linewidth=3, alpha=0.45)
            hollow = {"markerfacecolor": PAPER} if score.remark == "before" else {}
            middle = (score.low + score.high) / 2
            panel.plot(
                [score.day], [middle], color=color, marker="o", markersize=5, linewidth=0, clip_on=False, **hollow
            )
        told = [score for score in shown if score.remark in ("", "current", "average")]
        ends = [(score.low + score.high) / 2 for score in told]
        panel.plot([score.day for score in told], ends, color=color, linewidth=1.1, alpha=0.5)
        for day, values in _by_day(shown).items():
            if len(values) > 1:
                panel.plot([day, day], [values[0], values[-1]], color=color, linewidth=1, linestyle=":", alpha=0.8)
            for value, above in {values[-1]: True, values[0]: len(values) == 1}.items():
                panel.annotate(
                    f"{value:g}", (day, value), (0, 6 if above else -6), textcoords="offset points", ha="center",
                    va="bottom" if above else "top", fontsize=8,
                )  # fmt: skip
        top = max(score.of for score in shown)
        panel.set_ylim(-top * 0.12, top * 1.22)
        panel.set_yticks([0, top / 2, top], [f"{value:g}" for value in (0, top / 2, top)])
        panel.set_ylabel(_cut(_called(scores[0])), rotation=0, ha="right", va="center", fontsize=8, labelpad=16)
        panel.grid(axis="y", color=LINE, linewidth=0.7)

    def _draw_courses(self, panel: Any) -> None:
        for row, course in enumerate(self._courses):
            begin = max(course.first or (course.last or self._last) - timedelta(days=18), self._first)
            end = self._events.requested if course.ongoing else (course.last or begin + timedelta(days=18))
            length = max(end - begin, timedelta(days=3))
            known = course.first is not None and (course.last is not None or course.ongoing)
            panel.barh(row, length, left=begin, height=0.5, color=GREEN, alpha=0.65 if known else 0.28)
            _told(panel, course.outcome, (end, row), self._is_late(end))
        panel.set_yticks(range(len(self._courses)), [_cut(course.label) for course in self._courses], fontsize=8)
        panel.set_ylim(len(self._courses) - 0.4, -0.6)

    def _draw_marks(self, panel: Any) -> None:
        rows = self._rows
        for mark in self._marks:
            row = rows.index(mark.label)
            shape, color = ("D", BLUE) if mark.kind == "procedure" else ("^", SOFT)
            panel.plot([mark.day], [row], marker=shape, markersize=6.5, color=color, linewidth=0, clip_on=False)
            apart = [abs(m.day - mark.day) for m in self._marks if m.label == mark.label and m is not mark]
            if mark.kind == "procedure" and all(days > self._room for days in apart):
                _told(panel, mark.remark, (mark.day, row), self._is_late(mark.day))
        panel.set_yticks(range(len(rows)), [_cut(row) for row in rows], fontsize=8)
        panel.set_ylim(len(rows) - 0.4, -0.6)

    @property
    def _room(self) -> timedelta:
        """What the words beside a mark take up."""
        return (self._last - self._first) * 0.22

    def _is_late(self, day: date) -> bool:
        return (self._last - day) < (self._last - self._first) * 0.3

    def _dress(self, panels: Any) -> None:
        from matplotlib import dates

        for panel in panels:
            for side in ("top", "right", "left"):
                panel.spines[side].set_visible(False)
            panel.tick_params(length=0)
            panel.set_axisbelow(True)
            if self._spans:
                shortest = min(span.days for span in self._spans)
                begin = max(self._events.requested - timedelta(days=shortest), self._first)
                panel.axvspan(begin, self._events.requested, color=TINT, alpha=0.6, zorder=-2)
            panel.axvline(self._events.requested, color=BLUE, linewidth=1.4, zorder=3)
        panels[0].set_title("request", fontsize=8.5, color=BLUE, loc="right", fontweight="bold")
        locator: Any = dates.AutoDateLocator(minticks=4, maxticks=9)  # type: ignore[no-untyped-call]
        panels[-1].xaxis.set_major_locator(locator)
        panels[-1].xaxis.set_major_formatter(dates.ConciseDateFormatter(locator))  # type: ignore[no-untyped-call]
        panels[-1].set_xlim(self._first, self._last)


def _by_day(scores: list[Score]) -> dict[date, list[float]]:
    """The different values of each day, the lowest first."""
    values: dict[date, set[float]] = {}
    for score in scores:
        values.setdefault(score.day, set()).update((score.low, score.high))
    return {day: sorted(some) for day, some in values.items()}


def _told(panel: Any, text: str, place: tuple[date, int], late: bool) -> None:
    if text:
        panel.annotate(
            text, place, (-7 if late else 7, 0), textcoords="offset points", va="center", fontsize=7.5, color=INK,
            ha="right" if late else "left", bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 0.8, "alpha": 0.75},
        )  # fmt: skip


def _called(score: Score) -> str:
    if score.scale == "nrs":
        return "pain, 0 to 10"
    return f"{score.label}, higher is better" if score.higher_is_better else score.label


def _cut(text: str) -> str:
    return text if len(text) <= 34 else f"{text[:33].rstrip()}…"
