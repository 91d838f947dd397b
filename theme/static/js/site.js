// The one module: every custom element of the site is defined here, one line each.
import { CallStatus } from "./elements/call-status.js";
import { SchemeSwitch } from "./elements/scheme-switch.js";

for (const element of [CallStatus, SchemeSwitch]) element.define();
