"""The house rules: who may import whom, how long a module may be, and which names say nothing."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

PACKAGE = Path(__file__).parents[1] / "src" / "mednec"
MODULES = sorted(PACKAGE.rglob("*.py"))
SHELVES = {
    *("model", "originals", "fingerprints", "vocabulary", "errors", "services", "comparisons", "mednec"),
    *("roles", "corrections", "exchange", "expressions"),
}
ROOMS = {"documents", "findings", "evidence", "policies", "audit", "denials", "reports", "requests", "reviews"}
ALLOWED = {
    "mednec": set(),
    "errors": set(),
    "model": set(),
    "originals": set(),
    "fingerprints": set(),
    "vocabulary": {"model", "errors"},
    "services": set(),
    "comparisons": {"model"},
    "expressions": {"expressions"},
    "roles": set(),
    "corrections": {"model"},
    "exchange": {"model"},
    "store": SHELVES | {"store"},
    "office": SHELVES | {"auditor", "reports", "requests", "reviews", "store", "synthesis", "office"},
    "web": SHELVES | {"office", "store", "reports", "requests", "web"},
    "cli_office": SHELVES | {"office", "store", "web"},
    **{room: SHELVES | {room} for room in ROOMS},
    "auditor": SHELVES | ROOMS,
    "checking": SHELVES | ROOMS | {"auditor"},
    "__main__": {"cli"},
    "deliveries": SHELVES | {"auditor", "reports"},
    "waiting": set(),
    "terminal": set(),
    "batch": SHELVES | ROOMS | {"auditor", "batch"},
    "synthesis": SHELVES | {"synthesis"},
    "cli_batch": SHELVES | {"batch", "synthesis", "waiting"},
    "cli_options": SHELVES | {"auditor", "requests"},
    "cli_record": SHELVES | {"auditor", "deliveries", "cli_options", "waiting"},
    "cli_policies": SHELVES | {"auditor", "reports", "terminal"},
    "cli": SHELVES
    | {
        "cli_policies",
        "terminal",
        "cli_options",
        "cli_record",
        "auditor",
        "checking",
        "cli_batch",
        "cli_office",
        "deliveries",
        "reports",
        "requests",
    },
}
STANDARD_LIBRARY_ONLY = {"model", "errors"}
LONGEST_MODULE, LONGEST_FUNCTION = 400, 40
SAYING_NOTHING = {"utils", "util", "helpers", "helper", "common", "base", "manager", "handler", "processor", "misc"}


def home(path: Path) -> str:
    """The room, shelf or door that a module belongs to."""
    first = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    return "mednec" if first == "__init__" else first


def imported(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and full name of everything that is imported anywhere in a module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def breaches(path: Path, tree: ast.AST) -> Iterator[str]:
    for line, name in imported(tree):
        parts = name.split(".")
        if parts[0] != "mednec":
            continue
        target = parts[1] if len(parts) > 1 and parts[1] in ALLOWED else "mednec"
        if target not in ALLOWED[home(path)]:
            yield f"{path}:{line}: '{home(path)}' may not import '{target}'"


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function without its docstring."""
    body = node.body[1:] if ast.get_docstring(node) else node.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def strings(tree: ast.Module) -> Iterator[ast.Constant]:
    """Every string of a module that is no docstring."""
    bodies = (node.body for node in ast.walk(tree) if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef))
    docs = {id(body[0].value) for body in bodies if body and isinstance(body[0], ast.Expr)}
    constants = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str))
    return (node for node in constants if id(node) not in docs)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_keeps_the_house_rules(path):
    tree = tree_of(path)
    assert home(path) in ALLOWED, f"{path}: the house has no '{home(path)}'"
    assert not list(breaches(path, tree))
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE
    assert ast.get_docstring(tree), f"{path}: say in one sentence what comes in and what goes out"
    assert not SAYING_NOTHING & set(re.split(r"[_/.]", str(path.relative_to(PACKAGE)))), (
        f"{path}: a name that says nothing"
    )
    assert [f"{path}:{f.lineno} {f.name}" for f in functions(tree) if length(f) > LONGEST_FUNCTION] == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_are_in_full(path):
    relative = [node.lineno for node in ast.walk(tree_of(path)) if isinstance(node, ast.ImportFrom) and node.level]
    starred = [
        node.lineno
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ImportFrom) and any(alias.name == "*" for alias in node.names)
    ]
    assert not relative, f"{path}: relative imports in lines {relative}"
    assert not starred, f"{path}: star imports in lines {starred}"


@pytest.mark.parametrize("name", sorted(STANDARD_LIBRARY_ONLY))
def test_records_and_errors_need_the_standard_library_only(name):
    foreign = {module.split(".")[0] for _, module in imported(tree_of(PACKAGE / f"{name}.py"))} - {
        "__future__",
        "collections",
        "dataclasses",
        "datetime",
        "enum",
        "typing",
        "mednec",
    }
    assert not foreign


def test_a_planted_breach_is_caught():
    tree = ast.parse("from mednec.findings.parse import Parsed\nimport mednec.policies\nfrom mednec import auditor\n")
    found = list(breaches(PACKAGE / "reports" / "planted.py", tree))
    assert [sentence.split(": ", 1)[1] for sentence in found] == [
        "'reports' may not import 'findings'",
        "'reports' may not import 'policies'",
        "'reports' may not import 'auditor'",
    ]


def test_no_payer_stands_in_the_code_that_judges():
    names = re.compile(
        r"\b(medicare|noridian|palmetto|aetna|cigna|humana|anthem|blue cross|evicore|carelon)\b", re.IGNORECASE
    )
    found = [
        f"{path}:{number}"
        for path in MODULES
        if home(path) != "documents"  # where the labels of forms are read
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if names.search(line)
    ]
    assert found == []


def test_no_drug_is_named_in_the_code_that_reads():
    terms = yaml.safe_load((PACKAGE / "lexicons" / "therapy.yaml").read_text(encoding="utf-8"))["concepts"]
    drugs = {str(name).lower() for concept in terms.values() for name in concept["terms"].get("agent", ())}
    named = re.compile(r"(?<![a-z])(?:" + "|".join(map(re.escape, drugs - set(terms))) + r")(?![a-z])", re.IGNORECASE)
    found = [
        f"{path}:{node.lineno}: {node.value[:60]!r}"
        for path in MODULES
        if home(path) in ("findings", "evidence", "audit", "policies")
        for node in strings(tree_of(path))
        if node.value not in terms and named.search(node.value)
    ]
    assert found == [], "a drug is a term of a lexicon, so that its kin are read as it is"
