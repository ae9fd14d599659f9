// The strip above the charts that names the faults, on the charts' own time axis.

import type { FaultWindow } from "../data.ts";
import { set, svg } from "../dom.ts";
import { seconds } from "../words.ts";
import { gutter, rightEdge } from "./charts.ts";

const rowHeight = 20;
const mostRows = 6;
const letterWidth = 6.4;

interface Placed {
  fault: FaultWindow;
  row: number;
}

export interface Strip {
  element: SVGSVGElement;
  show(from: number, to: number): void;
}

export function strip(faults: FaultWindow[], end: number): Strip {
  const rows = place(faults, end);
  const height = rowHeight * Math.max(1, ...rows.map(placed => placed.row + 1)) + 4;
  const element = svg("svg",
    { class: "strip", height, role: "img", "aria-label": "Faults: " + summary(faults) });
  return { element, show: (from, to) => draw(element, rows, from, to) };
}

// Faults at the same time stand below one another; when there are too many, rows are shared and the table has
// them all.
function place(faults: FaultWindow[], end: number): Placed[] {
  const free: number[] = [];
  return faults.map(fault => {
    let row = free.findIndex(until => until <= fault.start);
    if (row < 0) row = free.length < mostRows ? free.length : mostRows - 1;
    // An instant's label needs room of its own.
    free[row] = fault.instant ? fault.start + end / 6 : fault.end;
    return { fault, row };
  });
}

function draw(element: SVGSVGElement, rows: Placed[], from: number, to: number): void {
  const width = element.clientWidth - gutter - rightEdge;
  if (width <= 0 || to <= from) return;
  const x = (at: number): number => gutter + ((at - from) / (to - from)) * width;
  const inside = (at: number): number => Math.min(Math.max(x(at), gutter), gutter + width);
  element.replaceChildren(...rows
    .filter(({ fault }) => fault.start <= to && fault.end >= from)
    .map(({ fault, row }) => bar(fault, inside(fault.start), inside(fault.end), row, gutter + width)));
}

function bar(fault: FaultWindow, left: number, right: number, row: number, edge: number): SVGGElement {
  const y = 2 + row * rowHeight;
  const wide = Math.max(right - left, 2);
  const group = svg("g", {}, svg("title", {}, tooltip(fault)));
  if (fault.instant) group.append(
    svg("path", { class: "instant", d: `M${left} ${y + 2} v${rowHeight - 6}` }));
  else group.append(svg("rect", { class: idle(fault) ? "span idle" : "span", x: left, y, width: wide,
    height: rowHeight - 3, rx: 2 }));
  const text = label(fault, fault.instant ? edge - left : wide);
  if (text) {
    const words = svg("text", { class: "fault-name", y: y + 12.5 }, text);
    set(words, { x: left + 6 });
    group.append(words);
  }
  return group;
}

function label(fault: FaultWindow, room: number): string {
  const letters = Math.floor((room - 10) / letterWidth);
  const full = fault.description;
  if (full.length <= letters) return full;
  if (fault.kind.length <= letters) return fault.kind;
  return "";
}

function tooltip(fault: FaultWindow): string {
  const when = fault.instant
    ? `at ${seconds(fault.start)}`
    : `${seconds(fault.start)} – ${seconds(fault.end)}`;
  return `${fault.kind}, ${when}: ${fault.description}${idle(fault) ? " (had no effect)" : ""}`;
}

function idle(fault: FaultWindow): boolean {
  return fault.hadEffect === false;
}

function summary(faults: FaultWindow[]): string {
  return faults.slice(0, 12).map(tooltip).join("; ");
}
