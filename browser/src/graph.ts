// The script of the page of the graph: draws it when its data has come, before this script or after it.

import { showGraph } from "./canvas/graph.ts";

window.notegen.whenAdded("graph", showGraph);
