// The script of the page of the map: draws it when all scripts of the page have run, its data among them, in any order.

import { showMap } from "./canvas/map.ts";
import type { MapData } from "./canvas/map-notes.ts";

addEventListener("DOMContentLoaded", () => showMap(window.notegen.take("map") as MapData));
