"""The first bytes of a file that no reader knows in, a sentence on what it is and what to do out."""

from __future__ import annotations

from mednec.documents import archive

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SIGNATURES = (
    (OLE, "an Office file of the old kind (.doc, .xls, .msg); save it as .docx or PDF"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive; unpack it, or pack it as zip"),
    (b"Rar!", "a RAR archive; unpack it, or pack it as zip"),
    (b"\x1f\x8b", "a gzip archive; unpack it, or pack it as zip"),
    (b"BZh", "a bzip2 archive; unpack it, or pack it as zip"),
    (b"ID3", "a sound recording; have it transcribed"),
    (b"OggS", "a sound recording; have it transcribed"),
    (b"%!PS", "PostScript; save it as PDF"),
)
WITHIN = (
    ("xl/workbook.xml", "an Excel workbook; save it as PDF or CSV"),
    ("ppt/presentation.xml", "a PowerPoint file; save it as PDF"),
    ("content.xml", "an OpenDocument file; save it as .docx or PDF"),
)


def known_as(data: bytes) -> str | None:
    """What a file is that cannot be read, and what to do with it; None where that is not known."""
    for signature, words in SIGNATURES:
        if data.startswith(signature):
            return words
    held = archive.names(data) if archive.knows(data) else frozenset()
    for part, words in WITHIN:
        if part in held:
            return words
    if data[128:132] == b"DICM":
        return "a DICOM image; add the radiologist's report instead"
    if data[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1"):
        return "a HEIC photograph; save it as JPEG or PDF"
    if data[4:8] == b"ftyp" or data[:4] == b"RIFF":
        return "a sound or video recording; have it transcribed"
    return None
