// Behaviours shared by all pages; every page also works without them.
import htmx from "htmx.org";
import "./call.js";
import "./components.js";
import "./case.js";
import "./copy.js";
import "./keep.js";

// The strict content policy allows neither injected styles nor evaluated code.
htmx.config.includeIndicatorStyles = false;
htmx.config.attributesToSettle = ["class"]; // a field drawn larger by hand has a style, which may not be copied onto the new one
htmx.config.allowEval = false;
htmx.config.allowScriptTags = false;
htmx.config.historyCacheSize = 0; // pages with personal data do not stay in the browser's storage
