"""C-CDA documents in, one document out: the attested narrative of every section, with who, when and by whom."""

from __future__ import annotations

import base64
import binascii
import re
import zlib
from collections.abc import Iterator
from typing import Any

from mednec.documents import cda_entries, codes
from mednec.documents.entry import Attachment, Entry, left_out, unreadable
from mednec.documents.markup import cleared, text_of
from mednec.errors import UnreadableDocument, UnsupportedFormat
from mednec.model import Document, Page, Person, SignatureState

SUFFIXES = (".xml", ".ccda", ".cda", ".ccd")
V3 = {"v3": "urn:hl7-org:v3"}
VISIT = "v3:componentOf/v3:encompassingEncounter/v3:effectiveTime"
SERVICE = "v3:documentationOf/v3:serviceEvent/v3:effectiveTime"
ROOT = re.compile(rb"<(?:[\w.-]+:)?ClinicalDocument\b")
MOST = 256 * 1024 * 1024  # bytes of a wrapped file, unpacked
PATIENT = "v3:recordTarget/v3:patientRole/v3:patient"


def knows(data: bytes) -> bool:
    """Whether the bytes are a clinical document in XML."""
    return ROOT.search(data[:65536]) is not None and data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")


def read(data: bytes, name: str) -> list[Entry]:
    """The document with the pictures in it, or the file of another kind that it wraps."""
    root = parsed(data, name)
    if not str(root.tag).endswith("}ClinicalDocument"):
        raise UnsupportedFormat(f"{name} is XML, but no clinical document (C-CDA); export it as C-CDA, FHIR or PDF.")
    given = described(root, name)
    wrapped = root.find("v3:component/v3:nonXMLBody/v3:text", V3)
    if wrapped is not None:
        return [unwrapped(wrapped, name, given)]
    told: list[Entry] = [left_out(name, sentence) for sentence in cleared(root)]
    told += media(root, name, given)
    written = list(sections(root))
    text = "\n\n".join([headed(root, given), *written, *signed_line(root, given)]) + "\n"
    if not written:
        raise UnreadableDocument(f"{name} has no section with text; export the document with its narrative.")
    return [
        Document(
            id=name,
            text=text,
            type=given.type,
            dated=given.dated,
            author=given.author,
            signature=given.signature,
            patient=given.patient,
            pages=(Page(1, 0, len(text)),),
            source=name,
        ),
        *told,
    ]


def media(root: Any, name: str, given: Document) -> Iterator[Entry]:
    """The pictures and files that stand within the sections."""
    for number, value in enumerate(root.iterfind(".//v3:observationMedia/v3:value", V3), start=1):
        yield unwrapped(value, f"{name}/file {number}", given)


def parsed(data: bytes, name: str) -> Any:
    """The root element, read without fetching or expanding anything."""
    import lxml.etree as etree  # type: ignore[import-untyped]

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    try:
        return etree.fromstring(data.lstrip(b"\xef\xbb\xbf \t\r\n"), parser)
    except etree.XMLSyntaxError:
        raise UnreadableDocument(f"{name} is damaged XML; export it again.") from None


def described(root: Any, name: str) -> Document:
    """What the head of the document says of it."""
    code = root.find("v3:code", V3)
    authors = [person_name(a) for a in root.findall("v3:author/v3:assignedAuthor/v3:assignedPerson/v3:name", V3)]
    signed = root.find("v3:legalAuthenticator/v3:signatureCode", V3)
    is_signed = signed is not None and signed.get("code") == "S"
    birth = root.find(f"{PATIENT}/v3:birthTime", V3)
    return Document(
        id=name,
        text="",
        type=codes.DOCUMENT_TYPES.get(code.get("code", "") if code is not None else "", "other"),
        dated=served(root),
        author=next((author for author in authors if author), None),
        signature=SignatureState.SIGNED if is_signed else SignatureState.UNKNOWN,
        patient=Person(
            person_name(root.find(f"{PATIENT}/v3:name", V3)) or None,
            codes.day(birth.get("value")) if birth is not None else None,
        ),
    )


def served(root: Any) -> Any:
    """The date of service: of the visit, of a service on one day, else of the document."""
    for path in (VISIT, SERVICE):
        time = root.find(path, V3)
        if time is None:
            continue
        low, high = (time.find(f"v3:{end}", V3) for end in ("low", "high"))
        first, last = (codes.day(end.get("value")) if end is not None else None for end in (low, high))
        moment = codes.day(time.get("value")) or (first if path == VISIT or first == last else None)
        if moment:
            return moment
    time = root.find("v3:effectiveTime", V3)
    return codes.day(time.get("value")) if time is not None else None


def headed(root: Any, given: Document) -> str:
    """The head of the document as lines."""
    title = root.findtext("v3:title", default="", namespaces=V3).strip()
    born = f"   DOB: {codes.written(given.patient.birth_date)}" if given.patient.birth_date else ""
    lines = [
        title,
        f"Patient: {given.patient.name}{born}" if given.patient.name else "",
        f"Date of service: {codes.written(given.dated)}" if given.dated else "",
        f"Author: {given.author}" if given.author else "",
    ]
    return "\n".join(line for line in lines if line)


def sections(root: Any) -> Iterator[str]:
    """Title and narrative of every section, those within sections too; where there is none, what its entries say."""
    for section in root.iter(f"{{{V3['v3']}}}section"):
        narrative = section.find("v3:text", V3)
        text = (text_of(narrative) if narrative is not None else "") or "\n".join(cda_entries.lines(section))
        if text:
            title = " ".join(section.findtext("v3:title", default="", namespaces=V3).split())
            yield f"{title.upper()}:\n{text}" if title else text


def signed_line(root: Any, given: Document) -> list[str]:
    """The line that says who signed and when, where the head does."""
    if given.signature is not SignatureState.SIGNED:
        return []
    signer = root.find("v3:legalAuthenticator", V3)
    name = person_name(signer.find("v3:assignedEntity/v3:assignedPerson/v3:name", V3))
    time = signer.find("v3:time", V3)
    moment = codes.written(codes.day(time.get("value"))) if time is not None else ""
    return [f"Electronically signed by {name} {moment}".strip()] if name else []


def unwrapped(text: Any, name: str, given: Document) -> Entry:
    """The file that a document without structure wraps."""
    if text.find("v3:reference", V3) is not None:
        target = text.find("v3:reference", V3).get("value", "another file")
        return unreadable(name, f"{name} only points to {target}; add that file to the chart.")
    kind = str(text.get("mediaType", ""))
    content = "".join(text.itertext())
    if text.get("representation") != "B64":
        return Attachment(f"{name}#1", content.encode(), given, kind)
    try:
        return Attachment(f"{name}#1", unpacked(base64.b64decode(content), text.get("compression")), given, kind)
    except (binascii.Error, ValueError, zlib.error):
        return unreadable(name, f"{name} wraps a file that is damaged or too large; export it again.")


def unpacked(data: bytes, compression: str | None) -> bytes:
    """The bytes of a wrapped file, at most MOST of them; raises ValueError where there are more."""
    if compression not in ("DF", "GZ", "ZL"):
        return data
    packed = zlib.decompressobj({"DF": -15, "GZ": 31, "ZL": 15}[compression])
    found = packed.decompress(data, MOST)
    if packed.unconsumed_tail:
        raise ValueError("too large")
    return found


def person_name(element: Any) -> str:
    """A person's name in one line: given names, family name, suffix."""
    if element is None:
        return ""
    if not len(element):
        return " ".join((element.text or "").split())
    by_part = {
        part: [n.text or "" for n in element.findall(f"v3:{part}", V3)] for part in ("given", "family", "suffix")
    }
    return codes.name(by_part["given"], " ".join(by_part["family"]), by_part["suffix"])
