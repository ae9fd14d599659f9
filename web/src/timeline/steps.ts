// A chart whose lines are level for as long as a window lasts: nothing is smoothed.

import type uPlot from "uplot";
import type { FaultWindow } from "../data.ts";
import { number } from "../words.ts";
import { axis, chart, gutter, logAxis, type Line, series, shading } from "./charts.ts";

export interface Shape {
  scale: uPlot.Scale;
  axis: uPlot.Axis;
}

export const fromZero: Shape = {
  scale: { range: (_, __, max) => [0, Math.max(1, (max ?? 1) * 1.08)] },
  axis: { values: (_, splits) => splits.map(value => number(value)) },
};

export const logarithmic: Shape = {
  scale: { distr: 3, log: 10 },
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
  const x: uPlot.Axis = last
    ? { label: "time of the run, s", labelSize: 18, size: 30 }
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
  return `${number(xs[start]!)} – ${number(xs[start + 1]!)} s`;
}
