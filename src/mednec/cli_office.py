"""The commands of an office: serve, and the trail to verify and to export."""

from __future__ import annotations

import json
import os
import signal
import socket
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import click

from mednec.errors import MednecError, MissingPackage

PATH = click.Path(path_type=Path)
HOME = Path.home() / "mednec-office"
LOOPBACK = ("localhost", "127.0.0.1", "::1")
BROKEN = 1  # the exit status of a trail that is not as it was written


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0: any that is free.")
@click.option("--folder", type=PATH, default=HOME, help="Where everything is kept; ~/mednec-office by default.")
@click.option("--database", help="A URL such as postgresql://user@host/name; a file in the folder by default.")
@click.option("--blobs-in-database", is_flag=True, help="Keep documents in the database too, not in the folder.")
@click.option("--forget-second-factors", is_flag=True, help="Take all second factors off, as their key is lost.")
@click.option("--workers", type=click.IntRange(min=0), default=1, show_default=True, help="Processes that audit.")
@click.option("--name", "names", multiple=True, help="A name that the server answers to, such as office.example.org.")
@click.option("--https", is_flag=True, help="It is reached through HTTPS alone, by a proxy or by --certificate.")
@click.option("--certificate", type=PATH, help="A certificate (PEM), to speak HTTPS itself; with --key.")
@click.option("--key", type=PATH, help="Its private key (PEM).")
def serve(**options: Any) -> None:
    """Serve the office's pages and its JSON API, and audit what is asked for.

    The first start prints a link that makes the first account, once. Stop it with Ctrl-C; nothing is lost however it
    ends. MEDNEC_OIDC_ISSUER, _CLIENT_ID and _CLIENT_SECRET let people in through OpenID Connect. The secrets of second
    factors are sealed with mednec.key in the folder, or with MEDNEC_KEY or the file that MEDNEC_KEY_FILE names.

    \b
    mednec serve                                               on a laptop, at http://127.0.0.1:8000
    mednec serve --host 0.0.0.0 --name office.example.org \\
        --certificate cert.pem --key key.pem --database postgresql://mednec@db/mednec
    """
    _need(options["database"])
    if bool(options["certificate"]) != bool(options["key"]):
        raise MednecError("--certificate and --key belong together: give both, or neither")
    _serve(options)


@click.group()
def trail() -> None:
    """Verify or export the trail: who did what, each line bound to the one before."""


def _place_options(command: Any) -> Any:
    """The options that say which office is meant."""
    command = click.option("--database", help="The URL of its database, where it is not a file in the folder.")(command)
    return click.option("--folder", type=PATH, default=HOME, help="The office's; ~/mednec-office by default.")(command)


@trail.command()
@click.argument("file", type=PATH, required=False)
@_place_options
@click.option("--head", help="The hash of a line that was the last one once, kept elsewhere.")
@click.pass_context
def verify(context: click.Context, /, file: Path | None, folder: Path, database: str | None, head: str | None) -> None:
    """Verify the trail of an office, or an exported one in FILE.

    Exit status 0: intact; 1: the first broken line is named; 2: it could not be read. Keep the hash of the last line
    that this prints: with --head, lines cut off at the end are noticed too.

    \b
    mednec trail verify
    mednec trail verify trail.jsonl --head 5f2c...
    """
    _need(database)
    from mednec.store.trail import verify as verified

    with _lines(file, folder, database) as lines:
        checked = verified(lines, head)
    if checked.fault is not None:
        click.echo(f"mednec: the trail is broken: {checked.fault}", err=True)
        context.exit(BROKEN)
    click.echo(f"the trail is intact: {checked.count} lines")
    for practice, last in checked.heads.items():
        click.echo(f"last line of practice {practice}: {last}")


@trail.command()
@click.argument("file", type=PATH)
@_place_options
def export(file: Path, folder: Path, database: str | None) -> None:
    """Write the trail of an office to FILE, as JSON lines.

    \b
    mednec trail export trail.jsonl
    """
    _need(database)
    from mednec.office.trail_export import as_lines

    with _lines(None, folder, database) as lines:
        data = list(lines)
    try:
        file.write_bytes(as_lines(data))
    except OSError as error:
        raise MednecError(f"{file}: cannot be written ({error.strerror}); choose another place") from None
    click.echo(f"{len(data)} lines in {file}")


def _serve(options: dict[str, Any]) -> None:
    import uvicorn

    from mednec.office.workers import Pool

    for number in (signal.SIGINT, signal.SIGTERM):  # the server ends its work first, and then raises them again
        signal.signal(number, _close)
    with _office(options) as (place, office):
        app, settings = _application(office, options)
        with _listening(options["host"], options["port"]) as listener, Pool(place, options["workers"]):
            _greet(app, settings, options["host"], listener.getsockname()[1])
            config = uvicorn.Config(
                app,
                access_log=False,  # addresses of pages stay with those who visit them
                log_level="warning",
                server_header=False,
                timeout_graceful_shutdown=5,
                ssl_certfile=options["certificate"],
                ssl_keyfile=options["key"],
            )
            uvicorn.Server(config).run(sockets=[listener])


def _close(*_: object) -> None:
    raise SystemExit(0)


def _application(office: Any, options: dict[str, Any]) -> tuple[Any, Any]:
    from mednec.web.app import create_app
    from mednec.web.settings import OpenID, Settings

    settings = Settings(
        options["folder"],
        options["database"],
        https=options["https"] or bool(options["certificate"]),
        hosts=(*LOOPBACK, *(name.lower() for name in (options["host"], *options["names"]))),
        workers=options["workers"],
        openid=OpenID.of_environment(os.environ),
    )
    return create_app(office, settings), settings


def _greet(app: Any, settings: Any, host: str, port: int) -> None:
    from mednec.web.app import first_link

    named = settings.hosts[len(LOOPBACK) + 1 :] or (f"[{host}]" if ":" in host else host,)
    at = f"{'https' if settings.https else 'http'}://{named[0]}:{port}"
    click.echo(f"The office is open at {at}/ (kept in {settings.folder}). Ctrl-C closes it.")
    if link := first_link(app):
        click.echo(f"Make the first account here; the link works once: {at}{link}")
    if host not in LOOPBACK and not settings.https:
        click.echo("mednec: others can reach this server, and without HTTPS whoever listens reads the charts", err=True)


@contextmanager
def _listening(host: str, port: int) -> Iterator[socket.socket]:
    """A socket at the address, taken before anything else is begun."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
            listener.listen()  # who comes before the server is ready waits a moment
        except OSError as error:
            where = f"{host}:{port}"
            raise MednecError(f"{where}: cannot listen there ({error.strerror}); choose another --port") from None
        yield listener


@contextmanager
def _office(options: dict[str, Any]) -> Iterator[tuple[Any, Any]]:
    """The place and the open office."""
    from mednec.office.keys import key_of_environment
    from mednec.office.opening import Place, open_office

    folder, key = options["folder"], key_of_environment(os.environ)
    place = Place(folder.absolute(), options["database"], options["blobs_in_database"], key)
    with _plainly(folder):
        place.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if options["forget_second_factors"]:
            _forget_second_factors(place)
        office = open_office(place)
    try:
        yield place, office
    finally:
        office.database.close()


def _forget_second_factors(place: Any) -> None:
    from mednec.office.keys import forget_second_factors
    from mednec.store.database import Database

    database = Database(place.url)
    database.create()
    count = forget_second_factors(database)
    database.close()
    click.echo(f"Second factors taken off: {count}. They can be set up anew.")


@contextmanager
def _lines(file: Path | None, folder: Path, database: str | None) -> Iterator[Iterable[Any]]:
    """The lines of a trail, of an export or of an office that is there already; nothing of it is touched."""
    if file is not None:
        yield _exported(file)
        return
    from mednec.office.opening import Place
    from mednec.store.database import Database
    from mednec.store.trail import lines

    if database is None and not (folder / "mednec.db").is_file():
        raise MednecError(f"there is no office in {folder}; name the right --folder, or its --database")
    with _plainly(folder):
        kept = Database(Place(folder.absolute(), database).url)
        with kept.read() as session:
            yield lines(session)
        kept.close()


@contextmanager
def _plainly(folder: Path) -> Iterator[None]:
    """Makes a sentence of a database that cannot be reached, without the password that may stand in its URL."""
    from sqlalchemy.exc import SQLAlchemyError

    try:
        yield
    except (OSError, SQLAlchemyError) as error:
        raise MednecError(
            f"the office in {folder} cannot be opened ({type(error).__name__}); check that the folder is yours to "
            "write, that the database's URL is right and that the database runs"
        ) from None


def _exported(file: Path) -> list[Any]:
    try:
        return [_parsed(line) for line in file.read_text(encoding="utf-8").splitlines()]
    except (OSError, UnicodeError) as error:
        kind = getattr(error, "strerror", None) or type(error).__name__
        raise MednecError(f"{file}: the trail cannot be read ({kind}); check the path") from None


def _parsed(line: str) -> Any:
    try:
        return json.loads(line)
    except ValueError:
        return None  # the look through the lines says which


def _need(database: str | None) -> None:
    needed = {"cryptography": "serve", "fastapi": "serve", "sqlalchemy": "serve", "uvicorn": "serve"}
    if database and database.startswith("postgres"):
        needed["psycopg"] = "postgresql"
    for module, extra in needed.items():
        if find_spec(module) is None:
            raise MissingPackage(f"this needs one more package: pip install 'mednec[{extra}]'")
