"""Addresses of the desk: telephone, counter, petition, call list and print queue."""

from django.urls import URLPattern, URLResolver, path

from .call import desk_help, desk_new, unit_new
from .cimer import cimer_answer, cimer_list
from .lists import call_list, message_resend, print_queue
from .person import desk_people, person, person_reveal
from .saved import desk_saved, staff_receipt

urlpatterns: list[URLPattern | URLResolver] = [
    path("yeni/", desk_new, name="desk_new"),
    path("yeni/yardim/", desk_help, name="desk_help"),
    path("yeni/<str:number>/", desk_saved, name="desk_saved"),
    path("birim/yeni/", unit_new, name="unit_new"),
    path("kisiler/ara/", desk_people, name="desk_people"),
    path("kisi/<int:pk>/", person, name="person"),
    path("kisi/<int:pk>/kimlik/", person_reveal, name="person_reveal"),
    path("basvuru/<str:number>/makbuz.pdf", staff_receipt, name="staff_receipt"),
    path("arama-listesi/", call_list, name="call_list"),
    path("cimer/", cimer_list, name="cimer_list"),
    path("cimer/<str:number>/", cimer_answer, name="cimer_answer"),
    path("baski/", print_queue, name="print_queue"),
    path("bildirim/<int:pk>/yeniden/", message_resend, name="message_resend"),
]
