// The script of the page of the map: draws it when its data has come, before this script or after it.

import { showMap } from "./canvas/map.ts";

window.notegen.whenAdded("map", showMap);
