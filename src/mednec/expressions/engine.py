"""The compiler of `re`, taken apart; None, and so are its parts, where this Python has another."""

from __future__ import annotations

try:
    import _sre as sre  # type: ignore[import-not-found]
    from re import _compiler as compiler  # type: ignore[attr-defined]
    from re import _constants as op  # type: ignore[attr-defined]
    from re import _parser as parser  # type: ignore[attr-defined]
except ImportError:  # another Python than CPython: expressions are as fast as they are
    sre = compiler = op = parser = None

__all__ = ["compiler", "op", "parser", "sre"]
