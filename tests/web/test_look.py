"""The components say what they are told: errors twice in the same words, how long is left, a word with every shape."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django import forms
from django.template import engines
from django.utils import translation

from mimer.web.unit.rows import Row

WEB = Path(__file__).parents[2] / "mimer" / "web"
NOW = datetime(2026, 1, 14, 9, 0, tzinfo=UTC)


class Form(forms.Form):
    text = forms.CharField(label="Ne oldu?", help_text="Anlatın", error_messages={"required": "Ne olduğunu yazın"})
    way = forms.ChoiceField(
        label="Nasıl ulaşalım?",
        choices=[("e", "E-posta"), ("p", "Telefon")],
        widget=forms.RadioSelect,
        error_messages={"required": "Bir yol seçin"},
    )
    phone = forms.CharField(label="Telefon", required=False)


def show(source: str, **context: Any) -> str:
    """Render a small template as if it were a file: cotton compiles its tags only in its loader, so it is done here."""
    from django_cotton.compiler_regex import CottonCompiler

    return engines["django"].from_string(CottonCompiler().process(source)).render(context)


def row_of(**changes: Any) -> Row:
    row = Row(
        pk=1, href="/is/1/", number="2026-000001", channel="phone", what="Çukur", words="Büyük bir çukur", where="Fatih",
        who="", state="assigned", state_label="Havale edildi", due=NOW + timedelta(days=5), by_law=False, paused=False,
        supporters=0, locked=False,
    )  # fmt: skip
    return replace(row, **changes)


def test_an_error_stands_above_the_form_and_beside_the_field_in_the_same_words() -> None:
    page = show('<c-error-summary :form="form" /><c-field :field="form.text" />', form=Form({}))
    assert page.count("Ne olduğunu yazın") == 2
    assert 'href="#id_text"' in page
    assert 'id="id_text_error"' in page
    assert 'aria-describedby="id_text_helptext id_text_error"' in page


def test_the_summary_leads_to_the_first_of_several_choices() -> None:
    page = show('<c-error-summary :form="form" /><c-field :field="form.way" />', form=Form({}))
    assert 'href="#id_way_0"' in page
    assert 'id="id_way_0"' in page
    assert "<legend" in page


def test_without_errors_there_is_no_summary() -> None:
    assert show('<c-error-summary :form="form" />', form=Form()).strip() == ""


def test_only_fields_that_may_stay_empty_say_so() -> None:
    with translation.override("tr"):
        page = show('<c-field :field="form.text" />|<c-field :field="form.phone" />', form=Form())
    asked, free = page.split("|")
    assert "(isteğe bağlı)" not in asked
    assert "(isteğe bağlı)" in free


def test_words_typed_by_people_are_escaped_in_components() -> None:
    bad = "<script>alert(1)</script>"
    page = show(
        '<c-card title="{{ bad }}">{{ bad }}</c-card><c-case-table :rows="rows" select="1" />'
        '<c-timeline-entry title="{{ bad }}">{{ bad }}</c-timeline-entry>'
        '<c-summary-row label="x">{{ bad }}</c-summary-row>'
        '<c-disclosure summary="{{ bad }}">{{ bad }}</c-disclosure><c-attachment href="#" name="{{ bad }}" />',
        bad=bad,
        rows=[row_of(number=bad, what=bad, words=bad, where=bad, who=bad, state_label=bad)],
    )
    assert "<script" not in page
    assert page.count("&lt;script&gt;") >= 10


@pytest.mark.parametrize(
    ("left", "level", "words"),
    [
        (timedelta(days=5), "calm", "5 gün kaldı"),
        (timedelta(hours=3), "soon", "3 saat kaldı"),
        (timedelta(days=-2), "late", "2 gün gecikti"),
    ],
)
def test_how_long_is_left_is_told_by_shape_and_word(left: timedelta, level: str, words: str) -> None:
    with time_machine.travel(NOW, tick=False), translation.override("tr"):
        page = show('<c-due :at="at" />', at=NOW + left)
    assert f"due-{level}" in page
    assert words in page
    assert "<svg" in page


def test_a_stopped_clock_says_so_instead_of_counting() -> None:
    with translation.override("tr"):
        page = show('<c-due :at="at" paused="1" />', at=NOW)
    assert "süre durdu" in page
    assert "gecikti" not in page


def test_a_line_of_the_inbox_tells_what_where_who_and_how_long_is_left() -> None:
    with time_machine.travel(NOW, tick=False), translation.override("tr"):
        page = show('<c-case-table :rows="rows" />', rows=[row_of(supporters=2, locked=True)])
    text = re.sub(r"<[^>]+>", " ", page)
    for words in ("2026-000001", "Çukur", "Büyük bir çukur", "Fatih", "sahipsiz", "Havale edildi", "5 gün kaldı", "+2"):
        assert words in text
    assert "gizli konu" in text
    assert "checkbox" not in page


def test_a_case_without_a_due_date_shows_none() -> None:
    assert show('<c-due :at="at" />', at=None).strip() == ""


def test_ten_states_show_the_citizen_five_words() -> None:
    from mimer.cases.states import State

    with translation.override("tr"):
        words = {re.sub(r"<[^>]+>", "", show('<c-status :state="state" />', state=state)).strip() for state in State}
    assert words == {"Alındı", "İnceleniyor", "Sizden bilgi bekleniyor", "Yanıtlandı", "Kapandı"}


def test_every_icon_that_a_template_names_is_drawn() -> None:
    drawn = set(re.findall(r'<symbol id="([^"]+)"', (WEB / "static/mimer/img/icons.svg").read_text()))
    named = set()
    for template in (WEB / "templates").rglob("*.html"):
        text = template.read_text()
        named |= set(re.findall(r'{% icon "([^"]+)"', text))
        named |= set(re.findall(r'<c-[a-z-]+\s[^>]*?\bicon="([a-z-]+)"', text))
    assert named - drawn == set()


def test_every_status_and_channel_has_its_drawing() -> None:
    from mimer.cases.states import CitizenTag
    from mimer.municipality.kinds import Channel
    from mimer.web.templatetags.look import CHANNEL_ICONS

    drawn = set(re.findall(r'<symbol id="([^"]+)"', (WEB / "static/mimer/img/icons.svg").read_text()))
    assert {f"status-{tag}" for tag in CitizenTag.values} <= drawn
    assert set(CHANNEL_ICONS) == set(Channel.values)
    assert set(CHANNEL_ICONS.values()) <= drawn


def test_no_template_styles_or_scripts_in_line() -> None:
    wrong = re.compile(r'\sstyle="|\son[a-z]+="|<style|<script(?![^>]*(?:\ssrc=|type="application/json"))')
    found = [t.name for t in (WEB / "templates").rglob("*.html") if wrong.search(t.read_text())]
    assert found == []
