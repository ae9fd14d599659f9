// The paper that the scatter and the curves are drawn on: grid, ticks, names of axes.

import { svg } from "../dom.ts";
import type { Axis } from "./axis.ts";

export interface Frame {
  width: number;
  height: number;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

export function frameOf(width: number): Frame {
  const height = Math.round(Math.min(520, Math.max(320, width * 0.56)));
  return { width, height, left: 62, right: width - 16, top: 34, bottom: height - 52 };
}

export function paper(frame: Frame, x: Axis, y: Axis, names: { x: string; y: string }): SVGElement[] {
  const { left, right, top, bottom } = frame;
  return [
    ...y.ticks.flatMap(tick => [
      svg("line", { class: "grid", x1: left, x2: right, y1: y.at(tick.value), y2: y.at(tick.value) }),
      svg("text", { class: "tick", x: left - 8, y: y.at(tick.value) + 4, "text-anchor": "end" }, tick.label),
    ]),
    ...x.ticks.flatMap(tick => [
      svg("line", { class: "grid", x1: x.at(tick.value), x2: x.at(tick.value), y1: top, y2: bottom }),
      svg("text", { class: "tick", x: x.at(tick.value), y: bottom + 18, "text-anchor": "middle" },
        tick.label),
    ]),
    svg("line", { class: "edge", x1: left, x2: right, y1: bottom, y2: bottom }),
    svg("text", { class: "axis-name", x: left - 54, y: 16 }, `↑ ${names.y}`),
    svg("text", { class: "axis-name", x: right, y: bottom + 42, "text-anchor": "end" }, `${names.x} →`),
  ];
}
