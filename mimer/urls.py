"""All addresses: the citizen's at the root, signing in at /giris/, the house's work under /is/."""

from django.conf.urls.i18n import urlpatterns as language_urls
from django.urls import include, path

from mimer.web.components import components
from mimer.web.ground import ground
from mimer.web.identity import colours, logo

urlpatterns = [
    path("", include("mimer.web.citizen.urls")),
    path("", include("mimer.web.account.urls")),
    path("zemin.geojson", ground, name="ground"),
    path("kimlik/renkler.css", colours, name="colours"),
    path("kimlik/<str:name>", logo, name="logo"),
    path("dil/", include(language_urls)),
    path("is/", include("mimer.web.unit.urls")),
    path("is/", include("mimer.web.desk.urls")),
    path("is/", include("mimer.web.manager.urls")),
    path("is/saha/", include("mimer.web.field.urls")),
    path("is/yonetim/", include("mimer.web.administrator.urls")),
    path("api/", include("mimer.api.urls")),
    path("bilesenler/", components, name="components"),
]
