# ruff: noqa: E501
"""Damaged and hostile files in, only documented failures out: every reader is fed mutations of small valid files."""

from __future__ import annotations

import argparse
import base64
import io
import json
import os
import random
import resource
import sys
import time
import traceback
import zipfile
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from types import ModuleType

from mednec.documents import READERS, read_files
from mednec.errors import MednecError

MEMORY = 3 * 2**30  # bytes that the whole run may need
SLOWEST = 20.0  # CPU seconds that one small file may take
TEXT = (
    "OFFICE VISIT\nPatient: Jane Sample  DOB: 02/03/1960\nDOS: 03/05/2026\nPain 8/10 before, 2/10 after.\nPlan: MBB.\n"
)
TOKENS = (
    *(b"\0", b"\xff" * 8, b"{", b"}" * 40, b"<" * 30, b"</text>", b"&lol;", b"%PDF-", b"PK\x03\x04", b"\\bin99999999 "),
    *(
        b"9" * 40,
        b"-1",
        b"stream",
        b"endobj",
        b"/Kids [1 0 R]",
        b"\\u-99999?",
        b'{"a":' * 50,
        b"|^~\\&",
        b"\r\n",
        b"../",
    ),
    *(
        b"null",
        b"[]",
        b"\xed\xa0\x80",
        "\U0001f600".encode(),
        b"\x1a\x45",
        b"=" * 200,
        b"\\'",
        b"\\*",
        b"Content-Type:",
    ),
)


def main() -> int:
    """Feed the readers for some minutes; 1 where one failed in a way that is not documented."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--minutes", type=float, default=1.0)
    options.add_argument("--seed", type=int, default=0)
    given = options.parse_args()
    os.environ["MEDNEC_CACHE"] = "off"
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    faults, tried, slowest = run(given.minutes * 60, given.seed)
    general = {fault for fault in faults if "said to be damaged" in fault}
    faults -= general
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{tried} files, slowest {slowest:.1f} CPU s, {peak} MB at most, {len(faults)} undocumented failures")
    for fault in sorted(faults):
        print(f"  {fault}")
    for fault in sorted(general):
        print(f"  (a sentence is given, but a general one) {fault}")
    return 1 if faults else 0


def run(seconds: float, seed: int) -> tuple[set[str], int, float]:
    """The failures that are not documented, how many files were tried, and the CPU seconds of the slowest."""
    chance = random.Random(seed)
    files = list(seeds())
    faults: set[str] = set()
    tried, slowest = 0, 0.0
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        name, data = chance.choice(files)
        hostile = mutated(data, chance)
        started = time.process_time()
        faults |= failures(name, hostile)
        tried += 1
        spent = time.process_time() - started
        slowest = max(slowest, spent)
        if spent > SLOWEST:
            faults.add(f"{name}: one file took {spent:.0f} CPU seconds")
    return faults, tried, slowest


def failures(name: str, data: bytes) -> set[str]:
    """What goes wrong with one file: in the chart as a whole, and in the reader for its suffix when asked directly."""
    found: set[str] = set()
    try:
        for document in read_files([(name, data)]).documents:
            if any(not 0 <= page.start <= page.end <= len(document.text) for page in document.pages):
                found.add(f"{name}: a page beyond its text")
    except MednecError as error:
        if "fault" in str(error):
            found.add(f"{name}: {error}")
    except Exception as error:
        found.add(f"{name}: read_files raised {type(error).__name__}: {error}")
    reader = next((r for r in READERS if any(name.endswith(suffix) for suffix in r.SUFFIXES)), None)
    if reader and reader.knows(data):
        found |= unforeseen(reader, name, data)
    return found


def unforeseen(reader: ModuleType, name: str, data: bytes) -> set[str]:
    """What a reader raises that it should have put into a sentence; `read_files` says 'damaged' for it."""
    try:
        reader.read(data, name)
    except MednecError:
        return set()
    except (MemoryError, RecursionError) as error:
        return {f"{name}: {type(error).__name__} in {reader.__name__}"}
    except Exception as error:
        frames = traceback.extract_tb(error.__traceback__)
        own = next((frame for frame in reversed(frames) if "mednec" in frame.filename), frames[-1])
        return {f"{name}: said to be damaged after {type(error).__name__} at {own.filename[-24:]}:{own.lineno}"}
    return set()


def mutated(data: bytes, chance: random.Random) -> bytes:
    """A file with some bytes turned, cut, doubled, exchanged, or with something put in."""
    made = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 12))):
        if not made:
            break
        place = chance.randrange(len(made))
        length = min(chance.choice((1, 4, 30, 400)), len(made) - place)
        chance.choice(CHANGES)(made, place, length, chance)
    return bytes(made)


def turned(made: bytearray, place: int, length: int, chance: random.Random) -> None:
    """Other bytes."""
    made[place : place + min(length, 4)] = chance.randbytes(min(length, 4))


def cut(made: bytearray, place: int, length: int, _: random.Random) -> None:
    """Fewer bytes."""
    del made[place : place + length]


def doubled(made: bytearray, place: int, length: int, chance: random.Random) -> None:
    """The same bytes again and again."""
    made[place:place] = bytes(made[place : place + length]) * chance.choice((1, 3, 50))


def exchanged(made: bytearray, place: int, length: int, chance: random.Random) -> None:
    """Bytes of another place."""
    other = chance.randrange(len(made))
    made[place : place + length] = made[other : other + length]


def put_in(made: bytearray, place: int, _: int, chance: random.Random) -> None:
    """Something that means something to some format."""
    made[place:place] = chance.choice(TOKENS)


CHANGES: tuple[Callable[[bytearray, int, int, random.Random], None], ...] = (turned, cut, doubled, exchanged, put_in)

# --- small valid files of every kind ---------------------------------------------------------------------------------


def seeds() -> Iterator[tuple[str, bytes]]:
    """A name and a small valid file for every reader."""
    yield "note.txt", TEXT.encode()
    yield "note.rtf", rich()
    yield "note.html", f"<html><body><h1>Visit</h1><table><tr><td>{TEXT}</td></tr></table></body></html>".encode()
    yield "note.xml", cda()
    yield "bundle.json", bundle()
    yield "mri.hl7", message()
    yield "mail.eml", mail()
    yield "note.pdf", printed()
    yield "note.docx", word()
    yield "scan.tif", scan()
    yield "chart.zip", packed()


def rich() -> bytes:
    """An RTF file with a header, a table, a footnote and a comment."""
    body = TEXT.replace("\n", "\\par\n")
    return (
        r"{\rtf1\ansi{\fonttbl{\f0 Arial;}}{\header Sample\par}"
        + body
        + r"{\footnote By phone.}\trowd a\cell b\cell\row"
        r"{\*\annotation Add.}\u8211?\'96}"
    ).encode()


def cda() -> bytes:
    """A C-CDA document with a section, an entry and a file within it."""
    inner = base64.b64encode(TEXT.encode()).decode()
    return (
        '<?xml version="1.0"?><ClinicalDocument xmlns="urn:hl7-org:v3"><title>Visit</title><effectiveTime value="20260305"/>'
        "<component><structuredBody><component><section><title>Plan</title><text><paragraph>Pain 8/10.</paragraph></text>"
        '<entry><observation moodCode="EVN"><code displayName="Pain"/><value value="7"/></observation></entry>'
        f'<entry><observationMedia><value mediaType="text/plain" representation="B64">{inner}</value></observationMedia></entry>'
        "</section></component></structuredBody></component></ClinicalDocument>"
    ).encode()


def bundle() -> bytes:
    """A FHIR bundle with a note, a report and entries."""
    note = {"attachment": {"contentType": "text/plain", "data": base64.b64encode(TEXT.encode()).decode()}}
    resources = [
        {"resourceType": "Patient", "id": "p", "name": [{"family": "Sample", "given": ["Jane"]}]},
        {"resourceType": "DocumentReference", "status": "current", "date": "2026-03-05", "content": [note]},
        {"resourceType": "DiagnosticReport", "status": "final", "code": {"text": "MRI"}, "conclusion": "Bulge."},
        {"resourceType": "Observation", "code": {"text": "Pain"}, "valueQuantity": {"value": 7, "unit": "{score}"}},
        {"resourceType": "MedicationRequest", "status": "active", "medicationCodeableConcept": {"text": "ibuprofen"}},
    ]
    return json.dumps({"resourceType": "Bundle", "entry": [{"resource": one} for one in resources]}).encode()


def message() -> bytes:
    """An HL7 v2 message with results and a file."""
    inner = base64.b64encode(TEXT.encode()).decode()
    return (
        "MSH|^~\\&|A|B|C|D|20260120||ORU^R01|1|P|2.5\rPID|1||11||SAMPLE^JANE||19600203|F\rOBR|1|1|1|7^MRI|||20260120\r"
        f"OBX|1|TX|1||Bulge \\T\\ edema.||||||F\rOBX|2|NM|1^Grip||22|kg\rOBX|3|ED|1||^text^plain^Base64^{inner}||||||F\r"
    ).encode()


def mail() -> bytes:
    """An e-mail with an attachment."""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "a@example.org", "b@example.org", "Records"
    made["Date"] = "Thu, 05 Mar 2026 10:00:00 -0700"
    made.set_content("Records attached.\n")
    made.add_attachment(TEXT, filename="note.txt")
    return made.as_bytes()


def printed() -> bytes:
    """A PDF with text, a form field and a picture."""
    from reportlab.pdfgen import canvas

    buffer = io.BytesIO()
    sheet = canvas.Canvas(buffer, pageCompression=0)
    for number, line in enumerate(TEXT.splitlines()):
        sheet.drawString(72, 700 - 14 * number, line)
    sheet.acroForm.textfield(name="worst", value="9/10", x=72, y=500)
    sheet.save()
    return buffer.getvalue()


def word() -> bytes:
    """A Word file with a table and a comment."""
    import docx

    made = docx.Document()
    run = made.add_paragraph(TEXT).runs[0]
    made.add_comment(run, text="Add.", author="Clerk")
    made.add_table(rows=1, cols=2).rows[0].cells[0].text = "NRS"
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def scan() -> bytes:
    """A small fax of two pages."""
    from PIL import Image, ImageDraw

    page = Image.new("L", (500, 160), 255)
    ImageDraw.Draw(page).text((20, 20), TEXT, fill=0)
    sheet = page.convert("1")
    buffer = io.BytesIO()
    sheet.save(buffer, "TIFF", compression="group4", save_all=True, append_images=[sheet])
    return buffer.getvalue()


def packed() -> bytes:
    """A zip with a note and another zip."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("note.txt", TEXT)
        archive.writestr("inner/note.html", f"<html>{TEXT}</html>")
    return buffer.getvalue()


if __name__ == "__main__":
    sys.exit(main())
