// What a part did over time: its workers, its line, what came, and how many of it there were.

import type uPlot from "uplot";
import type { Architecture, FaultWindow, Part } from "../data.ts";
import { h } from "../dom.ts";
import { type Line } from "../timeline/charts.ts";
import { fromZero, steps, windows } from "../timeline/steps.ts";
import { milliseconds, number } from "../words.ts";

interface Curves {
  title: string;
  unit: string;
  lines: Line[];
}

export interface Panel {
  element: HTMLElement;
  draw(): void; // Once it stands in the page: charts measure their place.
}

export function panel(part: Part, data: Architecture, faults: FaultWindow[]): Panel {
  const element = h("div", { class: "panel" },
    h("h3", {}, part.name, h("span", { class: "soft" }, ` ${part.kind}, ${part.size}`)),
    h("p", { class: "note" }, summary(part)));
  return { element, draw: () => void draw(element, curvesOf(part), data, faults) };
}

export function draw(place: HTMLElement, all: Curves[], data: Architecture, faults: FaultWindow[]): uPlot[] {
  const xs = windows(data.starts, data.windowSeconds);
  const shown = faults.filter(fault => fault.start < xs.at(-1)!);
  return all.map((curves, i) => {
    const figure = h("figure",
      { class: "chart", role: "group", "aria-label": `${curves.title} over time, ${curves.unit}` },
      h("figcaption", {}, h("b", {}, curves.title), ` ${curves.unit}`));
    place.append(figure);
    const last = i === all.length - 1;
    return steps(figure, 120 + (last ? 34 : 0), curves.lines, fromZero, xs, last, shown);
  });
}

function summary(part: Part): string {
  return [
    `${number(part.perSecond)} requests a second came`,
    part.timeMs === null ? "" : part.isSource ? `answered after ${milliseconds(part.timeMs)} in the mean`
      : `each took ${milliseconds(part.timeMs)} in the mean`,
    ...part.notes,
  ].filter(Boolean).join(", ") + ".";
}

function curvesOf(part: Part): Curves[] {
  const format = (value: number): string => number(value);
  const all: Curves[] = [
    {
      title: part.isSource ? "Requests under way" : "Workers",
      unit: part.isSource ? "mean of each window" : "at work",
      lines: [
        { label: part.isSource ? "not answered yet" : "at work", colour: "p50", values: part.working,
          width: 2, format },
        ...(part.workers
          ? [{ label: "there and started", colour: "soft", values: part.workers, dash: [6, 3], format }]
          : []),
      ],
    },
    { title: "Line", unit: "requests that wait",
      lines: [{ label: "waiting", colour: "p99", values: part.line, width: 2, format }] },
    { title: part.isSource ? "Requests" : "Requests that came", unit: "per second",
      lines: [{ label: part.isSource ? "due" : "came", colour: "ok", values: part.came,
        format: value => `${number(value)}/s` }] },
    ...(part.instances && !part.wanted ? [instancesOf(part)] : []),
  ];
  return all.filter(curves => curves.lines.some(line => line.values.some(value => (value ?? 0) > 0)));
}

export function instancesOf(part: Part): Curves {
  const format = (value: number): string => number(value);
  return {
    title: part.wanted ? part.name : "Instances", unit: part.wanted ? "instances" : "that were there",
    lines: [
      { label: "there", colour: "side-a", values: part.instances ?? [], width: 2, format },
      ...(part.wanted
        ? [{ label: "wanted by its policy", colour: "side-b", values: part.wanted, dash: [7, 4], format }]
        : []),
      ...(part.needed
        ? [{ label: "kept wholly at work by what came", colour: "soft", values: part.needed, dash: [2, 3],
          format }]
        : []),
    ],
  };
}
