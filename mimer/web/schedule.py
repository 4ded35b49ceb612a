"""What runs in the background: the worker's chores in every round, and each task with its hour, all in one place."""

from datetime import time

from django.contrib.sessions.backends.db import SessionStore

from mimer.cases.passing_time import climb_ladder, close_answered, end_silences, end_unpaid
from mimer.cases.seals import seal_days
from mimer.insight.reminders import remind_of_report
from mimer.intake.retention import forget_drafts
from mimer.jobs.schedule import daily, every, forget_old_runs, monthly
from mimer.jobs.worker import chore
from mimer.municipality.holidays import bring_coming_holidays
from mimer.notify.alarms import ring
from mimer.notify.delivery import deliver
from mimer.notify.morning import send_digests
from mimer.notify.reading import read_events, settle
from mimer.privacy.breaches import remind_of_breaches

chore(read_events)
chore(ring)
chore(deliver)

every(minutes=5)(settle)
every(minutes=15)(close_answered)
every(minutes=15)(end_silences)
every(minutes=60)(end_unpaid)
every(minutes=5)(climb_ladder)
every(minutes=60)(forget_drafts)
every(minutes=15)(remind_of_breaches)
daily(at=time(2, 30))(seal_days)
daily(at=time(3))(SessionStore.clear_expired)
daily(at=time(3, 30))(forget_old_runs)
daily(at=time(8))(send_digests)
monthly(at=time(4))(bring_coming_holidays)
daily(at=time(8))(remind_of_report)
