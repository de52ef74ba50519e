"""What a form of a request sent in, the fields of the request out, and back into the form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from starlette.datastructures import FormData, UploadFile

from mednec.errors import RequestError
from mednec.office.fields import TEXTS
from mednec.requests import Fields, fields_of
from mednec.requests.fields import LARGEST, LISTS
from mednec.web.settings import Settings

PASTED = "request.yaml"


@dataclass(frozen=True, slots=True)
class Written:
    """A form as it was filled in: every field as text, and the request that was pasted beside them."""

    values: Mapping[str, str]
    clinician: str
    pasted: str

    @property
    def fields(self) -> Fields:
        """The fields of the request; what is filled in goes before what is pasted. Raises RequestError."""
        texts = {name: self.values[name].strip() for name in TEXTS if self.values.get(name, "").strip()}
        lists = {name: _pieces(self.values.get(name, "")) for name in LISTS}
        filled = Fields(texts, {name: values for name, values in lists.items() if values})
        return filled.over(fields_of(self.pasted[:LARGEST], PASTED)) if self.pasted.strip() else filled


def written(form: FormData) -> Written:
    """The form of a request that a browser sent."""
    told = {name: value for name, value in form.items() if isinstance(value, str)}
    values = {name: told.get(name, "") for name in (*TEXTS, *LISTS)}
    return Written(values, told.get("clinician", "").strip()[:200], told.get("pasted", ""))


def refilled(texts: Mapping[str, str], lists: Mapping[str, object], clinician: str | None) -> Written:
    """The form of a request that is kept."""
    several = {name: ", ".join(map(str, values)) for name, values in lists.items() if isinstance(values, list | tuple)}
    values = {name: {**texts, **several}.get(name, "") for name in (*TEXTS, *LISTS)}
    return Written(values, clinician or "", "")


def uploads(form: FormData) -> list[UploadFile]:
    """The files that were sent; a field that was left empty sends one without a name."""
    return [file for file in form.getlist("files") if isinstance(file, UploadFile) and file.filename]


def check_uploads(files: Sequence[UploadFile], settings: Settings) -> None:
    """Raises RequestError where more files were sent than are taken at once, or one is too large."""
    if len(files) > settings.most_files:
        raise RequestError(f"more than {settings.most_files} files were sent at once; send fewer at a time")
    largest = max((file.size or 0 for file in files), default=0)
    if largest > settings.largest_file:
        sizes = f"a file has {largest / 2**20:.0f} MB and {settings.largest_file / 2**20:.0f} MB are taken"
        raise RequestError(f"{sizes}; scan it with fewer dots, or split it")


def _pieces(text: str) -> tuple[str, ...]:
    return tuple(piece.strip() for piece in text.replace(";", ",").split(",") if piece.strip())
