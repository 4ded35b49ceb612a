// Maps: every element with data-map becomes one, told what to do by its other data attributes.
//
// data-lat, data-lon, data-zoom    where it opens; without them it shows all of its ground
// data-ground-url                  GeoJSON of the neighbourhoods, drawn as the ground
// data-tiles, data-tiles-credit    a tile address template and whom to name for it, when the municipality has one
// data-points                      id of a JSON script element: [{lat, lon, title, href, kind}]
// data-points-url                  the same list by box: asked with ?box=west,south,east,north after each move
// data-lat-field, data-lon-field   ids of inputs: the map then chooses a place and writes it there
// data-locate                      id of a button that takes the device's own position
// data-pin                         words for the pin that marks the chosen place
// data-area-field                  id of a select of neighbourhoods: the map goes where the chosen one lies
// data-status                      id of an element that says data-chosen or data-no-position when that happens
// data-zoom-in, data-zoom-out      words for the two buttons
import L from "leaflet";
import "leaflet.markercluster";

const ZOOM = 15;
const TURKEY = [39, 35];
const DECIMALS = 6;

function pin(kind = "") {
  return L.divIcon({ className: `map-pin ${kind && `map-pin-${kind}`}`, iconSize: [28, 36], iconAnchor: [14, 36], popupAnchor: [0, -34] });
}

function markerOf(point) {
  const marker = L.marker([point.lat, point.lon], { icon: pin(point.kind), title: point.title, alt: point.title });
  if (point.href) {
    const link = document.createElement("a");
    link.href = point.href;
    link.textContent = point.title;
    marker.bindPopup(link, { closeButton: false });
  }
  return marker;
}

async function drawGround(map, address, opensThere) {
  const answer = await fetch(address);
  if (!answer.ok) return;
  const ground = L.geoJSON(await answer.json(), {
    className: "map-ground",
    interactive: false,
    pointToLayer: (feature, at) => L.circleMarker(at, { className: "map-middle", interactive: false, radius: 4 }),
    onEachFeature: (feature, layer) =>
      layer.bindTooltip(feature.properties.name, {
        permanent: true,
        pane: "names",
        direction: feature.geometry.type === "Point" ? "right" : "center",
        className: "map-name",
      }),
  }).addTo(map);
  if (opensThere() && ground.getBounds().isValid()) map.fitBounds(ground.getBounds(), { animate: false }); // in motion it would let no pin pull it elsewhere
  const nameWhenNear = () => map.getContainer().classList.toggle("map-far", map.getZoom() < 13);
  map.on("zoomend", nameWhenNear);
  nameWhenNear();
  return ground;
}

// The map goes where the chosen neighbourhood lies, now if no place is chosen yet, and after each change.
function followArea(map, field, ground, hasPin) {
  const go = () => {
    const chosen = ground.getLayers().find((layer) => String(layer.feature.id) === field.value);
    if (chosen) map.fitBounds(L.geoJSON(chosen.feature).getBounds(), { maxZoom: ZOOM });
  };
  field.addEventListener("change", go);
  if (!hasPin()) go();
}

function showPoints(map, element) {
  const group = L.markerClusterGroup({ animate: !matchMedia("(prefers-reduced-motion: reduce)").matches, maxClusterRadius: 50 });
  map.addLayer(group);
  const fill = (points) => {
    group.clearLayers();
    group.addLayers(points.map(markerOf));
  };
  const script = element.dataset.points && document.getElementById(element.dataset.points);
  if (script) {
    const points = JSON.parse(script.textContent);
    fill(points);
    if (points.length) map.fitBounds(group.getBounds(), { maxZoom: ZOOM, padding: [40, 40] });
  }
  if (element.dataset.pointsUrl) {
    let asked = 0;
    const ask = async () => {
      const mine = ++asked;
      const address = new URL(element.dataset.pointsUrl, location.href);
      address.searchParams.set("box", map.getBounds().toBBoxString());
      const answer = await fetch(address);
      if (answer.ok && mine === asked) fill(await answer.json());
    };
    map.on("moveend", ask);
    ask();
  }
}

function choosePlace(map, element) {
  const lat = document.getElementById(element.dataset.latField);
  const lon = document.getElementById(element.dataset.lonField);
  const status = element.dataset.status && document.getElementById(element.dataset.status);
  const say = (sentence) => status && (status.textContent = sentence || "");
  const near = element.dataset.tiles ? 17 : 14; // without a map beneath, the names around must stay in sight
  let marker;
  const choose = ({ lat: y, lng: x }) => {
    if (!marker) {
      marker = L.marker([y, x], { icon: pin("chosen"), draggable: true, autoPan: true, title: element.dataset.pin }).addTo(map);
      marker.on("dragend", () => choose(marker.getLatLng()));
    }
    marker.setLatLng([y, x]);
    lat.value = y.toFixed(DECIMALS);
    lon.value = x.toFixed(DECIMALS);
    lat.dispatchEvent(new Event("change", { bubbles: true }));
    say(element.dataset.chosen);
  };
  map.on("click", (event) => choose(event.latlng));
  map.getContainer().addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target !== map.getContainer()) return;
    event.preventDefault();
    choose(map.getCenter());
  });
  if (lat.value && lon.value) {
    choose(L.latLng(Number(lat.value), Number(lon.value)));
    map.setView(marker.getLatLng(), near);
  }
  const button = element.dataset.locate && document.getElementById(element.dataset.locate);
  if (button && "geolocation" in navigator) {
    button.hidden = false;
    button.addEventListener("click", () => {
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => {
          choose(L.latLng(coords.latitude, coords.longitude));
          map.setView(marker.getLatLng(), near);
        },
        () => {
          say(element.dataset.noPosition);
          button.dispatchEvent(new CustomEvent("map:no-position", { bubbles: true }));
        },
        { enableHighAccuracy: true, timeout: 10000 },
      );
    });
  }
}

function openMap(element) {
  const { lat, lon, zoom, zoomIn, zoomOut, groundUrl, tiles, tilesCredit } = element.dataset;
  const hasPlace = Boolean(Number(lat) && Number(lon));
  const map = L.map(element, { zoomSnap: 0.5, zoomControl: false, fadeAnimation: false, maxZoom: 19 });
  if (hasPlace) map.setView([Number(lat), Number(lon)], Number(zoom) || 13);
  else map.setView(TURKEY, 6);
  L.control.zoom({ zoomInTitle: zoomIn || "+", zoomOutTitle: zoomOut || "−" }).addTo(map);
  map.attributionControl.setPrefix("");
  const names = map.createPane("names"); // above the ground, below every pin
  Object.assign(names.style, { zIndex: 450, pointerEvents: "none" });
  if (tiles) L.tileLayer(tiles, { attribution: tilesCredit }).addTo(map);
  const hasPin = () => Boolean(document.getElementById(element.dataset.latField)?.value);
  // Asked when the ground is there: a pin may have been set while it was on its way.
  const ground = groundUrl && drawGround(map, groundUrl, () => !hasPlace && !element.dataset.points && !hasPin());
  const area = element.dataset.areaField && document.getElementById(element.dataset.areaField);
  if (ground && area) ground.then((layer) => layer && followArea(map, area, layer, hasPin));
  if (element.dataset.points || element.dataset.pointsUrl) showPoints(map, element);
  if (element.dataset.latField) choosePlace(map, element);
  return map;
}

const openMaps = (within) =>
  within.querySelectorAll("[data-map]:not(.leaflet-container)").forEach(openMap);
openMaps(document);
document.addEventListener("htmx:load", (event) => openMaps(event.detail.elt));
