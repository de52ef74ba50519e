"""Whether the words of the sources stand in what was read of them: one line a file, and the words that were lost."""

from __future__ import annotations

import base64
import io
import json
import re
import sys
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

from mednec.documents import read_chart
from mednec.errors import MednecError

Words = Counter[str]
CDA = "{urn:hl7-org:v3}"
WORD_XML = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ADMINISTRATIVE = frozenset(
    {"Patient", "Practitioner", "PractitionerRole", "Organization", "Location", "Device", "Provenance", "Coverage"}
)
TOLD = ("conclusion", "patientInstruction", "valueString", "valueMarkdown", "description", "onsetString", "comment")
CODED = ("CE", "CWE", "CF", "CNE")


def main(folder: Path) -> int:
    """Print, for every file of the folder, how many words its source has and which of them were not read."""
    lost_files = 0
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        wanted = words_of(file.read_bytes(), file.name)
        read, told = read_words(file)
        lost = wanted - read
        lost_files += bool(lost) and not told
        state = "complete" if not lost else "told" if told else "LOST"
        print(f"{state:9} {file.name}: {wanted.total()} words, {lost.total()} not read {' '.join(sorted(lost))[:300]}")
        for sentence in told:
            print(f"          {sentence}")
    return 1 if lost_files else 0


def read_words(file: Path) -> tuple[Words, list[str]]:
    """The words that were read, and the sentences that tell what was left out."""
    try:
        chart = read_chart(file)
    except MednecError as error:
        return Counter(), [str(error)]
    read = Counter(word for document in chart.documents for word in split(document.text))
    return read, [left.explanation for left in chart.unreadable]


def split(text: str) -> list[str]:
    """The words of a text, for counting; nothing that layout or case can change."""
    return re.findall(r"[^\W_]+", text.casefold())


def words_of(data: bytes, name: str) -> Words:
    """The words of a source's narrative, taken out of it without mednec."""
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n\x0b")
    for fits, take in SOURCES:
        if fits(head, name.lower()):
            return Counter(word for piece in take(data) for word in split(piece))
    return Counter(split(data.decode("utf-8", errors="replace")))


# --- one function a kind of source: its pieces of text ---------------------------------------------------------------


def of_cda(data: bytes) -> Iterator[str]:
    """Titles and narrative of all sections, and the body that is no XML."""
    from lxml import etree  # type: ignore[import-untyped]

    root = etree.fromstring(data.lstrip(b"\xef\xbb\xbf \t\r\n"))
    for section in root.iter(f"{CDA}section"):
        for part in (section.find(f"{CDA}title"), section.find(f"{CDA}text")):
            if part is not None:
                yield " ".join(part.itertext())
    for body in root.iter(f"{CDA}nonXMLBody"):
        text = body.find(f"{CDA}text")
        raw = "".join(text.itertext())
        yield from pieces(base64.b64decode(raw) if text.get("representation") == "B64" else raw.encode())


def of_fhir(data: bytes) -> Iterator[str]:
    """Narrative, notes, conclusions, values and the names of what is coded, and the attachments."""
    text = data.decode("utf-8-sig")
    try:
        values = [json.loads(text)]
    except json.JSONDecodeError:
        values = [json.loads(line) for line in text.splitlines() if line.strip()]
    for value in values:
        for resource in resources(value):
            yield from of_element({key: part for key, part in resource.items() if key != "contained"})


def resources(value: Any) -> Iterator[Mapping[str, Any]]:
    """The clinical resources of a bundle."""
    if isinstance(value, Mapping) and value.get("resourceType") == "Bundle":
        for entry in value.get("entry", ()):
            yield from resources(entry.get("resource"))
    elif isinstance(value, Mapping) and value.get("resourceType") not in ADMINISTRATIVE:
        yield value
        for contained in value.get("contained", ()):
            yield from resources(contained)


def of_element(value: Any) -> Iterator[str]:
    """The words of an element and of those within."""
    if isinstance(value, list):
        for item in value:
            yield from of_element(item)
    if not isinstance(value, Mapping):
        return
    if isinstance(value.get("data"), str) and "contentType" in value:
        yield from pieces(base64.b64decode(value["data"]))
        return
    if "coding" in value and not value.get("text"):
        yield next((coding["display"] for coding in value["coding"] if coding.get("display")), "")
    for key, part in value.items():
        if isinstance(part, str) and (key in TOLD or key == "text"):
            yield part
        elif key == "div" and isinstance(part, str):
            yield from of_html(part.encode()) if value.get("status") not in ("generated", "extensions") else ()
        elif key not in ("clinicalStatus", "verificationStatus", "category", "coding", "meta", "class", "intent"):
            yield from of_element(part)


def of_hl7(data: bytes) -> Iterator[str]:
    """Names and values of the results, notes, and the files within."""
    for line in re.split(r"[\r\n]+", data.decode("utf-8-sig", errors="replace")):
        fields = [*line.strip("\x0b\x1c ").split("|"), *[""] * 8]
        if fields[0] == "NTE":
            yield unescaped(fields[3])
        if fields[0] != "OBX" or not fields[5]:
            continue
        parts = fields[5].split("^")
        if fields[2] == "ED":
            raw = (parts + [""] * 5)[4]
            yield from pieces(base64.b64decode(raw) if "base64" in line.lower() else unescaped(raw).encode())
        elif fields[2] in CODED:
            yield unescaped(parts[1] if len(parts) > 1 and parts[1] else parts[0])
        elif fields[2] != "RP":
            yield unescaped(fields[5].replace("^", " "))


def unescaped(value: str) -> str:
    """A value without the escapes of HL7 v2."""
    return re.sub(r"\\[^\\\s]{1,12}\\", " ", value)


def of_pdf(data: bytes) -> Iterator[str]:
    """The text layer."""
    import pypdfium2

    for page in pypdfium2.PdfDocument(data):
        yield re.sub("[\x02\ufffe]", "-", page.get_textpage().get_text_range())


def of_rtf(data: bytes) -> Iterator[str]:
    """The text of the body and of every header and footer."""
    from striprtf.striprtf import rtf_to_text

    yield rtf_to_text(data.decode("latin-1"), errors="replace")  # type: ignore[no-untyped-call]


def of_html(data: bytes) -> Iterator[str]:
    """What a browser shows."""
    from lxml import html

    tree = html.fromstring(data)
    for hidden in tree.xpath("//script|//style|//head"):
        hidden.drop_tree()
    yield " ".join(tree.itertext())


def of_docx(data: bytes) -> Iterator[str]:
    """Every character of every part of the document, deleted ones left out."""
    from lxml import etree

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for part in archive.namelist():
            if re.fullmatch(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml", part):
                for paragraph in etree.fromstring(archive.read(part)).iter(f"{WORD_XML}p"):
                    old = any(str(up.tag).endswith("}Fallback") for up in paragraph.iterancestors())
                    yield "" if old else "".join(text.text or "" for text in own_texts(paragraph))


def own_texts(paragraph: Any) -> Iterator[Any]:
    """The texts of a paragraph, not those of paragraphs within it (text boxes)."""
    for text in paragraph.iter(f"{WORD_XML}t"):
        if next(up for up in text.iterancestors(f"{WORD_XML}p")) is paragraph:
            yield text


def of_mail(data: bytes) -> Iterator[str]:
    """Subject, body and attachments."""
    message = message_from_bytes(data, policy=policy.default)
    yield str(message["Subject"] or "")
    for part in message.walk():
        if not part.is_multipart() and isinstance(raw := part.get_payload(decode=True), bytes):
            yield from pieces(raw)


def pieces(data: bytes) -> Iterator[str]:
    """The pieces of a file within another one."""
    yield " ".join(words_of(data, "").elements())


def starts(*marks: bytes) -> Callable[[bytes, str], bool]:
    """Whether a file begins with one of these."""
    return lambda head, _: head.startswith(marks)


SOURCES: tuple[tuple[Callable[[bytes, str], bool], Callable[[bytes], Iterator[str]]], ...] = (
    (lambda head, _: b"<ClinicalDocument" in head, of_cda),
    (lambda head, name: head[:1] in (b"{", b"[") and (b'"resourceType"' in head or name.endswith("json")), of_fhir),
    (starts(b"MSH|", b"FHS|", b"BHS|"), of_hl7),
    (starts(b"%PDF-"), of_pdf),
    (starts(b"{\\rtf"), of_rtf),
    (lambda head, name: head[:1] == b"<" or name.endswith((".html", ".htm")), of_html),
    (lambda head, name: head.startswith(b"PK") and (name.endswith(".docx") or b"word/" in head), of_docx),
    (lambda _, name: name.endswith(".eml"), of_mail),
)

if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
