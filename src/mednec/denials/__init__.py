"""A payer's letter of denial and an audit in, reason by reason what the policy holds and what the record shows out."""

from mednec.denials.answering import answer

__all__ = ["answer"]
