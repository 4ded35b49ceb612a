"""Who was called for a case in the night, when, and who took it: lines for the story of the case."""

from django.utils.translation import gettext as _

from mimer.cases.models import Case
from mimer.notify.alarms import calls_at_night
from mimer.notify.models import AlarmCall

from .case_story import Entry, Story

# So many calls of one case are told; a case that rang for days has said it all by then.
TOLD = 60


def alarm_entries(case: Case, story: Story) -> list[Entry]:
    """A line for each call and one for the end of each alarm, in one query; none where nothing ever called anybody."""
    if not (calls_at_night(case) or story.has("reclassify")):
        return []
    rows = AlarmCall.objects.filter(alarm__case=case).select_related("staff", "alarm__ended_by").order_by("at", "pk")
    found, alarms = [], {}
    for call in rows[:TOLD]:
        alarms[call.alarm_id] = call.alarm
        if call.staff is None:
            found.append(Entry(call.at, "bell", "yours", _("Nöbet çağrısı: kimseye ulaşılamadı")))
        else:
            named = {"name": call.staff.full_name, "post": call.get_called_as_display()}
            found.append(Entry(call.at, "bell", "plain", _("Nöbet çağrısı: %(name)s, %(post)s") % named))
    for alarm in alarms.values():
        if alarm.ended_at is not None:
            who = alarm.ended_by.full_name if alarm.ended_by else ""
            found.append(Entry(alarm.ended_at, "check", "plain", str(alarm.get_ending_display()), who))
    return found
