"""Where a point lies: outlines brought in from GeoJSON, names in any spelling, and the nearest middle without outlines."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command

from mimer.municipality.gazetteer import Gazetteer
from mimer.municipality.models import Neighbourhood
from mimer.municipality.outlines import BadOutlines, load_outlines
from mimer.municipality.seed import load_municipality
from mimer.municipality.where import neighbourhood_at
from tests.shared_data import SHARED, needs_shared

REAL = SHARED / "geo" / "melikgazi_mahalle_61.geojson"
pytestmark = pytest.mark.django_db


def square(lat: float, lon: float, size: float = 0.01) -> dict[str, Any]:
    corners = [(-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1)]
    return {"type": "Polygon", "coordinates": [[[lon + x * size, lat + y * size] for x, y in corners]]}


def geojson(folder: Path, *features: tuple[str, dict[str, Any]], name: str = "name") -> Path:
    file = folder / "places.geojson"
    rows = [{"type": "Feature", "properties": {name: title}, "geometry": shape} for title, shape in features]
    file.write_text(json.dumps({"type": "FeatureCollection", "features": rows}), encoding="utf-8")
    return file


@pytest.fixture
def two() -> tuple[Neighbourhood, Neighbourhood]:
    return (
        Neighbourhood.objects.create(slug="fatih", name="Fatih", lat=38.72, lon=35.50),
        Neighbourhood.objects.create(
            slug="danismentgazi", name="Danişmentgazi", aliases=["Danişmend Gazi"], lat=38.75, lon=35.50
        ),
    )


@pytest.mark.parametrize(
    "typed", ["Danişmend Gazi Mh.", "DANİŞMENTGAZİ MAHALLESİ", "danismentgazi mah.", "Danişment Gazi Mahalle"]
)
def test_a_name_is_found_however_it_is_spelled(two: Any, typed: str) -> None:
    found = Gazetteer(Neighbourhood.objects.all()).find(typed)
    assert found is not None and found.slug == "danismentgazi"


def test_outlines_are_matched_by_name_and_what_does_not_match_is_told(two: Any, tmp_path: Path) -> None:
    file = geojson(tmp_path, ("Fatih Mah.", square(38.72, 35.5)), ("Bilinmez", square(38.7, 35.4)))
    out = StringIO()
    call_command("places", str(file), stdout=out)

    assert "Sınırı alınan mahalle: 1." in out.getvalue()
    assert "Bilinmez" in out.getvalue() and "Danişmentgazi" in out.getvalue()
    inside, beside = neighbourhood_at(38.7299, 35.5), neighbourhood_at(38.7301, 35.5)
    assert inside is not None and inside.slug == "fatih"
    assert beside is not None and beside.slug == "danismentgazi"  # it has no outline yet, and its middle is near


def test_the_same_name_in_another_district_is_not_ours(two: Any, tmp_path: Path) -> None:
    file = geojson(tmp_path, ("Fatih", square(39.5, 36.5)), ("Fatih", square(38.72, 35.5)))
    result = load_outlines(file)
    assert result.elsewhere == ["Fatih"] and result.found == {"Fatih": "Fatih"}
    assert neighbourhood_at(38.72, 35.5) is not None and neighbourhood_at(39.5, 36.5) is None


def test_a_bow_tie_is_mended(two: Any, tmp_path: Path) -> None:
    corners = [[35.49, 38.71], [35.51, 38.73], [35.51, 38.71], [35.49, 38.73], [35.49, 38.71]]
    result = load_outlines(geojson(tmp_path, ("Fatih", {"type": "Polygon", "coordinates": [corners]})))
    assert result.mended == ["Fatih"]
    found = neighbourhood_at(38.72, 35.508)
    assert found is not None and found.slug == "fatih"


def test_coordinates_that_are_no_degrees_are_refused_and_nothing_is_changed(two: Any, tmp_path: Path) -> None:
    with pytest.raises(BadOutlines, match="EPSG:4326"):
        load_outlines(geojson(tmp_path, ("Fatih", square(4_288_000, 716_000, 500))))
    assert not Neighbourhood.objects.exclude(polygon=None).exists()


@pytest.mark.parametrize("content", ["", "{}", "[1, 2]", '{"features": 3}', "\x00\x01"])
def test_what_is_no_geojson_is_said_plainly(two: Any, tmp_path: Path, content: str) -> None:
    file = tmp_path / "x.geojson"
    file.write_text(content)
    with pytest.raises(CommandError, match="GeoJSON"):
        call_command("places", str(file))


def test_a_file_whose_names_stand_elsewhere_says_which_properties_there_are(two: Any, tmp_path: Path) -> None:
    file = geojson(tmp_path, ("Fatih", square(38.72, 35.5)), name="MAH_ISIM")
    with pytest.raises(BadOutlines, match="MAH_ISIM"):
        load_outlines(file)
    assert load_outlines(file, "MAH_ISIM").found == {"Fatih": "Fatih"}


def test_without_outlines_the_nearest_middle_counts_and_far_away_is_nowhere(two: Any) -> None:
    cache.clear()
    near = neighbourhood_at(38.722, 35.5)
    assert near is not None and near.slug == "fatih"
    assert neighbourhood_at(41.0, 29.0) is None


@needs_shared("geo")
def test_all_61_real_outlines_find_their_neighbourhood() -> None:
    load_municipality("melikgazi")
    result = load_outlines(REAL)
    assert len(result.found) == 61 and not result.strangers and not result.without
    for row in Neighbourhood.objects.filter(slug__in=["gesi", "hisarcik", "esentepe", "agirnas"]):
        at = neighbourhood_at(row.lat or 0, row.lon or 0)
        assert at is not None and at.slug == row.slug
