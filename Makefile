# make audit   audit the example charts (makes .venv on the first run)
# make test    style, types and every test
.PHONY: audit test check evaluate clean

audit: .venv/.all
	@scripts/audit

test: .venv/.dev
	@scripts/test

check: .venv/.dev
	@scripts/check

evaluate: .venv/.dev
	@scripts/evaluate

.venv/.all .venv/.dev: pyproject.toml scripts/setup
	@PYTHON="$(PYTHON)" scripts/setup $(subst .venv/.,,$@)

clean:
	rm -rf .venv reports build dist .pytest_cache .mypy_cache .ruff_cache
