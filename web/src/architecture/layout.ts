// Where parts and calls stand: in ranks from left to right, or from top to bottom where the window is narrow.

import dagre from "@dagrejs/dagre";
import type { Architecture, Call, Part } from "../data.ts";
import { brief, percent } from "../words.ts";

// A drawing that is a little too wide shrinks to this; one that is wider is scrolled.
export const least = 0.85;

export const boxWidth = 190;
const lineHeight = 15;
const letter = 5.8;
const mostLetters = 29;

export interface Box {
  part: Part;
  lines: string[];
  x: number;
  y: number;
  height: number;
}

export interface Way {
  call: Call;
  points: { x: number; y: number }[];
  label: string[];
  x: number;
  y: number;
}

export interface Layout {
  boxes: Box[];
  ways: Way[];
  width: number;
  height: number;
}

export function layout(data: Architecture, room: number): Layout {
  const wide = place(data, "LR");
  if (wide.width * least <= room) return wide;
  const tall = place(data, "TB");
  return tall.width < wide.width ? tall : wide;
}

function place(data: Architecture, direction: "LR" | "TB"): Layout {
  const graph = new dagre.graphlib.Graph({ multigraph: true });
  graph.setGraph({ rankdir: direction, nodesep: 26, edgesep: 18, ranksep: direction === "LR" ? 34 : 26,
    marginx: 3, marginy: 14 });
  for (const part of data.parts) graph.setNode(part.name, { width: boxWidth, height: heightOf(part) });
  const labels = data.calls.map(call => labelOf(call, data));
  data.calls.forEach((call, i) => {
    const label = labels[i]!;
    graph.setEdge(call.from, call.to, {
      width: Math.max(...label.map(line => line.length)) * letter + 10,
      height: label.length * lineHeight + 4,
      labelpos: "c",
    }, String(i));
  });
  dagre.layout(graph);
  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number };
  return {
    width, height,
    boxes: data.parts.map(part => {
      const { x, y, height } = graph.node(part.name) as { x: number; y: number; height: number };
      return { part, lines: linesOf(part), x: x - boxWidth / 2, y: y - height / 2, height };
    }),
    ways: data.calls.map((call, i) => {
      const edge = graph.edge(call.from, call.to, String(i)) as Omit<Way, "call" | "label">;
      return { call, label: labels[i]!, points: edge.points, x: edge.x, y: edge.y };
    }),
  };
}

// What stands below the bar.
function linesOf(part: Part): string[] {
  const mean = part.timeMs === null || part.timeMs === 0 ? [] : [`${brief(part.timeMs)} ms`];
  if (part.isSource) return mean.length > 0 ? [`answered after ${mean[0]}`] : [];
  const isEmpty = part.waiting < 0.005;
  const line = isEmpty ? part.utilisation === null ? [] : ["no line"] : [`line ${brief(part.waiting)}`];
  return [[...line, ...mean].join(" · "), ...part.notes.slice(0, 2).flatMap(wrapped)].filter(Boolean);
}

// A note that is too long for its box stands on two lines.
function wrapped(note: string): string[] {
  if (note.length <= mostLetters) return [note];
  const at = note.lastIndexOf(" ", mostLetters);
  return [note.slice(0, at), note.slice(at + 1)];
}

export function heightOf(part: Part): number {
  return 46 + (part.utilisation === null ? 0 : 18) + linesOf(part).length * lineHeight;
}

function labelOf(call: Call, data: Architecture): string[] {
  const isQueue = data.parts.some(part => part.name === call.from && part.kind === "queue");
  return [
    `${brief(call.perSecond)}/s`,
    ...call.traits,
    ...(call.attempts > 1.0005 ? [`× ${brief(call.attempts)} attempts`] : []),
    ...(call.failed > 0 ? [`${percent(call.failed)} failed`] : []),
    ...(call.pool !== null
      ? [`${isQueue ? "consumers" : "pool"} ${percent(Math.min(1, call.pool))} in use`] : []),
  ];
}
