"""The exceptions of mednec; each message is a sentence for the person at the keyboard.

MednecError              where, what, why it matters and what to do next; never any chart text
├── UnreadableDocument   this file cannot be read, and why
├── UnsupportedFormat    there is no reader for it; the message lists those there are
├── RequestError         the service request is incomplete or contradicts itself
├── PolicyError          file:line, what, why, did you mean
├── LexiconError         likewise, in a lexicon
├── CorrectionError      a correction says what no finding or status can say
├── MissingPackage       what was asked for needs a package that is not installed; says which
└── SealError            a seal cannot be read, so nothing can be verified by it
"""


class MednecError(Exception):
    """Anything that mednec itself refuses, with a message that can be shown as it is."""


class UnreadableDocument(MednecError):  # noqa: N818  (named for what it is, as in the drawing above)
    """A file of the chart cannot be read."""


class UnsupportedFormat(MednecError):  # noqa: N818
    """No reader knows this kind of file."""


class RequestError(MednecError):
    """The service request cannot be used as it stands."""


class PolicyError(MednecError):
    """A policy cannot be found, or its file breaks the format."""


class BatchError(MednecError):
    """A batch cannot be run as it was asked for, or its tables cannot be read."""


class LexiconError(MednecError):
    """A lexicon breaks the format."""


class CorrectionError(MednecError):
    """What a person says of a finding or a status cannot be said of it."""


class MissingPackage(MednecError):  # noqa: N818
    """What was asked for needs a package that is not installed."""


class SealError(MednecError):
    """A file is no seal, or a damaged one."""
