"""The ways of hearing from us as a form offers them: none that nothing carries now."""

from typing import Any

from django import forms

from mimer.municipality.kinds import Way
from mimer.notify.ways import WAYS


def offer_ways(form: forms.Form) -> bool:
    """Hides SMS while nothing sends one, except from whoever prefers it already; whether it is offered."""
    field, chosen = form.fields["preferred_way"], form["preferred_way"].value()
    assert isinstance(field, forms.ChoiceField)
    offered = chosen == Way.SMS or not WAYS[Way.SMS].missing()
    choices: Any = field.choices
    field.widget.choices = [choice for choice in choices if offered or choice[0] != Way.SMS]
    return offered
