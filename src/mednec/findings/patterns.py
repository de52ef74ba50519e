"""The expressions of this room, as the shelf makes them."""

from mednec.expressions.patterns import ALL, Once, built, compiled, compiler, first_signs, op, parser, spaced

__all__ = ["ALL", "Once", "built", "compiled", "compiler", "first_signs", "op", "parser", "spaced"]
