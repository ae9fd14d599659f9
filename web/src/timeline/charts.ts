// What all charts of the timeline share: the same left and right edges, the same colours, the same cursor.

import uPlot from "uplot";
import type { FaultWindow } from "../data.ts";
import { colour, onThemeChange } from "../theme.ts";
import { short } from "../words.ts";

export const gutter = 58;
export const rightEdge = 14;

// With more faults than this their edges would be a fence before the lines.
const mostEdges = 8;
const font = '12px -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Liberation Sans", Arial, sans-serif';

export interface Line {
  label: string;
  colour: string;
  values: readonly (number | null)[];
  dash?: number[];
  width?: number;
  format: (value: number) => string;
}

export function series(lines: Line[]): uPlot.Series[] {
  return lines.map(line => ({
    label: line.label,
    stroke: () => colour(line.colour),
    width: line.width ?? 1.75,
    ...(line.dash ? { dash: line.dash } : {}),
    points: { show: false },
    value: (_: uPlot, value: number | null) =>
      (value === null || value === undefined ? "–" : line.format(value)),
  }));
}

export function axis(rest: uPlot.Axis): uPlot.Axis {
  return {
    font,
    labelFont: font,
    labelGap: 2,
    stroke: () => colour("soft"),
    grid: { stroke: () => colour("grid"), width: 1 },
    ticks: { stroke: () => colour("grid"), width: 1, size: 4 },
    ...rest,
  };
}

export function chart(place: HTMLElement, height: number, options: Partial<uPlot.Options>,
  data: uPlot.AlignedData): uPlot {
  const plot = new uPlot(
    { width: place.clientWidth, height, padding: [8, rightEdge, 0, 0],
      legend: { markers: { dash: dashName } }, ...options } as uPlot.Options, data, place);
  new ResizeObserver(() => {
    if (place.clientWidth > 0 && place.clientWidth !== plot.width) plot.setSize(
      { width: place.clientWidth, height });
  }).observe(place);
  onThemeChange(() => plot.redraw(false, true));
  return plot;
}

// From the 1, 2 or 5 below what is drawn to the one above it: a decade for what lies close together would
// press it flat.
export const logScale: uPlot.Scale = {
  distr: 3, log: 10,
  range: (_, min, max) => {
    const [least, most] = [Math.max(min ?? 1, 1e-6), Math.max(max ?? 10, 1e-6)];
    const [from, to] = [stepBelow(least), stepAbove(most)];
    return [from, to > from ? to : from * 10];
  },
};

const steps = [1, 2, 5, 10];

function stepBelow(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value) + 1e-9);
  return power * Math.max(...steps.filter(step => step * power <= value * (1 + 1e-9)));
}

function stepAbove(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value) + 1e-9);
  return power * steps.find(step => step * power >= value * (1 - 1e-9))!;
}

// Of a wide log axis only the powers of ten get lines: the rest would be a grey wall.
export function logAxis(rest: uPlot.Axis): uPlot.Axis {
  const plain = axis(rest);
  return {
    ...plain,
    splits: (_, __, min, max) => marksOf(min, max),
    filter: (_, splits) => splits,
    grid: { ...plain.grid, filter: (_, splits) => splits },
    ticks: { ...plain.ticks, filter: (_, splits) => splits },
    values: (_, splits) => splits.map(value => (value === null ? "" : short(value))),
  };
}

function marksOf(min: number, max: number): number[] {
  const within = max / min <= 101 ? [1, 2, 5] : [1];
  const [first, last] = [Math.floor(Math.log10(min) - 1e-9), Math.ceil(Math.log10(max) + 1e-9)];
  return Array.from({ length: last - first + 1 }, (_, i) => first + i)
    .flatMap(power => within.map(step => step * 10 ** power))
    .filter(mark => mark >= min * (1 - 1e-9) && mark <= max * (1 + 1e-9));
}

// The legend's sample of a line is dashed as the line is: colour alone does not tell lines apart.
function dashName(plot: uPlot, i: number): string {
  const dash = plot.series[i]?.dash ?? [];
  return dash.length === 0 ? "solid" : dash[0]! > 3 ? "dashed" : "dotted";
}

// The windows in which something was broken, behind the lines.
export function shading(faults: FaultWindow[]): uPlot.Plugin {
  return {
    hooks: {
      drawClear: plot => {
        const { ctx, bbox } = plot;
        ctx.save();
        ctx.beginPath();
        ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
        ctx.clip();
        for (const fault of faults) shade(plot, fault, faults.length <= mostEdges);
        ctx.restore();
      },
    },
  };
}

function shade(plot: uPlot, fault: FaultWindow, edged: boolean): void {
  const { ctx, bbox } = plot;
  const left = plot.valToPos(fault.start, "x", true);
  const right = plot.valToPos(fault.end, "x", true);
  ctx.fillStyle = colour("fault");
  ctx.fillRect(left, bbox.top, Math.max(right - left, 1), bbox.height);
  if (!edged) return;
  ctx.fillStyle = colour("fault-edge");
  ctx.fillRect(left, bbox.top, devicePixelRatio, bbox.height);
  if (!fault.instant) ctx.fillRect(right, bbox.top, devicePixelRatio, bbox.height);
}
