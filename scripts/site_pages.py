"""The policies, lexicons and pages outside docs/ in, pages of the documentation site out (a hook of MkDocs)."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mkdocs.structure.files import File, Files

from mednec.model import Criterion, Policy
from mednec.policies import examples_of, in_words, policy_files
from mednec.policies.reading import policies_of
from mednec.reports.words import GRADES
from mednec.vocabulary import lexicon, lexicon_names

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "src" / "mednec" / "policies"
OUTSIDE = {  # pages beside docs/, and where they stand in the site
    "CONTRIBUTING.md": "project/contributing.md",
    "SECURITY.md": "project/security.md",
    "CHANGELOG.md": "project/changelog.md",
    "benchmarks/paintrap/README.md": "project/paintrap.md",
    "benchmarks/charts/README.md": "project/charts.md",
}
LINK = re.compile(r"(\]\()([^)#\s:]+)((?:#[^)]*)?\))")
RULES = {"applies": "Asked only where", "needs": "Met by", "against": "Against it speaks", "excludes": "Ruled out by"}
RULES |= {"unless": "Waived where"}
SILENT = {"insufficient": "is insufficient", "met": "is within the limit", "not_applicable": "does not concern this"}


def on_files(files: Files, config: Any) -> Files:
    """Add the generated pages to those of docs/."""
    for path, content in pages().items():
        files.append(File.generated(config, path, content=content))
    return files


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """Let links that leave docs/ lead to the pages of the site that show the same."""
    here = posixpath.dirname(page.file.src_uri)

    def led(match: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join("docs", here, match[2]))
        if target in OUTSIDE:
            return f"{match[1]}{posixpath.relpath(OUTSIDE[target], here or '.')}{match[3]}"
        return match[0]

    return LINK.sub(led, markdown)


def pages() -> dict[str, str]:
    """Every generated page by its place in the site."""
    found = {site: _moved(name, site) for name, site in OUTSIDE.items()}
    places = {path: place_of(path) for path in policy_files()}
    found["reference/policies/index.md"] = _list_of(places)
    found |= {f"reference/policies/{place}.md": policy_page(path) for path, place in places.items()}
    found["reference/vocabulary.md"] = vocabulary()
    return found


def place_of(path: Path) -> str:
    """The name of a policy's page: its place among the policies."""
    return "-".join(path.relative_to(FOLDER).with_suffix("").parts)


def policy_page(path: Path) -> str:
    """One policy: where it comes from, and of each criterion paragraph, question, rule in words and examples."""
    variants = policies_of(path)
    policy = variants[0]
    lines = [f"# {policy.title}", "", f"`{policy.id}` · {policy.payer} · {policy.status}", ""]
    lines += ["| number | publisher | version | states | in force |", "|---|---|---|---|---|"]
    for source in (variant.source for variant in variants):
        ends = f" to {source.ends}" if source.ends else ""
        name = f"[{source.id}]({source.url})" if source.url else source.id
        states = ", ".join(source.states)
        lines.append(f"| {name} | {source.publisher} | {source.version} | {states} | from {source.effective}{ends} |")
    lines += ["", "| service | codes |", "|---|---|"]
    lines += [f"| `{key}` | {', '.join(codes)} |" for key, codes in policy.services.items()]
    lines += [f"| `{key}` | not covered: {_cell(why)} |" for key, why in policy.not_covered.items()]
    examples = list(examples_of(path))
    lines += ["", "## Criteria", ""]
    for criterion in _each(variants):
        lines += _criterion(criterion, [e for e in examples if e.key == criterion.key])
    if policy.not_decided:
        lines += ["## Left to the reviewer", ""]
        lines += [f"- **{i['section']}.** {i['says']} {i.get('why', '')}" for i in policy.not_decided]
    return "\n".join(lines) + "\n"


def _each(variants: tuple[Policy, ...]) -> Iterator[Criterion]:
    """The criteria of all sources, each wording once."""
    seen: list[tuple[str, str]] = []
    for criterion in (criterion for variant in variants for criterion in variant.criteria):
        wording = (criterion.key, criterion.cites.says)
        if wording not in seen:
            seen.append(wording)
            yield criterion


def _criterion(criterion: Criterion, examples: list[Any]) -> Iterator[str]:
    strength = "" if criterion.strength == "required" else " (advisory: it does not change the determination)"
    yield from (f"### {criterion.asks}", "", f"`{criterion.key}`{strength}", "")
    cites = criterion.cites
    yield from (f"> **{cites.section}.** {cites.says} *({GRADES.get(cites.seen, cites.seen)})*", "")
    if criterion.services:
        yield from (f"For {', '.join(f'`{name}`' for name in criterion.services)}.", "")
    for name, title in RULES.items():
        if question := getattr(criterion, name):
            yield from (f"{title}:", "", *in_words(question), "")
    yield from (f"A chart that says nothing of it {SILENT.get(criterion.otherwise, criterion.otherwise)}.", "")
    yield from (f"Question to the clinician: *{criterion.gap}*", "")
    if examples:
        yield from ("| example | status |", "|---|---|")
        for example in examples:
            text = " ⏎ ".join(document.text for document in example.documents)
            yield f"| {_cell(text)} | {' or '.join(example.expected).replace('_', ' ')} |"
        yield ""


def _list_of(places: dict[Path, str]) -> str:
    lines = [
        "# Policies",
        "",
        "Each page is made from the policy's file: paragraph, question, rule in words, examples.",
        "",
    ]
    lines += ["| policy | numbers | services |", "|---|---|---|"]
    for path, place in places.items():
        variants = policies_of(path)
        numbers = ", ".join(variant.source.id for variant in variants)
        services = ", ".join([*variants[0].services, *variants[0].not_covered])
        lines.append(f"| [{_cell(variants[0].title)}]({place}.md) | {numbers} | {services} |")
    return "\n".join(lines) + "\n"


def vocabulary() -> str:
    """Every kind of finding: its attributes, and the concepts with some of their words."""
    lines = [
        "# Vocabulary",
        "",
        "What a policy may ask of, made from the lexicons: each concept with some of its words.",
        "",
    ]
    for name in lexicon_names():
        known = lexicon(name)
        if not known.attributes or not known.concepts or known.kind != name:
            continue
        lines += [f"## {name.replace('_', ' ')}", "", known.about, ""]
        lines += [f"Attributes: {', '.join(f'`{attribute}`' for attribute in known.attributes)}.", ""]
        lines += ["| concept | called | group | words |", "|---|---|---|---|"]
        for concept in known.concepts.values():
            words = ", ".join(concept.terms[:6])
            lines.append(f"| `{concept.name}` | {concept.label} | {concept.group or ''} | {_cell(words)} |")
        lines.append("")
    return "\n".join(lines) + "\n"


def _moved(name: str, site: str) -> str:
    """A page from beside docs/, its links led to where they now stand."""
    source = ROOT / name

    def led(match: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(name), match[2]))
        place = OUTSIDE.get(target) or (target.removeprefix("docs/") if target.startswith("docs/") else None)
        if place is None:
            return f"{match[1]}#{match[3].removeprefix('#') if match[3].startswith('#') else ')'}"
        return f"{match[1]}{posixpath.relpath(place, posixpath.dirname(site))}{match[3]}"

    return LINK.sub(led, source.read_text(encoding="utf-8"))


def _cell(text: str) -> str:
    """Text within a cell of a table: on one line, nothing of it markup."""
    plain = " ".join(text.split()).replace("&", "&amp;").replace("<", "&lt;").replace("|", "&#124;")
    return re.sub(r"([*_`\[\]#])", r"\\\1", plain)
