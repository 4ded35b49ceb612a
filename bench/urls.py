"""All addresses of the product and the bare view beside them."""

from django.urls import include, path

from bench.bare import bare_intake

urlpatterns = [path("bench/bare/", bare_intake), path("", include("mimer.urls"))]
