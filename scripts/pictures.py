"""Example charts in, the pictures of the documentation out: report (desk, phone, dark) and office."""

from __future__ import annotations

import io
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from office_with_demo import serving
from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from mednec.auditor import examine, report_page
from mednec.requests import parse_request, read_fields

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "pictures"
DESK, PHONE = (1280, 860), (390, 844)
SHOTS = (  # name, example, width and height, color scheme, what is scrolled to
    ("report", "esi-contradicted", DESK, "light", ""),
    ("report-dark", "facet-letter-only", DESK, "dark", ""),
    ("report-phone", "facet-letter-only", PHONE, "light", ""),
    ("requirement", "esi-contradicted", DESK, "light", "#criteria"),
    ("treatments", "rfa-relief-too-small", DESK, "light", "#trials"),
    ("timeline", "rfa-relief-too-small", DESK, "light", "#timeline"),
    ("page", "esi-contradicted", DESK, "light", "#pages figure:has(img)"),
)


def main() -> None:
    """Draw every picture anew."""
    program = shutil.which("chromium")
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for name, example, size, scheme, place in SHOTS:
            _shoot(browser, _report(example, Path(folder)), name, size, scheme, place)
    with TemporaryDirectory() as folder, sync_playwright() as playwright, serving(Path(folder)) as (address, cookie):
        office = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = office.new_context(viewport={"width": DESK[0], "height": DESK[1]}).new_page()
        page.context.add_cookies([{"name": "mednec", "value": cookie, "url": address}])
        page.goto(address)
        _keep(page.screenshot(), "office-queue")
        page.goto(f"{address}/dashboard")
        _keep(page.screenshot(), "office-dashboard")
        page.goto(f"{address}/?show=conflicting")
        page.locator("tbody a").first.click()
        page.get_by_role("link", name="Audit beside the chart").click()
        page.locator(".card summary").first.click()
        page.locator("[data-quote]").nth(5).click()
        _keep(page.screenshot(), "office-audit")


def _report(example: str, folder: Path) -> Path:
    path = folder / f"{example}.html"
    if not path.exists():
        chart = ROOT / "examples" / example
        case = examine(chart / "chart", parse_request(read_fields(chart / "request.yaml")))
        path.write_text(report_page(case), encoding="utf-8")
    return path


def _shoot(browser: Browser, page: Path, name: str, size: tuple[int, int], *look: str) -> None:
    scheme, place = look
    opened = browser.new_page(viewport={"width": size[0], "height": size[1]}, color_scheme=scheme)  # type: ignore[arg-type]
    opened.goto(page.as_uri())
    if place:
        opened.locator(place).first.evaluate("one => window.scrollTo(0, one.getBoundingClientRect().top - 16)")
    _keep(opened.screenshot(), name)
    opened.close()


def _keep(picture: bytes, name: str) -> None:
    shot = Image.open(io.BytesIO(picture)).convert("RGB")
    shot.quantize(256, dither=Image.Dither.NONE).save(PICTURES / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
