"""The hallway: a chart and a request in, an audit out; the only place that knows the order of the rooms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from mednec.audit import audit
from mednec.comparisons import PolicyComparison
from mednec.documents import Chart, read_chart
from mednec.documents.originals import originals, page_images
from mednec.evidence import gather
from mednec.findings import find
from mednec.model import Audit, Document, Finding, Policy, Record, ServiceRequest
from mednec.policies import choose, choose_all, compare, load_all, policy_named
from mednec.reports import cited_pages, quoted, to_html
from mednec.reports.packet import Bates, Packet, Progress, write_packet

__all__ = [
    "Bates",
    "Case",
    "audit_chart",
    "audit_documents",
    "audit_under_all",
    "compare_policies",
    "examine",
    "find_in",
    "load_all",
    "read_chart",
    "record_packet",
    "report_page",
]


@dataclass(frozen=True, slots=True)
class Case:
    """An audit with the chart that it was made from: what a report needs that shows the pages themselves."""

    audit: Audit
    chart: Chart
    path: Path


def examine(chart: Path, request: ServiceRequest, *, policies: Sequence[Policy] | None = None) -> Case:
    """The audit of a chart, with the chart; raises as `audit_chart` does."""
    policy = choose(request, policies)
    documents = read_chart(chart)
    return Case(audit_documents(documents, request, policy), documents, chart)


def report_page(case: Case) -> str:
    """The report of a case as one page of HTML, with pictures of the quoted pages."""
    documents = case.chart.documents
    return to_html(case.audit, documents, page_images(case.path, cited_pages(quoted(case.audit), documents)))


def record_packet(case: Case, path: Path, bates: Bates, progress: Progress) -> Packet:
    """Write the record of a case as one PDF, indexed by requirement; raises as `write_packet` does."""
    return write_packet(path, case.audit, case.chart.documents, originals(case.path), bates=bates, progress=progress)


def audit_chart(chart: Path, request: ServiceRequest, *, policies: Sequence[Policy] | None = None) -> Audit:
    """What an auditor would say of the chart, under the policy in force on the request's date.

    Raises PolicyError where no policy fits the request, UnreadableDocument where nothing of the chart can be read.
    """
    return examine(chart, request, policies=policies).audit


def audit_under_all(
    chart: Path, request: ServiceRequest, *, policies: Sequence[Policy] | None = None
) -> tuple[Audit, ...]:
    """The same under every policy in force for the service: each answers by itself, of a chart that is read once.

    Raises PolicyError where none is in force, RequestError where none knows the service.
    """
    chosen = choose_all(request, policies)
    record = _record(read_chart(chart), request)
    return tuple(audit(policy, record, request) for policy in chosen)


def audit_documents(chart: Chart, request: ServiceRequest, policy: Policy) -> Audit:
    """The same, of documents that have been read already."""
    return audit(policy, _record(chart, request), request)


def _record(chart: Chart, request: ServiceRequest) -> Record:
    found = {document.id: find(document) for document in chart.documents}
    return gather(chart.documents, found, request, chart.unreadable, chart.warnings)


def find_in(documents: Iterable[Document]) -> Iterator[Finding]:
    """Every finding of the documents, in the order in which they stand there."""
    return (finding for document in documents for finding in find(document))


def compare_policies(old: str, new: str) -> PolicyComparison:
    """How the policy that the second name means differs from that of the first.

    Raises PolicyError where a name means no policy, or several.
    """
    policies = load_all()
    return compare(policy_named(old, policies), policy_named(new, policies))
