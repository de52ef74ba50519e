"""E-mails in, the message and its attachments out."""

from __future__ import annotations

import re
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser

from mednec.documents.entry import Attachment, Entry
from mednec.documents.html import page_text
from mednec.model import Document, Page

SUFFIXES = (".eml",)
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
    for number, part in enumerate(message.iter_attachments(), start=1):
        content = part.get_content()
        raw = content.encode() if isinstance(content, str) else bytes(content)
        entries.append(Attachment(f"{name}/{part.get_filename() or f'attachment {number}'}", raw))
    return entries


def body(message: EmailMessage) -> str:
    """The words of the message itself."""
    part = message.get_body(preferencelist=("plain", "html"))
    if part is None:
        return ""
    content = str(part.get_content()).replace("\r\n", "\n")
    return page_text(content) if part.get_content_type() == "text/html" else content
