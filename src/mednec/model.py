"""The records that pass from stage to stage: what a document, a finding, a piece of evidence and an audit are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

# --- documents ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Word:
    """Where the characters `start:end` of a document's text stand on their page (points from the page's top left)."""

    start: int
    end: int
    left: float
    top: float
    right: float
    bottom: float
    confidence: float | None = None  # OCR confidence, 0-100; None where the word was not recognized from an image


@dataclass(frozen=True, slots=True)
class Page:
    """One page: `start:end` are offsets into the document's text; `words` and size are known for laid-out sources."""

    number: int
    start: int
    end: int
    words: tuple[Word, ...] = ()
    width: float | None = None
    height: float | None = None
    confidence: float | None = None  # mean OCR confidence, 0-100; None where the text was not recognized from an image


@dataclass(frozen=True, slots=True)
class Person:
    """Whom a page or a request names: any part may be unknown."""

    name: str | None = None
    birth_date: date | None = None


class SignatureState(StrEnum):
    """Whether the author signed. UNKNOWN where the document type bears no signature or nothing is said."""

    SIGNED = "signed"
    UNSIGNED = "unsigned"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Document:
    """One record entry. `dated` is the date of service, `written` the day an addendum or late entry was written."""

    id: str
    text: str
    type: str = "other"  # one of vocabulary.DOCUMENT_TYPES
    dated: date | None = None
    written: date | None = None
    author: str | None = None
    signature: SignatureState = SignatureState.UNKNOWN
    patient: Person = Person()
    pages: tuple[Page, ...] = ()
    source: str = ""  # the file, and within it the entry, that the text comes from

    def page_of(self, offset: int) -> int:
        """The 1-based number of the page on which the character at `offset` stands; 1 where there are no pages."""
        return next((page.number for page in reversed(self.pages) if page.start <= offset), 1)

    def finding(
        self, kind: str, concept: str, start: int, end: int, /, *, quote: tuple[int, int], **attributes: Any
    ) -> Finding:
        """A finding cut out of this document: mention and quote are slices of its text, so neither can be made up.

        Attributes that are None are left out: what the text does not state is absent.
        Raises ValueError where the offsets do not lie in the text or the quote does not hold the mention.
        """
        first, last = quote
        if not 0 <= first <= start < end <= last <= len(self.text):
            raise ValueError(f"{self.id}: mention {start}:{end} and quote {first}:{last} do not fit the text")
        return Finding(
            document_id=self.id,
            page=self.page_of(start),
            kind=kind,
            concept=concept,
            start=start,
            end=end,
            mention=self.text[start:end],
            quote_start=first,
            quote_end=last,
            quote=self.text[first:last],
            attributes={name: value for name, value in attributes.items() if value is not None},
            dated=self.dated,
        )


# --- findings -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Finding:
    """One clinical fact, stated in one place of one document, with its words. Made by `Document.finding` only."""

    document_id: str
    page: int
    kind: str
    concept: str
    start: int
    end: int
    mention: str
    quote_start: int
    quote_end: int
    quote: str
    attributes: Mapping[str, Any]
    dated: date | None = (
        None  # the day the statement was made: the entry's own date within a flowsheet, else the document's
    )
    read_by: str = "rules"

    def get(self, name: str, default: Any = None) -> Any:
        """The value of an attribute, or `default` where the text does not state it."""
        return self.attributes.get(name, default)


# --- evidence -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Fact:
    """One value that the chart gives for an attribute, with the findings that say so or from which it is computed."""

    value: Any
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Interval:
    """Some day between `first` and `last`, both included: a date as exactly as the chart gives it."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that the chart says of *one* thing: one course of therapy, one block, one scan, one sign on one day.

    `facts` holds, by attribute name, every value that remains after retellings are put together: one entry where the
    documents agree, several where they contradict each other, none where nothing is said.
    `distinct` is false where it may be a retelling of another piece of evidence, so that it never adds to a count.
    """

    kind: str
    concept: str
    findings: tuple[Finding, ...]
    facts: Mapping[str, tuple[Fact, ...]] = field(default_factory=dict)
    start: Interval | None = None
    end: Interval | None = None
    distinct: bool = True

    def value(self, name: str, default: Any = None) -> Any:
        """The one value of an attribute; `default` where it is not stated or contradicted."""
        facts = self.facts.get(name, ())
        return facts[0].value if len(facts) == 1 else default


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A document that cannot be evidence, and why (`reason` is one of vocabulary.EXCLUSION_REASONS)."""

    document_id: str
    reason: str
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class Warning:
    """Something that a reviewer has to look at (`kind` is one of vocabulary.WARNING_KINDS)."""

    kind: str
    message: str
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """What the evidence room hands on: the admissible documents, what was set aside, and the evidence gathered.

    `barred` is what excluded documents state; it is never evidence, it only tells where a letter alone states a fact.
    """

    documents: tuple[Document, ...]
    evidence: tuple[Evidence, ...]
    excluded: tuple[Exclusion, ...] = ()
    warnings: tuple[Warning, ...] = ()
    barred: tuple[Evidence, ...] = ()


# --- requests and policies ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ServiceRequest:
    """The service under review. `region` is derived from the levels, the service or the codes."""

    service: str
    dated: date
    procedure: tuple[str, ...] = ()
    side: str | None = None
    levels: tuple[str, ...] = ()
    diagnoses: tuple[str, ...] = ()
    region: str | None = None
    policy: str | None = None
    payer: str | None = None
    state: str | None = None
    patient: Person = Person()


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a policy says so: its section, our paraphrase, and how the text was read (grades in vocabulary.GRADES)."""

    section: str
    says: str
    seen: str


@dataclass(frozen=True, slots=True)
class Criterion:
    """One numbered requirement of a policy; `needs`, `against`, `unless`, `excludes` and `applies` are questions."""

    key: str
    asks: str
    cites: Citation
    needs: Mapping[str, Any]
    gap: str
    against: Mapping[str, Any] | None = None
    unless: Mapping[str, Any] | None = None
    excludes: Mapping[str, Any] | None = None  # answered yes, the criterion is not met, whatever else is said
    applies: Mapping[str, Any] | None = None
    otherwise: str = "insufficient"
    strength: str = "required"  # required | advisory
    services: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    line: int = 0


@dataclass(frozen=True, slots=True)
class PolicySource:
    """A published document that carries this text: a contractor's number, version, states and dates of effect."""

    id: str
    publisher: str = ""
    version: str = ""
    states: tuple[str, ...] = ()
    effective: date | None = None
    ends: date | None = None
    url: str = ""
    aliases: tuple[str, ...] = ()
    by_name: bool = False  # applied only where a request names it
    read: str = ""  # how this document's own text was read, and whence its states are known


@dataclass(frozen=True, slots=True)
class Policy:
    """One revision of one coverage policy, as it applies through one of its sources."""

    id: str
    title: str
    source: PolicySource
    payer: str
    services: Mapping[str, tuple[str, ...]]
    criteria: tuple[Criterion, ...]
    definitions: Mapping[str, Any] = field(default_factory=dict)
    not_covered: Mapping[str, str] = field(default_factory=dict)
    not_decided: tuple[Mapping[str, str], ...] = ()
    steps: Mapping[str, Any] = field(default_factory=dict)  # service -> what in the history contradicts this step
    status: str = "draft"
    path: str = ""


# --- audits ---------------------------------------------------------------------------------------------------------


class Status(StrEnum):
    """What can be said of a criterion (the words of the audit contract)."""

    MET = "met"
    NOT_MET = "not_met"
    INSUFFICIENT = "insufficient"
    CONFLICTING = "conflicting"
    EXEMPT = "exempt"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class Answer:
    """The findings that say yes to a question, those that say no, and what is missing to decide it."""

    yes: tuple[Finding, ...] = ()
    no: tuple[Finding, ...] = ()
    seen: tuple[Finding, ...] = ()
    missing: tuple[str, ...] = ()
    because: tuple[str, ...] = ()  # the facts that decide, in words for the reason
    settled: Status | None = None  # set where the answer rests on no finding: the request itself, or a silent limit

    @property
    def status(self) -> Status:
        """Told yes, told no, told both, told nothing."""
        if self.settled is not None:
            return self.settled
        if self.yes and self.no:
            return Status.CONFLICTING
        if self.yes:
            return Status.MET
        return Status.NOT_MET if self.no else Status.INSUFFICIENT


@dataclass(frozen=True, slots=True)
class Lack:
    """What the record would have to say of one thing to decide a criterion, and the neutral question for it."""

    about: str
    facts: tuple[str, ...]
    question: str


@dataclass(frozen=True, slots=True)
class Determination:
    """One criterion, decided: why, on which findings, and what is missing, as questions to the clinician."""

    criterion: Criterion
    status: Status
    reason: str
    findings: tuple[Finding, ...] = ()
    against: tuple[Finding, ...] = ()
    missing: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    gap: tuple[Lack, ...] = ()  # the least set of facts that would have it met


@dataclass(frozen=True, slots=True)
class Element:
    """One of the five documentation elements: `status` is met, partial, missing or conflicting."""

    key: str
    status: str
    missing: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Session:
    """One session that a limit counts; `sure` where it surely counts, its day as exactly as the chart gives it."""

    concept: str
    day: Interval | None
    sure: bool
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class SessionLimit:
    """A policy's limit laid over the chart: at most `most` sessions in a `window`, or `gap` days after the last one.

    `counted` is the fewest and the most that the window can hold, the requested one included; `breaking` are the days
    of sessions that surely are one too many; `eligible` the first day within the limit, earliest and latest.
    """

    key: str
    most: int | None
    window: str | None
    gap: int | None
    sessions: tuple[Session, ...]
    counted: tuple[int, int] | None = None
    breaking: tuple[date, ...] = ()
    eligible: Interval | None = None


@dataclass(frozen=True, slots=True)
class Audit:
    """The whole answer for one request."""

    request: ServiceRequest
    policy: Policy
    determination: str
    elements: tuple[Element, ...]
    determinations: tuple[Determination, ...]
    trials: tuple[Evidence, ...]
    excluded: tuple[Exclusion, ...]
    warnings: tuple[Warning, ...]
    documents: tuple[Document, ...] = ()
    calendar: tuple[SessionLimit, ...] = ()
    evidence: tuple[Evidence, ...] = ()  # all that was gathered, for timelines and calendars
