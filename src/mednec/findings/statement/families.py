"""Injections by what they are given for: two of one family are one procedure, told twice."""

from collections.abc import Mapping

from mednec.vocabulary import lexicon

FAMILIES: Mapping[str, str] = lexicon("statement").concepts["other_block_same_session"].extra["families"]
