"""Elements of a page of markup (HTML, or the narrative of a C-CDA) in, running text out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

CELL = " | "
HIDDEN = frozenset({"script", "style", "head", "template", "noscript", "title"})
STRUCK = frozenset({"del", "s", "strike"})
UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
LINE_THROUGH = re.compile(r"text-decoration[\w-]*\s*:[^;]*line-through", re.I)
PARAGRAPHS = frozenset(
    {"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "pre", "table", "hr", "body", "form", "fieldset"}
    | {"section", "article", "header", "footer", "main", "aside", "nav", "blockquote", "address", "figure"}
    | {"paragraph", "list", "caption", "footnote", "text"}
)
LINES = frozenset({"dt", "dd", "legend", "figcaption", "option"})
ITEMS = frozenset({"li", "item"})


def text_of(element: Any) -> str:
    """The text of an element: blank lines between paragraphs, a line for each table row, a dash before list items."""
    raw = "".join(pieces(element))
    lines = [re.sub(r"[ \t]+", " ", line).strip() for line in raw.split("\n")]
    text = re.sub(r"^-\n+(?=\S)", "- ", "\n".join(lines), flags=re.M)
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n")


def cleared(element: Any) -> Iterator[str]:
    """Take out what a person does not read as said (struck out, or hidden), and say so, once for each kind."""
    taken: set[str] = set()
    for part in list(element.iter()):
        if (fault := not_said(part)) and part is not element and part.getparent() is not None:
            if " ".join(part.itertext()).strip():
                taken.add(fault)
            keep_tail(part)
    yield from (f"words that are {fault} are not read." for fault in sorted(taken))


def not_said(element: Any) -> str | None:
    """Why the words of an element do not count: they are struck out, deleted or hidden."""
    name = local_name(element)
    if name is None or name in HIDDEN:
        return None
    style = element.get("style") or ""
    if name in STRUCK or LINE_THROUGH.search(style) or element.get("revised") == "delete":
        return "struck out"
    return "hidden" if UNSEEN.search(style) or element.get("hidden") is not None else None


def keep_tail(element: Any) -> None:
    """Remove an element, but not the text behind it."""
    above, before = element.getparent(), element.getprevious()
    if element.tail and before is not None:
        before.tail = (before.tail or "") + element.tail
    elif element.tail:
        above.text = (above.text or "") + element.tail
    above.remove(element)


def pieces(element: Any) -> Iterator[str]:
    """The stretches of text in and between the elements, with line ends where the layout has them."""
    name = local_name(element)
    if name is None or name in HIDDEN:
        return
    if name == "tr":
        yield "\n" + CELL.join(flat(cell) for cell in element if local_name(cell) in ("td", "th"))
    elif name == "br":
        yield "\n"
    elif name == "input":
        yield ticked(element)
    elif name == "select":
        yield chosen(element)
    else:
        before, after = around(name)
        yield before
        yield from inside(element)
        yield after


def inside(element: Any) -> Iterator[str]:
    """The text of an element, its children and what stands between them."""
    yield collapsed(element.text)
    for child in element:
        yield from pieces(child)
        yield collapsed(child.tail)


def around(name: str) -> tuple[str, str]:
    """What comes before and after an element."""
    if name in ITEMS:
        return "\n- ", ""
    if name in PARAGRAPHS:
        return "\n\n", "\n\n"
    return ("\n", "\n") if name in LINES else ("", "")


def flat(element: Any) -> str:
    """The text of a table cell on one line."""
    return " ".join(" ".join(inside(element)).replace("\n", " ").split())


def ticked(element: Any) -> str:
    """A check box as [X] or [ ], another field by its value."""
    if element.get("type") in ("checkbox", "radio"):
        return "[X] " if element.get("checked") is not None else "[ ] "
    return "" if element.get("type") in ("hidden", "submit", "button") else element.get("value", "")


def chosen(element: Any) -> str:
    """What is chosen in a list of choices: what is marked, else the first, as browsers show it."""
    options = [option for option in element.iter() if local_name(option) == "option"]
    marked = [option for option in options if option.get("selected") is not None] or options[:1]
    return ", ".join(flat(option) for option in marked)


def local_name(element: Any) -> str | None:
    """The name of an element without its namespace; None for comments and the like."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else None


def collapsed(text: str | None) -> str:
    """Text with every run of blanks and line ends made one blank, as browsers show it."""
    return re.sub(r"\s+", " ", text or "")
