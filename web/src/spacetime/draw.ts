// Draws an excerpt at a zoom. Everything is placed anew each time, so that letters and line widths keep their
// size.

import type { Excerpt, ExcerptMessage, ExcerptOperation, FaultWindow } from "../data.ts";
import { svg } from "../dom.ts";
import type { Layout, PlacedLane } from "./layout.ts";
import { count, seconds } from "../words.ts";
import type { FoldedTime } from "./scale.ts";

const barHeight = 15;
const letterWidth = 6.1;
const stateLetterWidth = 5.2;

export interface View {
  excerpt: Excerpt;
  faults: FaultWindow[];
  layout: Layout;
  time: FoldedTime;
  zoom: (x: number) => number;
  selected: string | null;
  id: string;
}

export function draw(view: View): SVGElement[] {
  return [
    defs(view),
    svg("g", { "clip-path": `url(#${view.id}-clip)` },
      ...faults(view), ...folds(view), ...lines(view), ...ticks(view),
      ...view.excerpt.messages.map((message, i) => drawMessage(view, message, i)),
      ...states(view), ...notes(view),
      ...operations(view)),
    ...tickNames(view), ...names(view),
  ];
}

function at(view: View, time: number): number {
  return view.zoom(view.time.x(time));
}

function defs(view: View): SVGElement {
  const { left, right, height } = view.layout;
  const arrow = (name: string): SVGElement =>
    svg("marker", { id: `${view.id}-${name}`, class: `arrow ${name}`, viewBox: "0 0 8 8", refX: 7, refY: 4,
      markerWidth: 7, markerHeight: 7, orient: "auto" }, svg("path", { d: "M0.5 1 L7 4 L0.5 7 Z" }));
  return svg("defs", {},
    svg("clipPath", { id: `${view.id}-clip` }, svg("rect", { x: left, y: 0, width: right - left, height })),
    svg("pattern", { id: `${view.id}-hatch`, width: 6, height: 6, patternUnits: "userSpaceOnUse",
      patternTransform: "rotate(45)" }, svg("rect", { class: "hatch", width: 2, height: 6 })),
    arrow("plain"), arrow("picked"));
}

function faults(view: View): SVGElement[] {
  const { top, bottom } = view.layout;
  return view.faults
    .filter(fault => view.time.pieces.some(piece => fault.start <= piece.to && fault.end >= piece.from))
    .map(fault => {
      const left = at(view, fault.start);
      const right = at(view, fault.end);
      return svg("g", { class: "fault" },
        svg("rect", { x: left, y: top, width: Math.max(1, right - left), height: bottom - top }),
        svg("path", { d: `M${left} ${top} V${bottom} M${right} ${top} V${bottom}` }));
    });
}

function folds(view: View): SVGElement[] {
  const { top, bottom } = view.layout;
  return view.time.pieces.slice(1).map((piece, i) => {
    const before = view.time.pieces[i]!;
    const left = view.zoom(before.right);
    const right = view.zoom(piece.left);
    return svg("g", { class: "fold" },
      svg("rect", { x: left, y: top, width: right - left, height: bottom - top,
        fill: `url(#${view.id}-hatch)` }),
      svg("text", { x: (left + right) / 2, y: (top + bottom) / 2, "text-anchor": "middle",
        transform: `rotate(-90 ${(left + right) / 2} ${(top + bottom) / 2})` },
      `${folded(view, piece.from - before.to)} not drawn`));
  });
}

function folded(view: View, time: number): string {
  return view.excerpt.hasTimes ? seconds(time, 2) : `${count(time * 1000)} events`;
}

function lines(view: View): SVGElement[] {
  const { left, right, lanes } = view.layout;
  return lanes.map(lane => svg("path", { class: `lane ${lane.kind}`, d: `M${left} ${lane.y} H${right}` }));
}

function ticks(view: View): SVGElement[] {
  const { top, bottom } = view.layout;
  return view.time.ticks(view.zoom)
    .map(tick => svg("path", { class: "tick", d: `M${tick.x} ${top} V${bottom}` }));
}

// Outside the clipped plot, so that the first and the last keep all their letters.
function tickNames(view: View): SVGElement[] {
  const { left, right, top } = view.layout;
  let free = 0;
  return view.time.ticks(view.zoom).flatMap(tick => {
    const half = (tick.label.length * letterWidth) / 2;
    const x = Math.min(Math.max(tick.x, left + half), right - half);
    if (x - half < free) return [];
    free = x + half + 8;
    return [svg("text", { class: "tick-name", x, y: top - 8, "text-anchor": "middle" }, tick.label)];
  });
}

function names(view: View): SVGElement[] {
  const { lanes, groups, left, right } = view.layout;
  return [
    ...groups.map(group => svg("g", { class: "group" },
      svg("path", { d: `M0 ${group.y} H${right}` }),
      svg("text", { x: 0, y: group.y + 15 }, group.name))),
    ...lanes.map(lane => svg("text",
      { class: `lane-name ${lane.kind}`, x: left - 8, y: lane.y + 4, "text-anchor": "end" },
      lane.name)),
  ];
}

function drawMessage(view: View, message: ExcerptMessage, i: number): SVGElement {
  const from = view.layout.lanes[message.from]!;
  const to = view.layout.lanes[message.to]!;
  const id = `m${i}`;
  const picked = view.selected === id;
  const lost = message.arrives === null;
  const x1 = at(view, message.sent);
  const y1 = edge(from, to);
  const y2 = edge(to, from);
  const group = svg("g", { class: classes("message", message.fate ?? "", picked ? "picked" : ""),
    "data-id": id });
  if (lost) {
    // Nobody knows where on its way it died: it is drawn to a third of the way.
    const x2 = x1 + 10;
    const y3 = y1 + (y2 - y1) * 0.33;
    group.append(
      svg("path", { class: "hit", d: `M${x1} ${y1} L${x2} ${y3}` }),
      svg("path", { class: "line", d: `M${x1} ${y1} L${x2} ${y3}` }),
      svg("path", { class: "cross", d: `M${x2 - 3} ${y3 - 3} l6 6 m0 -6 l-6 6` }));
    return group;
  }
  const x2 = at(view, message.arrives!);
  const d = `M${x1} ${y1} L${x2} ${y2}`;
  group.append(
    svg("path", { class: "hit", d }),
    svg("path", { class: "line", d, "marker-end": `url(#${view.id}-${picked ? "picked" : "plain"})` }));
  return group;
}

// Arrows end at the edge of a client's bar, not in its middle.
function edge(lane: PlacedLane, other: PlacedLane): number {
  if (lane.kind === "node") return lane.y;
  return lane.y + (other.y > lane.y ? barHeight / 2 : -barHeight / 2);
}

function notes(view: View): SVGElement[] {
  return view.excerpt.notes.map((note, i) => {
    const lane = view.layout.lanes[note.lane]!;
    const x = at(view, note.at);
    const id = `n${i}`;
    return svg("g", { class: classes("note-mark", view.selected === id ? "picked" : ""), "data-id": id },
      svg("path", { d: `M${x} ${lane.y - 5} l4.5 5 l-4.5 5 l-4.5 -5 z` }));
  });
}

// From right to left as well: what changed stands below the lane, as far as the next change leaves room.
function states(view: View): SVGElement[] {
  const free = new Map<number, number>();
  return [...view.excerpt.states.entries()]
    .map(([i, state]) => ({ i, state, x: at(view, state.at) }))
    .sort((a, b) => b.x - a.x)
    .map(({ i, state, x }) => {
      const lane = view.layout.lanes[state.lane]!;
      const id = `s${i}`;
      const shown = Math.max(x, view.layout.left);
      const room = (free.get(state.lane) ?? view.layout.right) - shown - 6;
      const letters = Math.floor(room / stateLetterWidth);
      free.set(state.lane, x);
      return svg("g", { class: classes("state", view.selected === id ? "picked" : ""), "data-id": id },
        svg("path", { class: "hit", d: `M${x} ${lane.y - 6} v12` }),
        svg("path", { class: "line", d: `M${x} ${lane.y - 4} v8` }),
        svg("text", { x: shown + 3, y: lane.y + 12 }, cut(state.changed, letters)));
    });
}

// Too few letters say nothing.
function cut(text: string, letters: number): string {
  return text.length <= letters ? text : letters >= 5 ? `${text.slice(0, letters - 1)}…` : "";
}

function operations(view: View): SVGElement[] {
  const free = new Map<number, number>();
  return [...view.excerpt.operations.entries()]
    .map(([i, operation]) => ({ i, operation, left: at(view, operation.from) }))
    .sort((a, b) => b.left - a.left)
    .map(({ i, operation, left }) => {
      const element = bar(view, operation, i, left, free.get(operation.lane) ?? view.layout.right);
      free.set(operation.lane, left);
      return element;
    });
}

// From right to left, so that each label knows how far it may reach: to the next operation of its lane.
function bar(view: View, operation: ExcerptOperation, i: number, left: number, until: number): SVGElement {
  const lane = view.layout.lanes[operation.lane]!;
  const id = `o${i}`;
  const end = operation.to === null ? view.layout.right + 20 : at(view, operation.to);
  const width = Math.max(end - left, 3);
  const shown = Math.max(left, view.layout.left);
  const letters = Math.floor((until - shown - 8) / letterWidth);
  const text = cut(operation.label, letters);
  return svg("g", {
    class: classes("operation", operation.outcome, operation.witness ? "witness" : "", view.selected === id
      ? "picked" : ""),
    "data-id": id,
  },
  svg("rect", { x: left, y: lane.y - barHeight / 2, width, height: barHeight, rx: 2.5 }),
  (operation.outcome === "info" || operation.outcome === "open")
    && svg("rect", { class: "hatching", x: left, y: lane.y - barHeight / 2, width, height: barHeight, rx: 2.5,
      fill: `url(#${view.id}-hatch)` }),
  text && svg("text", { x: shown + 5, y: lane.y + 4 }, text));
}

function classes(...names: string[]): string {
  return names.filter(Boolean).join(" ");
}
