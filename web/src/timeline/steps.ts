// A chart whose lines are level for as long as a window lasts: nothing is smoothed.

import type uPlot from "uplot";
import type { FaultWindow } from "../data.ts";
import { number, short } from "../words.ts";
import { axis, chart, gutter, logAxis, type Line, logScale, series, shading } from "./charts.ts";

export interface Shape {
  scale: uPlot.Scale;
  axis: uPlot.Axis;
}

export const fromZero: Shape = {
  scale: { range: (_, __, max) => [0, max ? max * 1.08 : 1] },
  axis: { values: (_, splits) => splits.map(short) },
};

export const logarithmic: Shape = {
  scale: logScale,
  axis: {},
};

export const shares: Shape = {
  scale: { range: [-0.03, 1.03] },
  axis: { splits: [0, 0.25, 0.5, 0.75, 1], values: (_, splits) => splits.map(value => `${value * 100} %`) },
};

// A window's figure holds for the whole window: each is a level line from its start to its end.
export function windows(starts: number[], length: number): number[] {
  return starts.flatMap(start => [start, start + length]);
}

export function steps(
  figure: HTMLElement, height: number, lines: Line[], shape: Shape, xs: number[], last: boolean,
  faults: FaultWindow[]
): uPlot {
  const values = lines.map(line => line.values.flatMap(value => [value, value]));
  const clock = clockOf(xs.at(-1) ?? 0);
  const x: uPlot.Axis = last
    ? { label: `time of the run, ${clock.name}`, labelSize: 18, size: 30, incrs: clock.steps,
      values: (_, splits) => splits.map(value => number(value / clock.seconds)) }
    : { size: 6, values: () => [] };
  return chart(figure, height, {
    cursor: { sync: { key: "run" }, y: false, points: { size: 6 }, drag: { x: true, y: false } },
    scales: { x: { time: false }, y: shape.scale },
    axes: [axis(x), (shape === logarithmic ? logAxis : axis)({ size: gutter, ...shape.axis })],
    series: [
      { label: "time", value: (_, __, ___, i) => (i === null ? "–" : told(xs, i)) },
      ...series(lines)],
    plugins: [shading(faults)],
  }, [xs, ...values]);
}

function told(xs: number[], i: number): string {
  const start = i - (i % 2);
  const clock = clockOf(xs.at(-1) ?? 0);
  const at = (value: number): string => number(value / clock.seconds);
  return `${at(xs[start]!)} – ${at(xs[start + 1]!)} ${clock.name}`;
}

interface Clock {
  name: string;
  seconds: number;
  steps: number[];
}

// Hours are not read in seconds; steps are whole parts of an hour or a day.
function clockOf(end: number): Clock {
  if (end < 900) return { name: "s", seconds: 1, steps: decimal };
  if (end < 3 * 3600) return { name: "min", seconds: 60, steps: parts.map(part => part * 60) };
  return { name: "h", seconds: 3600, steps: parts.map(part => part * 3600) };
}

const parts = [0.1, 0.25, 0.5, 1, 2, 3, 5, 6, 10, 12, 15, 20, 24, 30, 48, 60, 120, 240, 480];
const decimal = [-4, -3, -2, -1, 0, 1, 2].flatMap(power => [1, 2, 2.5, 5].map(part => part * 10 ** power));
