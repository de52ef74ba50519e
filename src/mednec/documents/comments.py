"""Comments written beside a text (of reviewers, in Word, PDF or RTF) in, an unsigned addendum for each out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mednec.documents import codes
from mednec.model import Document, Page, SignatureState


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment, by whom and when (as ISO date or its digits), as far as the file says."""

    text: str
    author: str = ""
    moment: str = ""


def commented(comments: Sequence[Comment], name: str) -> Iterator[Document]:
    """A document for each comment: an addendum that nobody signed, so that it is shown and never evidence."""
    for number, comment in enumerate((one for one in comments if one.text.strip()), start=1):
        written = codes.day(comment.moment)
        head = f"Comment by {comment.author or 'an unnamed person'}{f', {codes.written(written)}' if written else ''}"
        text = f"{head}:\n{comment.text.strip()}\n"
        yield Document(
            f"{name}#comment {number}#addendum",
            text,
            type="addendum",
            written=written,
            author=comment.author or None,
            signature=SignatureState.UNSIGNED,
            pages=(Page(1, 0, len(text)),),
            source=name,
        )
