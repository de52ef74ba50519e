"""What changed in store/tables.py in, the next step of the migrations out: look it over, then run the tests."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from alembic import command
from alembic.config import Config

from mednec.store.database import MIGRATIONS, Database


def main(message: str) -> None:
    """Write the step that `message` names."""
    number = 1 + len(list((MIGRATIONS / "versions").glob("v*.py")))
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("file_template", "v%%(rev)s_%%(slug)s")
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite+pysqlite:///{Path(folder) / 'mednec.db'}")
        database.create()
        with database.engine.begin() as connection:
            config.attributes["connection"] = connection
            command.revision(config, message, autogenerate=True, rev_id=f"{number:04}")
        database.close()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit('usage: scripts/migration.py "Notes of a case"')
    main(sys.argv[1])
