"""FHIR R4 resources (a Bundle, one resource, or NDJSON) in, documents out: notes as they are, entries as lines."""

from __future__ import annotations

import base64
import binascii
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from mednec.documents import codes, entry_lines, fhir_beside
from mednec.documents.entry import Attachment, Entry, left_out, unreadable
from mednec.documents.entry_words import called
from mednec.documents.html import page_text
from mednec.errors import UnreadableDocument, UnsupportedFormat
from mednec.model import Document, Exclusion, Page, Person, SignatureState, Warning

SUFFIXES = (".json", ".ndjson", ".jsonl", ".fhir")
NOTES = ("DocumentReference", "DiagnosticReport", "Composition")
ADMINISTRATIVE = frozenset(  # kinds that state nothing clinical, or are only there to be referred to
    {"Patient", "RelatedPerson", "Practitioner", "PractitionerRole", "Organization", "Location", "Device", "Medication"}
    | {"Binary", "Provenance", "Coverage", "Specimen", "Endpoint", "Group", "Parameters", "AuditEvent", "Schedule"}
    | {"HealthcareService", "OperationOutcome", "Slot", "Subscription", "Substance", "ValueSet", "CodeSystem"}
    | {"MessageHeader", "Questionnaire", "StructureDefinition", "CapabilityStatement", "Linkage", "BodyStructure"}
)
BROKEN = (AttributeError, TypeError, KeyError, ValueError, IndexError)
Resource = Mapping[str, Any]


def knows(data: bytes) -> bool:
    """Whether the bytes are JSON that names a FHIR resource."""
    return data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[") and b'"resourceType"' in data


def read(data: bytes, name: str) -> list[Entry]:
    """The notes and reports of a bundle, then its entries, a document for each list and day."""
    resources = loaded(data, name)
    if not resources:
        raise UnsupportedFormat(f"{name} is JSON, but holds no FHIR resources; export the chart as a FHIR bundle.")
    bundle = Bundle(resources, name)
    entries = [*bundle.notes(), *bundle.lists(), *bundle.left_out()]
    stated = any(isinstance(entry, Document | Attachment | Exclusion) for entry in entries)
    if not stated and not (fhir_beside.known.get() and all(r["resourceType"] in ADMINISTRATIVE for r in resources)):
        raise UnreadableDocument(f"{name} holds no notes, reports or clinical entries; export those too.")
    return entries


def loaded(data: bytes, name: str) -> list[Resource]:
    """The resources of a file, those of bundles taken out."""
    text = data.decode("utf-8-sig", errors="replace")
    try:
        values = [json.loads(text)]
    except json.JSONDecodeError:
        try:
            values = [json.loads(line) for line in text.splitlines() if line.strip()]
        except json.JSONDecodeError:
            raise UnreadableDocument(f"{name} is damaged JSON; export it again.") from None
    return [resource for value in values for resource in unbundled(value)]


def unbundled(value: Any) -> Iterator[Resource]:
    """The resources of a value, however bundled; each knows the address that others refer to it by."""
    if isinstance(value, list):
        for item in value:
            yield from unbundled(item)
    elif isinstance(value, dict) and value.get("resourceType") == "Bundle":
        for entry in value.get("entry", ()):
            if isinstance(entry, dict):
                for resource in unbundled(entry.get("resource")):
                    yield {**resource, "fullUrl": entry.get("fullUrl", "")}
    elif isinstance(value, dict) and "resourceType" in value:
        yield value
        yield from unbundled(value.get("contained", []))


class Bundle:
    """The resources of one file, and who is meant by their references."""

    def __init__(self, resources: list[Resource], name: str) -> None:
        self._name = name
        self._broken: list[str] = []
        self._by_address: dict[str, Resource] = {}
        others = fhir_beside.known.get()
        for resource in (*others, *resources):
            for address in (resource.get("fullUrl"), f"{resource['resourceType']}/{resource.get('id')}"):
                if address:
                    self._by_address[address] = resource
            self._by_address[f"#{resource.get('id')}"] = resource
        self._resources = [self._resolved(resource) for resource in resources]
        persons = {str(one.get("id")): one for one in (*others, *resources) if one["resourceType"] == "Patient"}
        self._patients = list(persons.values())
        moments = (entry_lines.recorded(resource) for resource in resources if not is_void(resource))
        self._latest = max((moment for moment in moments if moment), default=None)  # lists without a date are of then

    def notes(self) -> Iterator[Entry]:
        """The notes and reports, each with the file or words that it carries."""
        for resource in self._resources:
            if resource["resourceType"] not in NOTES or is_void(resource):
                continue
            given = self._described(resource)
            if resource["resourceType"] == "Composition":
                yield composed(resource, given)
                continue
            contents = list(self._contents(resource, given))
            yield from contents
            if resource["resourceType"] == "DiagnosticReport" and (resource.get("conclusion") or not contents):
                yield from self._concluded(resource, given)

    def left_out(self) -> Iterator[Warning]:
        """What the file holds and no document says: entries made in error, of other kinds, or damaged."""
        void = Counter(r["resourceType"] for r in self._resources if is_void(r))
        read = {*NOTES, *entry_lines.RENDERERS, *ADMINISTRATIVE}
        other = Counter(r["resourceType"] for r in self._resources if r["resourceType"] not in read and not is_void(r))
        for kinds, words in (
            (void, "made in error or replaced, and state nothing"),
            (other, "of kinds that are not read"),
            (Counter(self._broken), "damaged and not read"),
        ):
            if kinds:
                told = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
                yield left_out(self._name, f"these entries are {words}: {told}.")

    def _resolved(self, resource: Resource) -> Resource:
        """An entry that names its drug and its reasons itself, where it only refers to them."""
        meant: dict[str, Any] = {}
        if isinstance(drug := resource.get("medicationReference"), dict) and not drug.get("display"):
            target = self._by_address.get(str(drug.get("reference")), {})
            meant["medicationCodeableConcept"] = target.get("code", {})
        if isinstance(reasons := resource.get("reasonReference"), list):
            meant["reasonReference"] = [self._named_reason(reason) for reason in reasons if isinstance(reason, dict)]
        return {**resource, **meant} if meant else resource

    def _named_reason(self, reason: Resource) -> Resource:
        if reason.get("display"):
            return reason
        target = self._by_address.get(str(reason.get("reference")), {})
        return {**reason, "display": called(target.get("code") or {})}

    def _lines(self, resource: Resource) -> list[str]:
        """The lines that state an entry; its narrative where nothing else does; none where it is damaged."""
        try:
            lines = list(entry_lines.lines(resource))
            if resource["resourceType"] not in entry_lines.RENDERERS:
                return lines
            told = resource.get("text") or {}
            if lines and told.get("status") in (None, "generated", "extensions", "empty"):
                return lines
            narrative = " ".join(page_text(str(told.get("div", ""))).split())
            return [*lines, narrative] if narrative else lines
        except BROKEN:
            self._broken.append(resource["resourceType"])
            return []

    def lists(self) -> Iterator[Document]:
        """The other entries as lines, a document for each kind and day."""
        groups: dict[tuple[str, str, date | None, Person], list[str]] = {}
        for resource in self._resources:
            if is_void(resource):
                continue
            for line in self._lines(resource):
                kind, title = entry_lines.KINDS[resource["resourceType"]]
                moment = entry_lines.recorded(resource) or self._latest
                groups.setdefault((title, kind, moment, self._patient(resource)), []).append(line)
        for (title, kind, moment, patient), lines in groups.items():
            entry = f"{self._name}/{title} {moment.isoformat() if moment else 'undated'}"
            text = f"{title.upper()}:\n" + "\n".join(f"- {line}" for line in lines) + "\n"
            yield Document(
                entry, text, kind, moment, patient=patient, pages=(Page(1, 0, len(text)),), source=self._name
            )

    def _contents(self, resource: Resource, given: Document) -> Iterator[Entry]:
        attachments = [content.get("attachment", {}) for content in resource.get("content", ())]
        for attachment in [*attachments, *resource.get("presentedForm", ())]:
            title = attachment.get("title") or resource.get("description") or named(resource)
            entry = f"{self._name}/{str(title).replace('/', '-')}"
            data = attachment.get("data") or self._target(str(attachment.get("url", ""))).get("data")
            if data:
                try:
                    media = str(attachment.get("contentType", ""))
                    yield Attachment(entry, base64.b64decode(data), replace(given, id=entry), media)
                except (binascii.Error, ValueError):
                    yield unreadable(entry, f"{entry} is damaged (base64); export it again.")
            elif attachment.get("url"):
                yield unreadable(entry, f"{entry} is only linked and not in the export; add that file to the chart.")

    def _target(self, address: str) -> Resource:
        """The entry at an address: as it is written, else by its last two steps (https://a.b/fhir/Binary/1)."""
        return self._by_address.get(address) or self._by_address.get("/".join(address.split("/")[-2:]), {})

    def _concluded(self, resource: Resource, given: Document) -> Iterator[Document]:
        results = (self._by_address.get(item.get("reference", ""), {}) for item in resource.get("result", ()))
        lines = [line for result in results if result for line in entry_lines.lines(result)]
        if resource.get("conclusion"):
            lines.append(f"IMPRESSION: {resource['conclusion']}")
        narrative = page_text((resource.get("text") or {}).get("div", "")).strip()
        if narrative and (not lines or resource["text"].get("status") not in (None, "generated", "extensions")):
            lines.insert(0, narrative)
        if lines:
            day = f"   Date: {codes.written(given.dated)}" if given.dated else ""
            text = "\n".join([f"{named(resource)}{day}", *lines]) + "\n"
            yield replace(given, text=text, pages=(Page(1, 0, len(text)),))

    def _described(self, resource: Resource) -> Document:
        """What the resource says of the note that it carries."""
        period = resource.get("context", {}).get("period", {}) or resource.get("effectivePeriod", {})
        moment = resource.get("effectiveDateTime") or period.get("start") or resource.get("date")
        authors = resource.get("author") or resource.get("resultsInterpreter") or resource.get("performer") or []
        return Document(
            id=f"{self._name}/{named(resource).replace('/', '-')}",
            text="",
            type=type_of(resource),
            dated=codes.day(moment or resource.get("issued")),
            author=next((who for author in authors if (who := self._person(author))), None),
            signature=signature_of(resource),
            patient=self._patient(resource),
            source=f"{self._name}/{resource['resourceType']}/{resource.get('id', '')}",
        )

    def _person(self, reference: Resource) -> str | None:
        """The name of a person that is referred to."""
        target = self._by_address.get(reference.get("reference", ""), {})
        name = target.get("name")
        if isinstance(name, list) and name:
            return human_name(name[0])
        return reference.get("display") or (name if isinstance(name, str) else None)

    def _patient(self, resource: Resource) -> Person:
        """The patient of a resource; that of the bundle where there is only one and none is named."""
        reference = resource.get("subject") or resource.get("patient") or {}
        target = self._by_address.get(reference.get("reference", ""))
        if target is None and len(self._patients) == 1:
            target = self._patients[0]
        if target is None or target["resourceType"] != "Patient":
            return Person(reference.get("display"))
        names = target.get("name") or [{}]
        official = next((name for name in names if name.get("use") in ("official", "usual")), names[0])
        return Person(human_name(official) or None, codes.day(target.get("birthDate")))


def human_name(name: Resource) -> str:
    """A FHIR name in one line."""
    full = codes.name(name.get("given", ()), name.get("family", ""), name.get("suffix", ()))
    return full or str(name.get("text", ""))


def is_void(resource: Resource) -> bool:
    """Whether an entry was made in error, replaced or called off, so that it states nothing."""
    states = {str(resource.get(key, "")) for key in ("status", "docStatus")}
    verified = {coding.get("code") for coding in resource.get("verificationStatus", {}).get("coding", ())}
    return bool((states | verified) & {"entered-in-error", "superseded"})


def signature_of(resource: Resource) -> SignatureState:
    """Whether a note is signed, by its status and who authenticated it."""
    if resource.get("docStatus") == "preliminary" or resource.get("status") in ("preliminary", "registered", "partial"):
        return SignatureState.UNSIGNED
    attested = resource.get("authenticator") or resource.get("attester")
    return SignatureState.SIGNED if attested else SignatureState.UNKNOWN


def type_of(resource: Resource) -> str:
    """Our document type for a note or report, by its LOINC code or category."""
    concepts = [resource.get("type", {}), resource.get("code", {})]
    for concept in concepts:
        for coding in concept.get("coding", ()):
            if known := codes.DOCUMENT_TYPES.get(coding.get("code", "")):
                return known
    if resource["resourceType"] != "DiagnosticReport":
        return "other"
    category = json.dumps(resource.get("category", [])).lower()
    if any(word in category for word in ("lab", 'ch"', 'hm"')):
        return "laboratory_report"
    return "imaging_report" if any(word in category for word in ("rad", "imaging", "lp29684")) else "other"


def named(resource: Resource) -> str:
    """What a note or report is called."""
    concept = resource.get("type") or resource.get("code") or {}
    return called(concept) or str(resource.get("title") or resource["resourceType"])


def composed(resource: Resource, given: Document) -> Document:
    """The sections of a composition, one under the other."""
    parts = [str(resource.get("title", "")), *sections(resource)]
    text = "\n\n".join(part for part in parts if part) + "\n"
    return replace(given, text=text, pages=(Page(1, 0, len(text)),))


def sections(resource: Resource) -> Iterator[str]:
    """Title and narrative of each section, those within sections too."""
    for section in resource.get("section", ()):
        title = str(section.get("title") or called(section.get("code") or {})).upper()
        if body := page_text((section.get("text") or {}).get("div", "")).strip():
            yield f"{title}:\n{body}" if title else body
        yield from sections(section)
