"""The front door for a browser: pages and a JSON API over the office's operations; no judgement in here."""

from mednec.web.app import create_app, first_link

__all__ = ["create_app", "first_link"]
