"""E-mails in, the message and its attachments out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser

from mednec.documents.entry import Attachment, Entry
from mednec.documents.html import page_text
from mednec.documents.text import decode
from mednec.model import Document, Page

SUFFIXES = (".eml",)
SMALLEST = 15_000  # bytes of a picture that may be a scan
HEADERS = ("From", "To", "Cc", "Date", "Subject")
FIRST_LINE = re.compile(rb"(?:Received|From|Return-Path|Delivered-To|MIME-Version|Message-ID|X-[\w-]+): .*\n", re.I)


def knows(data: bytes) -> bool:
    """Whether the bytes begin with the headers of an e-mail."""
    return bool(FIRST_LINE.match(data)) and b"\nSubject: " in data[:8192] and b"\nDate: " in data[:8192]


def read(data: bytes, name: str) -> list[Entry]:
    """The message as a document, then its attachments, each named after the message."""
    message = BytesParser(_class=EmailMessage, policy=policy.default).parsebytes(data)
    head = "\n".join(f"{header}: {message[header]}" for header in HEADERS if message[header])
    text = f"{head}\n\n{body(message)}"
    entries: list[Entry] = [Document(id=name, text=text, pages=(Page(1, 0, len(text)),), source=name)]
    entries += attachments(message, name)
    return entries


def attachments(message: EmailMessage, name: str) -> Iterator[Entry]:
    """The files of a message, those within the text and the messages that are forwarded with it too."""
    shown = message.get_body(preferencelist=("plain", "html"))
    also = message.get_body(preferencelist=("html", "plain"))  # the same words, laid out
    number = 0
    for part in parts_of(message):
        if part is shown or part is also:
            continue
        number += 1
        called = str(part.get_filename() or f"attachment {number}").replace("\\", "/").rpartition("/")[2]
        if part.get_content_type() == "message/rfc822":
            inner = part.get_payload()
            raw = inner[0].as_bytes() if isinstance(inner, list) and isinstance(inner[0], EmailMessage) else b""
            called = called if part.get_filename() else f"message {number}.eml"
        else:
            payload = part.get_payload(decode=True)
            raw = payload if isinstance(payload, bytes) else b""
        if part.get_content_type().startswith("image/") and len(raw) < SMALLEST:
            continue  # a logo in a signature
        yield Attachment(f"{name}/{called}", raw, media=part.get_content_type())


def parts_of(message: EmailMessage) -> Iterator[EmailMessage]:
    """The parts of a message that hold something themselves; a forwarded message is one part."""
    if message.get_content_type() == "message/rfc822" or not message.is_multipart():
        yield message
        return
    for part in message.iter_parts():
        if isinstance(part, EmailMessage):
            yield from parts_of(part)


def body(message: EmailMessage) -> str:
    """The words of the message itself."""
    part = message.get_body(preferencelist=("plain", "html"))
    if part is None:
        return ""
    try:
        content = str(part.get_content()).replace("\r\n", "\n")
    except (LookupError, KeyError):  # a character set or kind that nobody knows
        raw = part.get_payload(decode=True)
        content = decode(raw) if isinstance(raw, bytes) else ""
    return page_text(content) if part.get_content_type() == "text/html" else content
