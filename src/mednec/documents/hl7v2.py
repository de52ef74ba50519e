"""HL7 v2 messages (MDM, ORU) in, a document for each report out."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator

from mednec.documents import codes
from mednec.documents.entry import Attachment, Entry, left_out, unreadable
from mednec.documents.text import decode
from mednec.errors import UnreadableDocument
from mednec.model import Document, Page, Person, SignatureState, Warning

SUFFIXES = (".hl7", ".hl7v2", ".mdm", ".oru")
SIGNED = {"AU": SignatureState.SIGNED, "LA": SignatureState.SIGNED, "DI": SignatureState.UNSIGNED}
SIGNED |= {"DO": SignatureState.UNSIGNED, "IN": SignatureState.UNSIGNED, "IP": SignatureState.UNSIGNED}
SIGNED |= {"PA": SignatureState.UNSIGNED}
HEADERS = ("MSH", "FHS", "BHS")
TOLD = ("OBX", "NTE")  # the segments that state something
ESCAPES = {"F": "|", "S": "^", "T": "&", "R": "~", "E": "\\", "H": "", "N": ""}
LAYOUT = {".br": "\n", ".sp": "\n", ".ce": "\n", ".fi": "", ".nf": "", ".in": "", ".ti": "", ".sk": " "}
VOID = {"D": "deleted", "W": "recorded for a wrong patient", "X": "without a result"}  # what OBX-11 says
FILES = ("ED", "RP")
ENCODED = {"base64": lambda data: base64.b64decode(data, validate=False), "hex": bytes.fromhex}
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
    if all(isinstance(entry, Warning) for entry in entries):
        raise UnreadableDocument(f"{name} holds no report (no OBX segment with text); export the report itself.")
    return entries


def split(segments: list[Segment]) -> Iterator[list[Segment]]:
    """The segments of each report: a message, cut again at every OBR that has results of its own."""
    head: list[Segment] = []
    report: list[Segment] = []
    for segment in segments:
        if segment[0] in HEADERS or (segment[0] == "OBR" and any(other[0] == "OBX" for other in report)):
            if any(other[0] in TOLD for other in report):
                yield head + report
            head = [] if segment[0] in HEADERS else head
            report = []
        (head if segment[0] in ("MSH", "PID", "PV1", "TXA") else report).append(segment)
    if any(other[0] in TOLD for other in report):
        yield head + report


def read_report(segments: list[Segment], name: str) -> Iterator[Entry]:
    """The document of one report, and the files that it carries."""
    given = described(segments, name)
    if fault := void(segments):
        yield left_out(name, f"the message says that this document is {fault}, so it states nothing.")
        return
    title = component(field(first(segments, "OBR"), 4), 1) or component(field(first(segments, "TXA"), 2), 1)
    kept = [segment for segment in segments if segment[0] in TOLD and field(segment, 11) not in VOID]
    for state in sorted({field(s, 11) for s in segments if s[0] == "OBX" and field(s, 11) in VOID and field(s, 5)}):
        yield left_out(name, f"results that the laboratory marks as {VOID[state]} are not read.")
    lines = [line for segment in kept for line in result(segment)]
    if any(line.strip() for line in lines):
        text = "\n".join([*([title] if title else []), *lines]) + "\n"
        pages = (Page(1, 0, len(text)),)
        yield Document(
            name, text, given.type, given.dated, None, given.author, given.signature, given.patient, pages, name
        )
    for number, segment in enumerate((s for s in kept if s[0] == "OBX" and field(s, 2) in FILES), start=1):
        yield carried(field(segment, 5), f"{name}/{number}", given)


def carried(value: str, name: str, given: Document) -> Entry:
    """The file that a result carries (type, subtype, encoding, data), or that it is not there."""
    *kinds, encoding, data = [component(value, place) for place in (1, 2, 3, 4)]
    if not data:
        return unreadable(name, f"{name} is a file that the message only names; add that file to the chart.")
    try:
        decode_it = ENCODED.get(encoding.lower())
        raw = decode_it(data) if decode_it else unescaped(value.split("^", 4)[4]).encode()
    except (binascii.Error, ValueError):
        return unreadable(name, f"{name} is a damaged file (its encoding is broken); export it again.")
    return Attachment(name, raw, given, "/".join(kinds).lower())


def void(segments: list[Segment]) -> str | None:
    """Whether a message withdraws its document: it is cancelled, obsolete or deleted."""
    event = component(field(first(segments, "MSH"), 8), 1)
    if event == "T11":
        return "cancelled"
    return {"CA": "deleted", "OB": "obsolete"}.get(field(first(segments, "TXA"), 19))


def described(segments: list[Segment], name: str) -> Document:
    """What the segments before the results say of them."""
    patient, request, notice = (first(segments, kind) for kind in ("PID", "OBR", "TXA"))
    family, given_name, middle = (component(field(patient, 5), place) for place in (0, 1, 2))
    observed = [*(field(s, 14) for s in segments if s[0] == "OBX"), field(request, 22)]
    author = field(notice, 9) or field(request, 32) or field(request, 16)
    return Document(
        id=name,
        text="",
        type=kind_of(segments),
        dated=next(
            (day for stamp in (field(notice, 4), field(request, 7), *observed) if (day := codes.day(stamp))), None
        ),
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
    elif kind not in FILES and value:
        label = component(field(segment, 3), 1) or component(field(segment, 3), 0)
        shown = ", ".join(shown_as(kind, one) for one in value.split("~"))
        flags = [f"(range {field(segment, 7)})" if field(segment, 7) else "", f"[{field(segment, 8)}]"]
        abnormal = flags if field(segment, 8) not in ("", "N") else []
        yield unescaped(" ".join(filter(None, (f"{label}: {shown}", component(field(segment, 6), 0), *abnormal))))


def shown_as(kind: str, value: str) -> str:
    """A value in words: of a coded one its name, of a time the date, of others all that they consist of."""
    if kind in ("CE", "CWE", "CF", "CNE"):
        return component(value, 1) or component(value, 8) or component(value, 0)
    if kind in ("DT", "TS", "DTM") and (moment := codes.day(value)):
        return codes.written(moment)
    return " ".join(part for part in re.split(r"[\^&]", value) if part)


def unescaped(value: str) -> str:
    """A value with the message's escapes undone; what only lays out the text becomes line ends or nothing."""
    return re.sub(r"\\(?P<mark>[FSTREHN]|\.[a-z]{2}[+-]?\d*|X(?:[0-9A-F]{2})+|[CMZ]\w*)\\", plain, value)


def plain(escape: re.Match[str]) -> str:
    """What an escape stands for."""
    mark = escape["mark"]
    if mark.startswith("X"):
        return bytes.fromhex(mark[1:]).decode("utf-8", errors="replace")
    return ESCAPES.get(mark, LAYOUT.get(mark[:3], ""))


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
