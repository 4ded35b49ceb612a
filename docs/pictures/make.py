"""Takes the pictures of the documents anew: one case walked through the real pages of a demo installation of its own.

.venv/bin/python docs/pictures/make.py [--only inbox,case] [--into FOLDER]

The browser's own words (beside a file field) are Turkish where the distribution's chromium-l10n is installed.
"""

import argparse
import io
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).resolve().parent
DOORWAY = HERE.parents[1] / "bin" / "mimer"
CHROMIUM = "/usr/bin/chromium"
ISTANBUL = ZoneInfo("Europe/Istanbul")
HOME = {"latitude": 38.6940, "longitude": 35.4899}
TELEPHONE = {
    "geolocation": HOME,
    "permissions": ["geolocation"],
    "viewport": {"width": 390, "height": 844},
    "is_mobile": True,
    "has_touch": True,
    "device_scale_factor": 1.5,
}
DESK = {"viewport": {"width": 1280, "height": 760}}
WORDS = "Çay Sokak'ta kaldırım çökmüş, bebek arabasıyla yola inmek zorunda kalıyoruz."
PLACE = "Çay Sokak 5, bakkalın önü"


class Walk:
    """The pages of one installation, each member of staff in a browser of her own."""

    def __init__(
        self, browser: Browser, base: str, sign_ins: dict[str, dict[str, str]], save: Callable[..., None]
    ) -> None:
        self.browser, self.base, self.sign_ins, self.save = browser, base, sign_ins, save
        self.pages: dict[tuple[str, bool], Page] = {}

    def at(self, role: str, path: str, *, telephone: bool = False) -> Page:
        """The page at `path` as this role sees it ("" is the citizen)."""
        page = self.pages.get((role, telephone)) or self._sit_down(role, telephone)
        if not page.url.endswith(path):
            page.goto(self.base + path)
            page.wait_for_load_state("networkidle")
        return page

    def _sit_down(self, role: str, telephone: bool) -> Page:
        frame: dict[str, Any] = TELEPHONE if telephone else DESK
        page = self.browser.new_context(locale="tr-TR", timezone_id=str(ISTANBUL), **frame).new_page()
        self.pages[role, telephone] = page
        if role:
            page.goto(f"{self.base}/giris/")
            page.locator("[name=login]").fill(self.sign_ins[role]["email"])
            page.locator("[type=password]").fill(self.sign_ins[role]["password"])
            page.keyboard.press("Enter")
            page.wait_for_url("**/is/**")
        return page


def walk(walk: Walk) -> None:
    """The first page, an application, a call, the unit, the crew, the head, the answer; then the tables."""
    citizen(walk)
    number, code = application(walk)
    call(walk)
    unit(walk, number)
    crew(walk, number)
    head(walk)
    walk.save("tracked", walk.at("", f"/takip/{number}/{code}/", telephone=True))
    administrator(walk)


def citizen(walk: Walk) -> None:
    walk.save("start", walk.at("", "/"))
    walk.save("start-phone", walk.at("", "/", telephone=True))


def application(walk: Walk) -> tuple[str, str]:
    """A citizen applies on her telephone; returns the number and the code she gets."""
    page = walk.at("", "/", telephone=True)
    go_on = page.get_by_role("button", name="Devam et")
    page.get_by_role("link", name="Başvuru yapın").click()
    page.get_by_label("Kendi sözlerinizle anlatın").fill(WORDS)
    walk.save("words", page)
    go_on.click()
    page.get_by_label("Kaldırım onarımı").first.check()
    go_on.click()
    while not page.get_by_label("Adres ya da tarif").is_visible():
        for group in page.get_by_role("group").all():
            group.get_by_role("radio").first.check()
        go_on.click()
    page.get_by_label("Adres ya da tarif").fill(PLACE)
    page.get_by_role("button", name="Bulunduğum yeri kullan").click()
    page.locator(".leaflet-marker-icon").first.wait_for()
    walk.save("place", page)
    go_on.click()
    page.get_by_label("Adınız", exact=True).fill("Ayşe")
    page.get_by_label("Soyadınız").fill("Işık")
    page.get_by_label("E-posta ile").check()
    page.get_by_label("E-posta adresiniz").fill("ayse.isik@example.org")
    go_on.click()
    page.get_by_role("button", name="Başvuruyu gönder").click()
    page.wait_for_url("**/basvuru/tamam/**")
    walk.save("applied", page)
    number, code = page.url.rstrip("/").split("/")[-2:]
    return number, code


def call(walk: Walk) -> None:
    """A neighbour calls about a pothole; the agent writes while she talks."""
    page = walk.at("agent", "/is/yeni/")
    page.keyboard.type("0500 000 23 23")
    page.locator("#found [name=choose]").first.wait_for()
    page.keyboard.press("Enter")
    page.locator("#caller .caller-line").wait_for()
    page.locator("[name=text]:focus").wait_for()
    page.keyboard.type("Okulun önündeki yolda derin bir çukur var, dün bir motosikletli düştü")
    page.locator("#suggestions button", has_text="Yol çukuru").click()
    page.locator("#promise").get_by_text("Müdürlüğü").wait_for()
    page.locator("[name=address]").fill("Gültepe Caddesi 12")
    page.locator("[name=neighbourhood]").select_option(label="Gültepe")
    page.wait_for_load_state("networkidle")
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    walk.save("call", page)
    for group in page.locator(".questions").get_by_role("group").all():
        group.get_by_role("radio").first.check()
    page.keyboard.press("Control+Enter")
    page.wait_for_url(re.compile(r"/is/yeni/\d{4}-"))
    walk.save("saved", page)
    walk.save("call-list", walk.at("agent", "/is/arama-listesi/"))


def unit(walk: Walk, number: str) -> None:
    """The officer finds it, takes it on and plans it for today."""
    page = walk.at("officer", "/is/gelen/")
    page.get_by_role("link", name="Birimimin").click()
    page.wait_for_load_state("networkidle")
    walk.save("inbox", page)
    page = walk.at("officer", f"/is/basvuru/{number}/")
    walk.save("case", page)
    page.keyboard.press("a")
    page.get_by_text("İşleme aldınız").wait_for()
    form = page.locator("form[data-verb=plan]")
    if not form.is_visible():
        page.locator("details:has([hx-get$='/plan/']) > summary").click()
    form.locator("[type=date]").fill(datetime.now(ISTANBUL).date().isoformat())
    form.locator("select[name=crew]").select_option(label="Kaldırım Ekibi")
    form.get_by_role("button", name="Programa al").click()
    page.get_by_text("Programa aldınız").wait_for()


def crew(walk: Walk, number: str) -> None:
    """The field worker goes there and photographs what was done."""
    walk.save("field", walk.at("field_worker", "/is/saha/", telephone=True))
    page = walk.at("field_worker", f"/is/saha/{number}/", telephone=True)
    page.locator("summary", has_text="Yapıldı").click()
    walk.save("job", page)
    page.set_input_files("#yapildi_photos", {"name": "sonra.jpg", "mimeType": "image/jpeg", "buffer": _pavement()})
    page.locator("details[open] button", has_text="Yapıldı").click()
    page.get_by_text("elinize sağlık").wait_for()


def head(walk: Walk) -> None:
    """The head looks at her unit's day and at an answer that waits for her."""
    walk.save("home", walk.at("centre_manager", "/is/"))
    page = walk.at("unit_head", "/is/basvurular/?state=in_approval")
    row = page.locator("tbody tr", has_not_text=walk.sign_ins["unit_head"]["name"])
    row.locator("a[href^='/is/basvuru/']").first.click()
    page.locator("form[data-verb=approve]").wait_for()
    walk.save("approve", page)


def administrator(walk: Walk) -> None:
    walk.save("administration", walk.at("administrator", "/is/yonetim/"))
    page = walk.at("administrator", "/is/yonetim/konular/?q=kald%C4%B1r%C4%B1m")
    page.get_by_role("link", name="ULS-").first.click()
    page.wait_for_load_state("networkidle")
    walk.save("subject", page)


def _pavement() -> bytes:
    """Grey slabs with their joints."""
    picture = Image.new("RGB", (640, 480), (156, 152, 146))
    for top in range(0, 480, 60):
        for left in range(-40 if top % 120 else 0, 640, 80):
            shade = 132 + (left * 7 + top * 3) % 28
            picture.paste((shade, shade - 3, shade - 8), (left, top, left + 76, top + 56))
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=80)
    return file.getvalue()


def keeper(folder: Path, only: list[str]) -> Callable[..., None]:
    """Saves a page as a small PNG with a palette; says how large it came out."""

    def save(name: str, page: Page) -> None:
        if only and name not in only:
            return
        page.wait_for_load_state("networkidle")
        picture = Image.open(io.BytesIO(page.screenshot(animations="disabled"))).convert("RGB")
        picture.quantize(128, dither=Image.Dither.NONE).save(folder / f"{name}.png", optimize=True)
        print(f"{name}.png  {picture.width}x{picture.height}  {(folder / f'{name}.png').stat().st_size // 1024} KB")

    return save


@contextmanager
def demo() -> Iterator[tuple[str, dict[str, dict[str, str]]]]:
    """A demo installation in a scratch folder, served until the pictures are taken: its address and its sign-ins."""
    with tempfile.TemporaryDirectory(prefix="mimer-pictures-") as scratch, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port, sheet = probe.getsockname()[1], Path(scratch) / "sign-ins.json"
        probe.close()
        environment = {key: value for key, value in os.environ.items() if not key.startswith("MIMER_")}
        environment |= {"MIMER_DATA_DIR": scratch, "PORT": str(port), "MIMER_RATE_LIMITS": "0"}

        def run(*arguments: str) -> None:
            subprocess.run([DOORWAY, *arguments], env=environment, check=True, stdout=sys.stderr)

        run("manage", "migrate", "--verbosity=0")
        run("seed", "melikgazi", "--credentials", str(sheet))
        run("manage", "collectstatic", "--no-input", "--verbosity=0")
        server = subprocess.Popen([DOORWAY, "serve"], env=environment)
        try:
            _await(port)
            yield f"http://127.0.0.1:{port}", {entry["role"]: entry for entry in json.loads(sheet.read_text())}
        finally:
            server.terminate()
            server.wait(timeout=30)


def _await(port: int) -> None:
    for _try in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit("the demo did not come up")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--only", default="", help="save only these, comma separated")
    options.add_argument("--into", type=Path, default=HERE)
    chosen = options.parse_args()
    save = keeper(chosen.into, [name for name in chosen.only.split(",") if name])
    speaks_turkish = {**os.environ, "LANGUAGE": "tr"}
    with demo() as (base, sign_ins), sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"], env=speaks_turkish
        )
        walk(Walk(browser, base, sign_ins, save))
        browser.close()


if __name__ == "__main__":
    main()
