"""How a citizen walks through the wizard in the tests: the pages one after another, with answers that may be changed."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from mimer.cases.models import Case

CONTACT = {
    "who": "named",
    "given_name": "Ayşe",
    "family_name": "Işık",
    "preferred_way": "phone",
    "phone": "0532 123 45 67",
}


class Walk:
    """One browser on its way through the wizard."""

    def __init__(self, client: Client, house: Any) -> None:
        self.client, self.house, self.url = client, house, reverse("apply")

    def send(self, **data: Any) -> Any:
        """Sends the page it stands on; goes on when it was taken."""
        response = self.client.post(self.url, data)
        if response.status_code == 302:
            self.url = response["Location"].split("#")[0]
        return response

    def words(self, text: str = "Kaldırımda büyük bir çukur var", **more: Any) -> Any:
        return self.send(text=text, **more)

    def subject(self, subject: Any = None) -> Any:
        return self.send(subject=(subject or self.house.pothole).pk)

    def place(self, **more: Any) -> Any:
        return self.send(**{"address": "Çay Sokak 5", "neighbourhood": self.house.fatih.pk} | more)

    def contact(self, **more: Any) -> Any:
        return self.send(**CONTACT | more)

    def to_check(self) -> "Walk":
        """Everything up to the check page."""
        for _page in (self.words(), self.subject(), self.place(), self.contact()):
            assert _page.status_code == 302, errors(_page)
        assert self.step == "kontrol"
        return self

    def finish(self) -> Case:
        """Sends the application; the case it became."""
        response = self.send()
        assert response.status_code == 302, errors(response)
        number = self.url.split("/")[3]
        return Case.objects.by_number(number).get()

    @property
    def step(self) -> str:
        return self.url.rstrip("/").split("/")[-1]


def errors(response: Any) -> list[str]:
    """The sentences beside the fields and above the form."""
    found = [response.context.get("sentence", "")] if response.context else []
    form = response.context.get("form") if response.context else None
    return [*filter(None, found), *(str(error) for rows in (form.errors.values() if form else []) for error in rows)]


def photo(name: str = "cukur.jpg", colour: str = "grey", gps: tuple[float, float] | None = None) -> SimpleUploadedFile:
    """A small picture, made on the spot; with the place where it was taken if asked for."""
    out, picture = BytesIO(), Image.new("RGB", (64, 48), colour)
    exif = Image.Exif()
    if gps:
        lat, lon = gps
        exif[0x8825] = {1: "N", 2: tuple(_sexagesimal(lat)), 3: "E", 4: tuple(_sexagesimal(lon))}
    picture.save(out, "JPEG", exif=exif)
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


def _sexagesimal(degrees: float) -> Iterator[float]:
    minutes = (degrees % 1) * 60
    yield float(int(degrees))
    yield float(int(minutes))
    yield round((minutes % 1) * 60, 4)
