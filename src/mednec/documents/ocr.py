"""Images of pages in, text with word boxes and confidence out, several at a time; needs the extra `ocr`."""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar
from importlib.util import find_spec
from typing import Any, TypeAlias

from mednec.documents.layout import compose
from mednec.documents.recognized import Recognized
from mednec.model import Page

HINT = "recognizing scans needs two more packages: pip install 'mednec[ocr]'"
Size: TypeAlias = tuple[float, float]
Progress: TypeAlias = Callable[[str, int, int], None]  # file, pages recognized, pages that it has
Pending: TypeAlias = "Callable[[], Recognized]"
progress: ContextVar[Progress | None] = ContextVar("progress", default=None)


def available() -> bool:
    """Whether the means to recognize text in images are installed."""
    return all(find_spec(module) is not None for module in ("tesserocr", "numpy", "PIL"))


@contextmanager
def telling(tell: Progress | None) -> Iterator[None]:
    """Within it, `tell` is called after each recognized page, from whatever thread recognized it."""
    before = progress.set(tell)
    try:
        yield
    finally:
        progress.reset(before)


class Recognizer:
    """Recognizes the pages of one file on all cores, never holding more images than it works on."""

    def __init__(self, data: bytes, name: str, pages: int, workers: int) -> None:
        from mednec.documents.cache import Kept, forget_old
        from mednec.documents.recognition import VERSION

        self._name, self._pages, self._done = name, pages, 0
        forget_old()
        self._kept = Kept(hashlib.sha256(data).digest(), VERSION)
        self._pool = ThreadPoolExecutor(workers)
        self._room = threading.BoundedSemaphore(workers + 1)
        self._lock = threading.Lock()
        self._tell = progress.get()

    def submit(self, number: int, size: Size, image: Callable[[], Any]) -> Pending:
        """What gives the words of a page once they are there; `image` is asked for at once, unless the page is kept."""
        if kept := self._kept.get(number):
            self._count()
            return lambda: kept
        self._room.acquire()
        try:
            future: Future[Recognized] = self._pool.submit(self._recognize, number, size, image())
        except BaseException:
            self._room.release()
            raise
        return future.result

    def close(self) -> None:
        """Give up what is not done yet."""
        self._pool.shutdown(cancel_futures=True)

    def _recognize(self, number: int, size: Size, image: Any) -> Recognized:
        from mednec.documents.recognition import recognize

        try:
            found = recognize(image, size)
            self._kept.put(number, found)
        finally:
            self._room.release()
        self._count()
        return found

    def _count(self) -> None:
        with self._lock:
            self._done += 1
            if self._tell:
                self._tell(self._name, self._done, self._pages)


@contextmanager
def recognizer(data: bytes, name: str, pages: int) -> Iterator[Recognizer | None]:
    """The recognizer of a file; None where recognition is not installed."""
    if not available():
        yield None
        return
    found = Recognizer(data, name, pages, min(os.cpu_count() or 1, max(pages, 1)))
    try:
        yield found
    finally:
        found.close()


def composed(found: Recognized, number: int, start: int, size: Size) -> tuple[str, Page]:
    """The text of a recognized page, and the page with its words where they stand on the paper."""
    text, words = compose(found.lines, start, found.back)
    return text, Page(number, start, start + len(text), words, *size, confidence=found.confidence)
