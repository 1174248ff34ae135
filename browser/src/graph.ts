// The script of the page of the graph: draws it when all scripts of the page have run, its data among them, in any order.

import { showGraph } from "./canvas/graph.ts";
import type { GraphData } from "./canvas/graph-notes.ts";

addEventListener("DOMContentLoaded", () => showGraph(window.notegen.take("graph") as GraphData));
