"""The administrator's pages: every table opens and saves, errors say what to do, nothing is closed while work hangs on it."""

import io
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from mimer.cases.clocks import house_calendar
from mimer.cases.models import Case
from mimer.municipality.hours import TO
from mimer.municipality.models import (
    Holiday,
    Municipality,
    OpeningHours,
    RoleAssignment,
    SensitiveAccess,
    Staff,
    Subject,
    TableChange,
    Unit,
)
from mimer.municipality.roles import Role
from mimer.privacy.models import CaseView, Reveal
from mimer.web.administrator.tables import TABLES
from mimer.web.forms.administrator import MunicipalityForm
from tests.cast import PASSWORD, House

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def selin(client: Client, house: House) -> Client:
    """The administrator, signed in."""
    client.force_login(house.administrator, backend=BACKEND)
    return client


def text(response: Any) -> str:
    return str(response.content.decode())


def filled(client: Client, path: str, **changes: Any) -> dict[str, Any]:
    """What the page's form would send if only these fields were changed."""
    context = client.get(path).context
    data: dict[str, Any] = {}
    for form in [context["form"], *(context.get("parts") or [])]:
        for field in form:
            value = field.value()
            if field.field.__class__.__name__ != "FileField" and value is not False and value not in (None, ""):
                data[field.html_name] = value
    if context.get("parts"):
        data |= {field.html_name: field.value() for field in context["parts"].management_form}
    return {name: value for name, value in (data | changes).items() if value is not None}


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.code)
def test_every_table_opens_as_a_list_and_as_an_empty_form(table: Any, selin: Client) -> None:
    page = selin.get(f"/is/yonetim/{table.code}/")
    assert page.status_code == 200
    assert str(table.label) in text(page)
    assert selin.get(f"/is/yonetim/{table.code}/yeni/").status_code == 200


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.code)
def test_an_empty_form_is_refused_in_plain_words(table: Any, selin: Client) -> None:
    parts = {"part-TOTAL_FORMS": 0, "part-INITIAL_FORMS": 0} if table.part else {}
    page = text(selin.post(f"/is/yonetim/{table.code}/yeni/", parts))
    assert "Bir sorun var" in page
    assert "Bu alan zorunludur" not in page
    assert "<title>Hata: " in page


@pytest.mark.parametrize("form", [*(table.form for table in TABLES), MunicipalityForm], ids=lambda form: form.__name__)
def test_the_layout_of_a_form_leaves_no_field_out(form: Any) -> None:
    laid = [name for _heading, lines in form.layout for line in lines for name in line.split()]
    assert not form.layout or sorted(laid) == sorted(form.base_fields)


def test_a_list_is_narrowed_however_the_word_is_typed(selin: Client) -> None:
    for typed in ("ÇUKURU yol", "cukuru YOL"):
        page = text(selin.get("/is/yonetim/konular/", {"ara": typed}))
        assert "Yol çukuru" in page
        assert "Su kesintisi" not in page
    assert "Bulunamadı" in text(selin.get("/is/yonetim/konular/", {"ara": "zürafa"}))


def test_the_list_of_staff_shows_roles_in_a_constant_number_of_queries(
    selin: Client, house: House, django_assert_max_num_queries: Any
) -> None:
    assert "Birim görevlisi (Ulaşım Hizmetleri Müdürlüğü)" in text(selin.get("/is/yonetim/personel/"))
    for number in range(20):
        staff = Staff.objects.create(email=f"yeni{number}@ornek.example", given_name="Yeni")
        RoleAssignment.objects.create(staff=staff, role=Role.OFFICER, unit=house.transport)
    with django_assert_max_num_queries(10):
        selin.get("/is/yonetim/personel/")


def test_a_change_is_saved_and_told_with_before_and_after(selin: Client, house: House) -> None:
    path = f"/is/yonetim/konular/{house.pothole.pk}/"
    assert selin.post(path, filled(selin, path, target_hours=24)).status_code == 302
    house.pothole.refresh_from_db()
    assert house.pothole.target_hours == 24
    change = TableChange.objects.get()
    assert (change.staff, change.row_name, change.kind) == (house.administrator, "Yol çukuru", "changed")
    assert change.details == [["target_hours", "40", "24"]]
    for shown in (selin.get("/is/yonetim/"), selin.get("/is/yonetim/degisiklikler/"), selin.get(path)):
        assert "Hedef süre (saat)" in text(shown)
        assert "<del>40</del>" in text(shown)


def test_saving_without_a_change_tells_nothing(selin: Client, house: House) -> None:
    path = f"/is/yonetim/birimler/{house.zoning.pk}/"
    assert selin.post(path, filled(selin, path)).status_code == 302
    assert not TableChange.objects.exists()


def test_a_new_member_of_staff_gets_a_password_and_a_role(selin: Client, house: House) -> None:
    data = {
        "given_name": "Işıl", "family_name": "Çınar", "email": "Isil@Ornek.example", "language": "tr",
        "password": "tulip-glass-19",
        "part-TOTAL_FORMS": 2, "part-INITIAL_FORMS": 0, "part-0-role": "officer", "part-0-unit": house.transport.pk,
    }  # fmt: skip
    assert selin.post("/is/yonetim/personel/yeni/", data).status_code == 302
    staff = Staff.objects.get(email="isil@ornek.example")
    assert staff.check_password("tulip-glass-19")
    assert staff.scope.roles == {("officer", house.transport.pk)}
    assert "tulip" not in str(list(TableChange.objects.values()))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"password": "123"}, "10 karakter"),
        ({"email": "agent@ornek.example"}, "Bu e-posta adresiyle başka bir hesap var"),
        ({"part-0-unit": None}, "Bu görev için birim seçin"),
        ({"part-1-role": "officer", "part-1-unit": "same"}, "Bu satır yukarıda da yazılı; birini silin"),
    ],
)
def test_what_is_wrong_with_a_member_of_staff_is_said(
    changes: dict[str, Any], sentence: str, selin: Client, house: House
) -> None:
    path = f"/is/yonetim/personel/{house.officer.pk}/"
    same = {name: house.transport.pk if value == "same" else value for name, value in changes.items()}
    page = text(selin.post(path, filled(selin, path, **same)))
    assert sentence in page
    assert Staff.objects.get(pk=house.officer.pk).check_password(PASSWORD)


def test_a_new_password_is_set_without_ever_being_written_down(selin: Client, house: House) -> None:
    path = f"/is/yonetim/personel/{house.officer.pk}/"
    selin.post(path, filled(selin, path, password="tulip-glass-19"))
    assert Staff.objects.get(pk=house.officer.pk).check_password("tulip-glass-19")
    assert TableChange.objects.get().details == [["password", "", ""]]


def test_the_last_administrator_cannot_give_her_role_away(selin: Client, house: House) -> None:
    path = f"/is/yonetim/personel/{house.administrator.pk}/"
    page = text(selin.post(path, filled(selin, path, **{"part-0-DELETE": "on"})))
    assert "En az bir etkin sistem yöneticisi kalmalı" in page
    assert RoleAssignment.objects.filter(staff=house.administrator).exists()


def test_nobody_closes_her_own_account_nor_the_last_administrators(selin: Client, house: House) -> None:
    page = text(selin.post(f"/is/yonetim/personel/{house.administrator.pk}/kaldir/", follow=True))
    assert "Kendi hesabınızı kapatamazsınız" in page
    assert Staff.objects.get(pk=house.administrator.pk).is_active


def test_closing_an_account_names_the_posts_she_leaves_and_can_be_undone(selin: Client, house: House) -> None:
    Unit.objects.filter(pk=house.transport.pk).update(head=house.head)
    page = text(selin.post(f"/is/yonetim/personel/{house.head.pk}/kaldir/", follow=True))
    assert not Staff.objects.get(pk=house.head.pk).is_active
    assert "hâlâ müdür, sorumlu ya da yedek görünüyor: Ulaşım Hizmetleri Müdürlüğü" in page
    back = f"/is/yonetim/personel/{house.head.pk}/kullan/"
    assert f'action="{back}"' in page
    selin.post(back)
    assert Staff.objects.get(pk=house.head.pk).is_active
    assert [change.kind for change in TableChange.objects.order_by("pk")] == ["closed", "opened"]


def test_a_unit_with_open_cases_stays_and_the_sentence_counts_them(selin: Client, house: House) -> None:
    path = f"/is/yonetim/birimler/{house.transport.pk}/kaldir/"
    house.assigned()
    house.assigned()
    assert "Bu birimde 2 açık başvuru var" in text(selin.post(path, follow=True))
    Case.objects.update(unit=house.zoning)
    assert "Bu birime bağlı 1 konu var" in text(selin.post(path, follow=True))
    Subject.objects.filter(unit=house.transport).update(active=False)
    assert "kullanımdan kaldırıldı" in text(selin.post(path, follow=True))
    assert not Unit.objects.get(pk=house.transport.pk).active


def test_more_than_a_hundred_are_not_counted_on(selin: Client, house: House, monkeypatch: Any) -> None:
    monkeypatch.setattr("mimer.web.administrator.refusals.COUNTED", 1)
    house.assigned()
    house.assigned()
    page = text(selin.post(f"/is/yonetim/birimler/{house.transport.pk}/kaldir/", follow=True))
    assert "100&#x27;den çok açık başvuru var" in page


def test_a_subject_that_becomes_sensitive_takes_its_cases_along(selin: Client, house: House) -> None:
    case = house.assigned()
    path = f"/is/yonetim/konular/{house.pothole.pk}/"
    selin.post(path, filled(selin, path, sensitive="on"))
    assert not Case.objects.visible_to(house.officer).filter(pk=case.pk).exists()
    selin.post(path, filled(selin, path, sensitive=None))
    assert Case.objects.visible_to(house.officer).filter(pk=case.pk).exists()


def test_who_sees_a_sensitive_subject_is_chosen_by_name_and_written_down(selin: Client, house: House) -> None:
    path = f"/is/yonetim/hassas-konular/{house.staff_complaint.pk}/"
    assert "Hatice Deneme" in text(selin.get("/is/yonetim/hassas-konular/"))
    selin.post(path, {"named": [house.auditor.pk, "x-1", "99999999"]})
    assert list(SensitiveAccess.objects.values_list("staff", flat=True)) == [house.auditor.pk]
    assert TableChange.objects.get().details == [
        ["named_staff", "", "Derya Deneme"],
        ["named_staff", "Hatice Deneme", ""],
    ]
    selin.post(path, {})
    assert "Hiç kimse" in text(selin.get("/is/yonetim/hassas-konular/"))
    assert selin.get(f"/is/yonetim/hassas-konular/{house.pothole.pk}/").status_code == 404


def test_opening_hours_may_not_overlap_nor_end_before_they_begin(selin: Client, house: House) -> None:
    path = "/is/yonetim/saatler/yeni/"
    assert f"Bu aralık 08.00{TO}17.00 ile çakışıyor" in text(
        selin.post(path, {"weekday": 0, "opens": "16:00", "closes": "18:00"})
    )
    assert "Kapanış açılıştan sonra olmalı" in text(
        selin.post(path, {"weekday": 0, "opens": "18:00", "closes": "17:30"})
    )
    assert selin.post(path, {"weekday": 0, "opens": "17:00", "closes": "18:00"}).status_code == 302
    assert house_calendar().ever_open
    assert OpeningHours.objects.filter(weekday=0).count() == 2


def test_the_calendar_of_this_process_forgets_the_old_hours(selin: Client, house: House) -> None:
    monday = date(2026, 11, 30)
    assert len(house_calendar().open_spans(monday, None)) == 1
    selin.post("/is/yonetim/tatiller/yeni/", {"date": "2026-11-30", "name_tr": "Yerel gün", "kind": "local"})
    assert house_calendar().open_spans(monday, None) == []
    assert Holiday.objects.get().edited


def test_holidays_are_filled_up_once_and_hand_made_ones_stay(selin: Client, house: House) -> None:
    assert "tatil günü eklendi" in text(selin.post("/is/yonetim/tatiller/yenile/", follow=True))
    total = Holiday.objects.count()
    assert "zaten yazılı" in text(selin.post("/is/yonetim/tatiller/yenile/", follow=True))
    assert Holiday.objects.count() == total


def test_the_same_holiday_twice_is_refused_with_a_sentence(selin: Client, house: House) -> None:
    day = {"date": "2026-11-30", "name_tr": "Yerel gün", "kind": "local"}
    selin.post("/is/yonetim/tatiller/yeni/", day)
    assert "Bu gün aynı türle zaten yazılı" in text(selin.post("/is/yonetim/tatiller/yeni/", day))


def test_what_has_a_history_cannot_be_deleted_and_what_was_deleted_is_remembered(selin: Client, house: House) -> None:
    hours = OpeningHours.objects.filter(weekday=4).get()
    selin.post(f"/is/yonetim/saatler/{hours.pk}/sil/")
    assert not OpeningHours.objects.filter(weekday=4).exists()
    assert ["weekday", "4", ""] in TableChange.objects.get().details
    category = house.pothole.category_id
    page = text(selin.post(f"/is/yonetim/basliklar/{category}/sil/", follow=True))
    assert "Bu kayda bağlı başka kayıtlar var" in page
    assert selin.post(f"/is/yonetim/birimler/{house.zoning.pk}/sil/").status_code == 404


def test_a_ready_answer_knows_its_variables(selin: Client, house: House) -> None:
    base = {"outcome": "positive", "title_tr": "Yapıldı"}
    path = "/is/yonetim/hazir-cevaplar/yeni/"
    assert "Bilinmeyen değişken: isim" in text(selin.post(path, base | {"text_tr": "Sayın {isim}"}))
    assert "Açılan her { için bir } yazın" in text(selin.post(path, base | {"text_tr": "Sayın {applicant"}))
    assert selin.post(path, base | {"text_tr": "Sayın {applicant}"}).status_code == 302


def test_questions_are_edited_with_their_subject(selin: Client, house: House) -> None:
    path = f"/is/yonetim/konular/{house.pothole.pk}/"
    new = {"part-0-text_tr": "Derin mi?", "part-0-code": "depth", "part-0-kind": "choice", "part-0-order": 0}
    page = text(selin.post(path, filled(selin, path, **new)))
    assert "Seçmeli soru için en az iki seçenek yazın" in page
    assert "Derin mi?" in page
    bad = new | {"part-0-choices": "derin"}
    assert "Her satırı “kod = Türkçe = İngilizce” biçiminde yazın" in text(selin.post(path, filled(selin, path, **bad)))
    good = new | {"part-0-choices": "deep = Derin = Deep\nflat = Sığ"}
    assert selin.post(path, filled(selin, path, **good)).status_code == 302
    assert house.pothole.questions.get().choices[1] == {"code": "flat", "tr": "Sığ", "en": ""}


# The municipality itself.


def picture(kind: str = "PNG") -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGBA" if kind == "PNG" else "RGB", (300, 200), "teal").save(out, kind)
    return SimpleUploadedFile(f"logo.{kind.lower()}", out.getvalue())


def test_a_pale_colour_is_refused_with_its_contrast(selin: Client) -> None:
    path = "/is/yonetim/belediye/"
    page = text(selin.post(path, filled(selin, path, colour="#ffcc00")))
    assert "Bu renk yazı için çok açık (kontrast 1," in page
    assert selin.post(path, filled(selin, path, colour="#7a1f3d")).status_code == 302
    css = selin.get("/kimlik/renkler.css")
    assert css["Content-Type"] == "text/css"
    assert "--brand:#7a1f3d;" in text(css)
    assert "/kimlik/renkler.css" in text(selin.get("/"))


def test_the_logo_is_a_png_by_its_content_and_is_shown_to_everybody(selin: Client) -> None:
    path = "/is/yonetim/belediye/"
    svg = SimpleUploadedFile("logo.png", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
    assert "logo.png eklenemedi" in text(selin.post(path, filled(selin, path, logo=svg)))
    assert "Logo PNG olmalı" in text(selin.post(path, filled(selin, path, logo=picture("JPEG"))))
    assert selin.post(path, filled(selin, path, logo=picture())).status_code == 302
    name = Municipality.objects.get().logo.name.removeprefix("logo/")
    assert f"/kimlik/{name}" in text(Client().get("/"))
    shown = Client().get(f"/kimlik/{name}")
    assert shown["Content-Type"] == "image/png"
    assert Client().get("/kimlik/baska.png").status_code == 404
    selin.post(path, filled(selin, path))
    assert Municipality.objects.get().logo, "an empty box keeps the logo"
    selin.post(path, filled(selin, path, drop_logo="on"))
    assert not Municipality.objects.get().logo


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"south": "39.5"}, "Kuzey sınırı güneyden büyük olmalı"),
        ({"east": None}, "Haritanın dört sınırını da yazın ya da hepsini boş bırakın"),
        ({"south": "kuzey"}, "Güney sınırı (enlem) bir sayı olmalı"),
        ({"name": None}, "Belediyenin adı boş kalmış; yazın"),
        ({"name": "a" * 201}, "Belediyenin adı en çok 200 karakter olabilir"),
        ({"website": "deneme belediyesi"}, "Web adresini https://www.ornek.bel.tr gibi yazın"),
    ],
)
def test_what_is_wrong_with_the_municipality_is_said_and_kept(
    changes: dict[str, Any], sentence: str, selin: Client
) -> None:
    path = "/is/yonetim/belediye/"
    page = text(selin.post(path, filled(selin, path, **{"address": "Yeni Mahalle 1"} | changes)))
    assert page.count(sentence) == 2
    assert "Yeni Mahalle 1" in page


# Who looked.


def test_the_auditor_reads_who_uncovered_what_but_not_whose_number_it_was(client: Client, house: House) -> None:
    Reveal.objects.create(person=house.ayse, staff=house.agent, reason="Borç sorgusu için", case_number="2026-000001")
    CaseView.objects.create(case=house.open(house.staff_complaint), staff=house.manager)
    client.force_login(house.auditor, backend=BACKEND)
    page = text(client.get("/is/yonetim/kimlik-kayitlari/"))
    assert "Borç sorgusu için" in page
    assert "A*** I***" in page
    assert "Işık" not in page
    assert "Hatice Deneme" in text(client.get("/is/yonetim/hassas-kayitlari/"))
    assert "Görüntüleme kayıtları" in text(client.get("/is/"))
    assert client.get("/is/yonetim/degisiklikler/").status_code == 403


def test_the_log_goes_on_over_pages(selin: Client, house: House) -> None:
    Reveal.objects.bulk_create(Reveal(person=house.ayse, staff=house.agent, reason=f"Neden {n}") for n in range(60))
    first = text(selin.get("/is/yonetim/kimlik-kayitlari/"))
    older = selin.get("/is/yonetim/kimlik-kayitlari/").context["older"]
    second = text(selin.get(f"/is/yonetim/kimlik-kayitlari/{older}"))
    assert "Neden 59" in first
    assert "Neden 9<" not in first
    assert "Neden 9<" in second


def test_a_lost_telephone_is_let_go_by_the_administrator(selin: Client, house: House) -> None:
    from allauth.mfa.models import Authenticator
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    TOTP.activate(house.officer, generate_totp_secret())
    assert "Telefonunu kaybetti" in text(selin.get(f"/is/yonetim/personel/{house.officer.pk}/"))
    selin.post(f"/is/yonetim/personel/{house.officer.pk}/ikinci-adim/")
    assert not Authenticator.objects.exists()
    assert TableChange.objects.get().details == [["second_factor", "", ""]]


@pytest.mark.parametrize(("name", "told"), [("administrator", False), ("auditor", False), ("named", True)])
def test_which_sensitive_case_was_opened_is_told_only_to_whoever_may_see_it(
    client: Client, house: House, name: str, told: bool
) -> None:
    case = house.open(house.staff_complaint)
    CaseView.objects.create(case=case, staff=house.manager)
    if name == "named":
        SensitiveAccess.objects.create(subject=house.staff_complaint, staff=house.auditor)
    client.force_login(house.administrator if name == "administrator" else house.auditor, backend=BACKEND)
    page = text(client.get("/is/yonetim/hassas-kayitlari/"))
    assert "Hatice Deneme" in page
    assert (case.number in page, "Personel şikâyeti" in page, "görme yetkiniz yok" in page) == (told, told, not told)
