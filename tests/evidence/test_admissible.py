"""Which documents count."""

from datetime import date

import pytest

from mednec.model import Exclusion, Person, SignatureState


@pytest.mark.parametrize(
    ("type", "reason"),
    [
        ("letter_of_medical_necessity", "letter_of_medical_necessity"),
        ("appeal_letter", "appeal_letter"),
        ("attestation", "attestation"),
        ("authorization_form", "authorization_form"),
        ("education_material", "education_material"),
        ("payer_correspondence", "payer_correspondence"),
        ("consent", "not_clinical"),
        ("billing", "not_clinical"),
        ("fax_cover", "not_clinical"),
        ("signature_attestation", "not_clinical"),
    ],
)
def test_what_is_not_part_of_the_contemporaneous_record_is_set_aside(chart, type, reason):
    note = chart.note("She failed PT.", type=type).therapy("physical_therapy", "PT", response="none")
    record = chart.gather()
    assert chart.reasons() == {note.document.id: reason}
    assert record.documents == () and record.evidence == ()
    assert [one.concept for one in record.barred] == ["physical_therapy"]


def test_a_note_after_the_request_is_set_aside_and_one_of_its_day_is_not(chart):
    late = chart.note("Injection went well.", dated="2026-02-25")
    chart.note("Left L5-S1 TFESI.", dated="2026-02-24", type="procedure_note")
    assert chart.reasons() == {late.document.id: "after_request_date"}


def test_an_undated_note_counts_with_a_warning(chart):
    chart.note("She failed PT.", dated=None)
    assert chart.reasons() == {} and chart.warnings() == {"undated_document"}


def test_an_unsigned_note_counts_with_a_warning_that_names_its_findings(chart):
    chart.note("She failed PT.", signature=SignatureState.UNSIGNED).therapy("physical_therapy", "PT")
    (warning,) = chart.gather().warnings
    assert warning.kind == "unsigned" and warning.findings[0].mention == "PT"
    assert chart.reasons() == {}


def test_a_signature_attestation_heals_the_note_of_its_author_and_day(chart):
    chart.note("Consult.", dated="2026-02-10", signature=SignatureState.UNSIGNED, author="Rosalind T. Achterberg, MD")
    chart.note(
        "Date of service: 2/10/2026. I, Rosalind T. Achterberg, attest that the entry was made by me.",
        dated="2026-02-20",
        type="signature_attestation",
    )
    record = chart.gather()
    assert [document.signature for document in record.documents] == [SignatureState.SIGNED]
    assert "unsigned" not in chart.warnings()


def test_a_signature_attestation_heals_no_other_note(chart):
    chart.note("PT record.", dated="2026-02-01", signature=SignatureState.UNSIGNED, author="Brody Lindahl, PT")
    chart.note(
        "Date of service: 2/10/2026. I, R. Achterberg, attest.", dated="2026-02-20", type="signature_attestation"
    )
    assert "unsigned" in chart.warnings()


def test_an_addendum_without_day_and_author_is_improper(chart):
    note = chart.note("Addendum. Failed 8 weeks of PT.", type="addendum", signature=SignatureState.UNSIGNED)
    assert chart.reasons() == {note.document.id: "improper_amendment"}


def test_an_addendum_that_is_dated_and_signed_counts_from_the_day_it_was_written(chart):
    note = chart.note("Late entry. PT failed.", type="addendum", written=date(2026, 2, 20), author="N. Harcastle, MD")
    note.therapy("physical_therapy", "PT", response="none")
    record = chart.gather()
    assert record.excluded == () and chart.warnings() == {"late_entry"}
    assert record.evidence[0].findings[0].dated == date(2026, 2, 20)


def test_an_addendum_written_after_the_request_is_too_late(chart):
    note = chart.note("Late entry.", type="addendum", written=date(2026, 3, 20), author="N. Harcastle, MD")
    assert chart.reasons() == {note.document.id: "after_request_date"}


@pytest.mark.parametrize(
    "name",
    [
        "IBARRA, DOLORES M.",
        "Dolores Ibarra",
        "D. Ibarra",
        "Ibarra",
        "Delores Ibarra",
        "Ibarra,Dolores",
        "Ms. Dolores Maria Ibarra",
    ],
)
def test_the_patient_is_recognized_however_the_name_is_written(chart, name):
    chart.note("Note.", patient=Person(name))
    assert chart.reasons() == {}


@pytest.mark.parametrize(
    "person",
    [
        Person("Dolores Ibarra-Castillo", date(1957, 4, 11)),
        Person("Dolores Castillo", date(1957, 4, 11)),
        Person("Lola Ibara", date(1957, 4, 11)),
        Person(None, date(1957, 4, 11)),
        Person("Dolores Ibarra", date(1957, 11, 4)),
    ],
)
def test_a_birth_date_in_common_forgives_a_married_name_and_a_misspelling(chart, person):
    chart.note("Note.", patient=person)
    assert chart.reasons() == {}


@pytest.mark.parametrize(
    "person",
    [
        Person("Dolores M. Ibarra", date(1975, 4, 11)),
        Person("Manuel Ibarra"),
        Person("Dolores Vega"),
        Person("Ruth Pemberton", date(1957, 4, 11)),
        Person(None, date(1960, 1, 1)),
    ],
)
def test_another_patient_is_set_aside_with_a_warning(chart, person):
    note = chart.note("Failed PT.", patient=person).therapy("physical_therapy", "PT")
    assert chart.reasons() == {note.document.id: "other_patient"}
    assert "other_patient" in chart.warnings()
    assert chart.gather().barred == ()


def test_without_a_named_patient_most_of_the_chart_says_whose_it_is(make_chart):
    chart = make_chart(patient=Person())
    chart.note("One.")
    chart.note("Two.", patient=Person("IBARRA, DOLORES"))
    other = chart.note("Three.", patient=Person("Ruth Pemberton", date(1950, 1, 1)))
    assert chart.reasons() == {other.document.id: "other_patient"}


def test_a_name_alone_takes_the_birth_date_of_the_chart_so_that_a_namesake_is_noticed(make_chart):
    chart = make_chart(patient=Person("Dolores Ibarra"))
    chart.note("One.")
    chart.note("Two.")
    other = chart.note("Three.", patient=Person("Dolores Ibarra", date(1985, 6, 1)))
    assert chart.reasons() == {other.document.id: "other_patient"}


def test_what_could_not_be_read_is_listed_with_a_warning(chart):
    record = chart.gather((Exclusion("scan.pdf", "unreadable", "It is encrypted."),))
    assert [one.document_id for one in record.excluded] == ["scan.pdf"]
    assert [warning.kind for warning in record.warnings] == ["unreadable_page"]


def test_a_note_whose_head_names_the_patient_is_the_patients_whatever_name_was_read_in_it(chart):
    chart.note("RIVER PAIN   Ibarra, Dolores   seen by Lena Osgood", patient=Person("Lena Osgood"))
    assert chart.reasons() == {}


def test_a_namesake_with_another_birth_date_is_another_patient_although_the_head_has_the_name(chart):
    note = chart.note("RIVER PAIN   Ibarra, Dolores   3/9/1985", patient=Person("Dolores Ibarra", date(1985, 3, 9)))
    assert chart.reasons() == {note.document.id: "other_patient"}
