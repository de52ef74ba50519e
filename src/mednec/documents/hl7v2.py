"""HL7 v2 messages (MDM, ORU) in, a document for each report out."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator

from mednec.documents import codes
from mednec.documents.entry import Attachment, Entry, unreadable
from mednec.documents.text import decode
from mednec.errors import UnreadableDocument
from mednec.model import Document, Page, Person, SignatureState

SUFFIXES = (".hl7", ".hl7v2", ".mdm", ".oru")
SIGNED = {"AU": SignatureState.SIGNED, "LA": SignatureState.SIGNED, "DI": SignatureState.UNSIGNED}
SIGNED |= {"DO": SignatureState.UNSIGNED, "IN": SignatureState.UNSIGNED, "IP": SignatureState.UNSIGNED}
SIGNED |= {"PA": SignatureState.UNSIGNED}
HEADERS = ("MSH", "FHS", "BHS")
ESCAPES = {
    "\\F\\": "|",
    "\\S\\": "^",
    "\\T\\": "&",
    "\\R\\": "~",
    "\\E\\": "\\",
    "\\.br\\": "\n",
    "\\H\\": "",
    "\\N\\": "",
}
Segment = list[str]


def knows(data: bytes) -> bool:
    """Whether the bytes begin with the header segment of a message."""
    return data.lstrip(b"\xef\xbb\xbf\x0b\r\n ")[:4] in (b"MSH|", b"FHS|", b"BHS|")


def read(data: bytes, name: str) -> list[Entry]:
    """The reports of the messages in a file; each is named after the file and its place."""
    lines = [line.strip("\x0b\x1c\ufeff ") for line in re.split(r"[\r\n]+", decode(data))]
    segments = [line.split("|") for line in lines if line]
    reports = list(enumerate(split(segments), start=1))
    entries = [entry for number, report in reports for entry in read_report(report, f"{name}#{number}")]
    if not entries:
        raise UnreadableDocument(f"{name} holds no report (no OBX segment with text); export the report itself.")
    return entries


def split(segments: list[Segment]) -> Iterator[list[Segment]]:
    """The segments of each report: a message, cut again at every OBR that has results of its own."""
    head: list[Segment] = []
    report: list[Segment] = []
    for segment in segments:
        if segment[0] in HEADERS or (segment[0] == "OBR" and any(other[0] == "OBX" for other in report)):
            if any(other[0] == "OBX" for other in report):
                yield head + report
            head = [] if segment[0] in HEADERS else head
            report = []
        (head if segment[0] in ("MSH", "PID", "PV1", "TXA") else report).append(segment)
    if any(other[0] == "OBX" for other in report):
        yield head + report


def read_report(segments: list[Segment], name: str) -> Iterator[Entry]:
    """The document of one report, and the files that it carries."""
    given = described(segments, name)
    title = component(field(first(segments, "OBR"), 4), 1) or component(field(first(segments, "TXA"), 2), 1)
    lines = [line for segment in segments if segment[0] in ("OBX", "NTE") for line in result(segment)]
    if any(line.strip() for line in lines):
        text = "\n".join([*([title] if title else []), *lines]) + "\n"
        pages = (Page(1, 0, len(text)),)
        yield Document(
            name, text, given.type, given.dated, None, given.author, given.signature, given.patient, pages, name
        )
    for number, segment in enumerate((s for s in segments if s[0] == "OBX" and field(s, 2) in ("ED", "RP")), start=1):
        data = component(field(segment, 5), 4)
        if not data:
            yield unreadable(name, f"{name} names a file that the message does not carry; add that file to the chart.")
            continue
        try:
            yield Attachment(f"{name}/{number}", base64.b64decode(data), given)
        except (binascii.Error, ValueError):
            yield unreadable(name, f"{name} carries a damaged file (base64); export it again.")


def described(segments: list[Segment], name: str) -> Document:
    """What the segments before the results say of them."""
    patient, request, notice = (first(segments, kind) for kind in ("PID", "OBR", "TXA"))
    family, given_name, middle = (component(field(patient, 5), place) for place in (0, 1, 2))
    author = field(notice, 9) or field(request, 32) or field(request, 16)
    return Document(
        id=name,
        text="",
        type=kind_of(segments),
        dated=codes.day(field(notice, 4)) or codes.day(field(request, 7)) or codes.day(field(request, 22)),
        author=codes.name([component(author, 2)], component(author, 1).split("&")[0]) or component(author, 0) or None,
        signature=SIGNED.get(field(notice, 17), SignatureState.UNKNOWN),
        patient=Person(codes.name([given_name, middle], family.split("&")[0]) or None, codes.day(field(patient, 7))),
    )


def kind_of(segments: list[Segment]) -> str:
    """The type of a report: laboratory where its results are numbers, else by its content."""
    kinds = {field(segment, 2) for segment in segments if segment[0] == "OBX"}
    return "laboratory_report" if kinds & {"NM", "SN"} else "other"


def result(segment: Segment) -> Iterator[str]:
    """The lines of a result or note."""
    if segment[0] == "NTE":
        yield unescaped(field(segment, 3))
        return
    kind, value = field(segment, 2), field(segment, 5)
    if kind in ("TX", "FT", "ST", ""):
        yield unescaped(value.replace("~", "\n"))
    elif kind in ("NM", "SN", "CE", "CWE", "DT", "TM") and value:
        label = component(field(segment, 3), 1) or component(field(segment, 3), 0)
        shown = (
            " ".join(part for part in value.split("^") if part) if kind == "SN" else component(value, int("C" in kind))
        )
        yield unescaped(f"{label}: {shown} {component(field(segment, 6), 0)}".rstrip())


def unescaped(value: str) -> str:
    """A value with the message's escapes undone."""
    return re.sub(r"\\(?:[FSTREHN]|\.br)\\", lambda match: ESCAPES[match.group()], value)


def first(segments: list[Segment], kind: str) -> Segment:
    """The first segment of a kind, or an empty one."""
    return next((segment for segment in segments if segment[0] == kind), [kind])


def field(segment: Segment, number: int) -> str:
    """A field of a segment, empty where there is none."""
    return segment[number] if number < len(segment) else ""


def component(value: str, number: int) -> str:
    """A component of a field, empty where there is none."""
    parts = value.split("^")
    return parts[number].strip() if number < len(parts) else ""
