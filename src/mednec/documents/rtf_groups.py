"""Rich text in, its parts out: body, headers, footers, notes, text boxes and comments, what is struck out left away."""

from __future__ import annotations

import binascii
import re
from dataclasses import dataclass, field

TOKEN = re.compile(r"\\([a-zA-Z]{1,32})(-?\d{1,10})?[ ]?|\\'[0-9a-fA-F]{2}|\\[^a-zA-Z]|[{}]|[^\\{}]+", re.S)
HEADERS = frozenset({"header", "headerl", "headerr", "headerf"})
FOOTERS = frozenset({"footer", "footerl", "footerr", "footerf"})
NOTES = frozenset({"footnote"})
BOXES = frozenset({"shptxt", "result"})
COMMENTS = frozenset({"annotation"})
PARTS = {
    **dict.fromkeys(HEADERS, "header"),
    **dict.fromkeys(FOOTERS, "footer"),
    **dict.fromkeys(NOTES, "note"),
    **dict.fromkeys(BOXES, "box"),
    **dict.fromkeys(COMMENTS, "comment"),
    "atnauthor": "author",
    "pict": "picture",
    "formfield": "form",
    "fonttbl": "fonts",
    **dict.fromkeys(("stylesheet", "info", "listtable", "listoverridetable", "rsidtbl", "themedata"), "no text"),
    **dict.fromkeys(("latentstyles", "datastore", "colorschememapping", "xmlnstbl", "generator"), "no text"),
}
CROSSED = {"strike": "struck out", "striked": "struck out", "deleted": "struck out", "v": "hidden"}
PLAIN = ("plain", "sectd")
DEEPEST = 2_000  # groups within groups


@dataclass(slots=True)
class Group:
    """An open group: what it is, what is crossed out in it, and where its text goes."""

    part: str
    crossed: str | None
    text: list[str]
    is_field: bool = False
    box: str = ""  # of a form field, to be written where the field ends


@dataclass(slots=True)
class Parts:
    """The parts of a rich text, each as rich text without the braces around it; `left_out` says what was not kept."""

    body: list[str] = field(default_factory=list)
    found: list[tuple[str, str]] = field(default_factory=list)
    left_out: set[str] = field(default_factory=set)

    def of(self, part: str) -> list[str]:
        """All parts of a kind, in order."""
        return [text for kind, text in self.found if kind == part]


def parted(rich: str) -> Parts:
    """The parts of a rich text; raises ValueError where groups lie deeper within each other than any writer makes."""
    parts = Parts()
    stack = [Group("", None, parts.body)]
    place = 0
    while place < len(rich):
        token = TOKEN.match(rich, place)
        if token is None:
            break
        place = token.end()
        word, text = token[1], token.group()
        if word == "bin":
            place += max(int(token[2] or 0), 0)
        elif text == "{":
            top = stack[-1]
            stack.append(Group("", top.crossed, top.text))
            top.text.append("{")
        elif text == "}":
            close(stack, parts)
        elif word in PARTS:
            begin(stack[-1], PARTS[word], text)
        else:
            put(stack[-1], word, token[2], text, parts)
        if len(stack) > DEEPEST:
            raise ValueError("too deep")
    while len(stack) > 1:
        close(stack, parts)
    return parts


def begin(group: Group, part: str, text: str) -> None:
    """A group turns out to be a part of its own: from here on its text goes elsewhere."""
    if part == "fonts":
        group.text.append(text)
    elif not group.part:
        group.part, group.text = part, []


def close(stack: list[Group], parts: Parts) -> None:
    """The end of a group."""
    if len(stack) == 1:
        return
    group = stack.pop()
    if group.box and not group.is_field:
        stack[-1].box = group.box
    if not group.part:
        group.text.append("}" + (group.box if group.is_field else ""))
        return
    text = "".join(group.text)
    stack[-1].text.append("}")
    if group.part == "form":
        stack[-1].box = ticked(text)
        return
    parts.found.append((group.part, text))


def ticked(form: str) -> str:
    """The box of a form field, where it is one."""
    if re.search(r"\\fftype1\b", form) is None:
        return ""
    told = dict(re.findall(r"\\(ffres|ffdefres)(\d+)", form))
    state = told.get("ffres", "25")
    return "[X] " if (told.get("ffdefres") if state == "25" else state) == "1" else "[ ] "


def put(group: Group, word: str | None, number: str | None, text: str, parts: Parts) -> None:
    """A control word or characters; those that are crossed out or hidden are not kept."""
    if word in CROSSED:
        group.crossed = None if number == "0" else CROSSED[word]
    elif word in PLAIN:
        group.crossed = None
    elif word == "field":
        group.is_field = True
    written = word is None or word in ("u", "tab", "line")
    if group.crossed and written and not text.startswith("\\*"):
        if text.strip("\r\n "):
            parts.left_out.add(group.crossed)
        return
    group.text.append(text)


def preamble(rich: str) -> str:
    """What tells how the characters are to be read: the head of the file with its table of fonts."""
    start = re.search(r"\{\\fonttbl", rich)
    depth = 0
    for brace in re.finditer(r"(?<!\\)[{}]", rich[start.start() : start.start() + 200_000] if start else ""):
        depth += 1 if brace.group() == "{" else -1
        if depth == 0 and start:
            return rich[: start.start() + brace.end()]
    return "{\\rtf1\\ansi"


def pictures(parts: Parts) -> list[bytes]:
    """The pictures that are large enough to be scans, as PNG or JPEG."""
    found: list[bytes] = []
    for text in parts.of("picture"):
        digits = re.sub(r"[^0-9a-fA-F]", "", re.sub(r"\\[a-zA-Z]+-?\d* ?|\{[^{}]*\}", "", text))
        if ("\\pngblip" in text or "\\jpegblip" in text) and len(digits) > 60_000:
            try:
                found.append(binascii.unhexlify(digits[: len(digits) // 2 * 2]))
            except binascii.Error:
                continue
    return found
