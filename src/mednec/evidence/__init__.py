"""Documents and findings in, the record out: what counts, and what the chart says of one and the same thing."""

from mednec.evidence.gather import gather

__all__ = ["gather"]
