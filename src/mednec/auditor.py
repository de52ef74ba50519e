"""The hallway: a chart and a request in, an audit out; the only place that knows the order of the rooms."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from mednec.audit import audit, outcome
from mednec.comparisons import Denial, PolicyComparison
from mednec.corrections import FindingCorrection, StatusCorrection
from mednec.denials import answer
from mednec.documents import Chart, read_chart, read_files
from mednec.documents.ocr import telling
from mednec.documents.originals import chart_fingerprints, originals, page_images, page_images_of
from mednec.errors import MednecError
from mednec.evidence import gather
from mednec.exchange import Reading
from mednec.findings import find
from mednec.model import Audit, Document, Finding, Policy, Record, ServiceRequest
from mednec.policies import choose, choose_all, compare, load_all, narrowed, policy_named
from mednec.reports import as_data, cited_pages, quoted, to_html
from mednec.reports.packet import Bates, Packet, Progress, write_packet
from mednec.reports.seal import differences, is_intact, policy_of, program_now, read_seal, request_of, sealed
from mednec.reviews import Corrected, Standing, StatusOutcome, corrected, in_force, reviewed, standings

__all__ = [
    "Bates",
    "Case",
    "Judged",
    "Verification",
    "answer_denial",
    "audit_chart",
    "audit_documents",
    "audit_files",
    "audit_under_all",
    "choose",
    "compare_policies",
    "examine",
    "find_in",
    "judge_reading",
    "judgement_json",
    "list_policies",
    "load_all",
    "page_images_of",
    "read_and_find",
    "read_chart",
    "record_packet",
    "report_page",
    "seal",
    "telling",
    "verify",
]

COMPARED = ("the seal", "the program", "the policy", "the lexicons")


@dataclass(frozen=True, slots=True)
class Case:
    """An audit with the chart and the request that it was made from: what a report needs that shows the pages."""

    audit: Audit
    chart: Chart
    path: Path
    request: ServiceRequest


@dataclass(frozen=True, slots=True)
class Verification:
    """What became of a sealed audit when it was repeated: `differs` is empty where all is the same."""

    differs: tuple[str, ...]
    compared: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """An audit with what people said of it: `machine` without, `rules` on corrected findings, `audit` as in force."""

    machine: Audit
    rules: Audit
    audit: Audit
    standings: tuple[Standing, ...]
    corrected: Corrected
    statuses: tuple[StatusOutcome, ...]


def examine(chart: Path, request: ServiceRequest, *, policies: Sequence[Policy] | None = None) -> Case:
    """The audit of a chart, with the chart; raises as `audit_chart` does."""
    policy = choose(request, policies)
    documents = read_chart(chart)
    return Case(audit_documents(documents, request, policy), documents, chart, request)


def report_page(case: Case) -> str:
    """The report of a case as one page of HTML, with pictures of the quoted pages."""
    documents = case.chart.documents
    return to_html(case.audit, documents, page_images(case.path, cited_pages(quoted(case.audit), documents)))


def record_packet(case: Case, path: Path, bates: Bates, progress: Progress) -> Packet:
    """Write the record of a case as one PDF, indexed by requirement; raises as `write_packet` does."""
    files = partial(originals, case.path)
    return write_packet(path, case.audit, case.chart.documents, files, bates=bates, progress=progress)


def seal(case: Case) -> bytes:
    """The audit of a case, bound to the files, policy, lexicons and program that it was made with."""
    return sealed(case.audit, case.request, chart_fingerprints(case.path))


def verify(path: Path, chart: Path | None = None) -> Verification:
    """Repeat a sealed audit, on the chart where there is one, and say what differs.

    Raises SealError where the file is no seal, UnreadableDocument where nothing of the chart can be read.
    """
    parts = read_seal(path)
    broken = () if is_intact(path, parts) else ("seal: a byte of it was changed after it was written",)
    policy = policy_of(parts, load_all())
    if policy is None:
        missing = f"policy: {parts['policy']['id']} version {parts['policy']['version']} is not in this program"
        return Verification((*broken, missing), ("the seal",))
    compared: tuple[str, ...] = COMPARED
    if chart is None:
        now = {**parts, **program_now(policy)}
    else:
        documents, request = read_chart(chart), request_of(parts)
        case = Case(audit_documents(documents, request, policy), documents, chart, request)
        now = json.loads(seal(case))
        compared = (*COMPARED, "every file of the chart", "the audit")
    return Verification((*broken, *differences(parts, now)), compared)


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


def audit_files(files: Iterable[tuple[str, bytes]], request: ServiceRequest) -> tuple[Audit, list[Finding]]:
    """The same for files that are given by name and content, with every finding that the audit rests on.

    Raises PolicyError where no policy fits the request, UnreadableDocument where nothing of the files can be read.
    """
    policy = choose(request, None)
    chart = read_files(files)
    found = {document.id: find(document) for document in chart.documents}
    record = gather(chart.documents, found, request, chart.unreadable, chart.warnings)
    return audit(policy, record, request), [finding for findings in found.values() for finding in findings]


def read_and_find(
    files: Iterable[tuple[str, bytes]], told: Callable[[str, int, int], None] = lambda _step, _done, _of: None
) -> Reading:
    """A chart given by names and contents of its files, read: what an audit is made of, to be kept.

    `told` hears each step with how much of it is done: ("reading files", 2, 5), ("reading documents", 7, 19).
    Raises UnreadableDocument where nothing of the files can be read.
    """
    chart = read_files(files, partial(told, "reading files"))
    found: dict[str, tuple[Finding, ...]] = {}
    for number, document in enumerate(chart.documents, 1):
        found[document.id] = tuple(find(document))
        told("reading documents", number, len(chart.documents))
    return Reading(chart.documents, found, chart.unreadable, chart.warnings)


def judge_reading(
    reading: Reading, request: ServiceRequest, corrections: Iterable[FindingCorrection | StatusCorrection] = ()
) -> Judged:
    """The audit of a chart that has been read, with people's corrections applied; nothing is read again.

    Raises PolicyError where no policy fits the request.
    """
    policy, said = choose(request, None), list(corrections)
    fixed = corrected(reading, [one for one in said if isinstance(one, FindingCorrection)])
    machine = audit(policy, _gathered(reading, reading.findings, request), request)
    rules = machine
    if fixed.findings != reading.findings:
        rules = audit(policy, _gathered(reading, fixed.findings, request), request)
    stand, statuses = standings(
        machine.determinations, rules.determinations, [one for one in said if isinstance(one, StatusCorrection)]
    )
    decided = tuple(in_force(one) for one in stand)
    covered = request.service not in policy.not_covered
    final = replace(rules, determinations=decided, determination=outcome(decided, covered=covered))
    return Judged(machine, rules, final, stand, fixed, statuses)


def judgement_json(judged: Judged) -> str:
    """A judgement as indented JSON (docs/reference/office.md), the same bytes for the same judgement."""
    determinations = (judged.machine.determination, judged.rules.determination)
    data = reviewed(as_data(judged.audit), determinations, judged.standings, judged.corrected, judged.statuses)
    return json.dumps(data, indent=1, ensure_ascii=False) + "\n"


def _gathered(reading: Reading, findings: Mapping[str, Sequence[Finding]], request: ServiceRequest) -> Record:
    return gather(reading.documents, findings, request, reading.unreadable, reading.warnings)


def _record(chart: Chart, request: ServiceRequest) -> Record:
    found = {document.id: find(document) for document in chart.documents}
    return gather(chart.documents, found, request, chart.unreadable, chart.warnings)


def find_in(documents: Iterable[Document]) -> Iterator[Finding]:
    """Every finding of the documents, in the order in which they stand there."""
    return (finding for document in documents for finding in find(document))


def answer_denial(chart: Path, letter: str, request: ServiceRequest) -> Denial:
    """What the policy in force and the chart say to each reason of a payer's letter: a file of any format, or its text.

    Raises what `audit_chart` raises, and UnreadableDocument where the letter is a file that cannot be read.
    """
    return answer(audit_chart(chart, request), _letter(letter))


def _letter(letter: str) -> tuple[Document, ...]:
    """The documents of a letter; what names no file is the letter itself, unless it can only be meant as a name."""
    if not letter.strip():
        raise MednecError("the letter of denial is empty; give its file, or its text in quotation marks")
    if " " in letter.strip() and not Path(letter[:200]).exists():
        return (Document("letter", letter, type="payer_correspondence"),)
    return tuple(read_chart(Path(letter)).documents)


def list_policies(**wanted: Any) -> tuple[Policy, ...]:
    """The policies of the package that fit what is wanted: `code`, `service`, `payer`, `state` and `on`, a day."""
    return narrowed(load_all(), **wanted)


def compare_policies(old: str, new: str) -> PolicyComparison:
    """How the policy that the second name means differs from that of the first.

    Raises PolicyError where a name means no policy, or several.
    """
    policies = load_all()
    return compare(policy_named(old, policies), policy_named(new, policies))
