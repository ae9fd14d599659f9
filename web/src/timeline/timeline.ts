// The timeline: throughput, latency and availability over one x axis, with the faults shaded across all of
// them.

import type uPlot from "uplot";
import type { ReportData, Timeline } from "../data.ts";
import { h } from "../dom.ts";
import { count, milliseconds, number, percent, plural, span } from "../words.ts";
import type { Line } from "./charts.ts";
import { fromZero, logarithmic, shares, steps, windows } from "./steps.ts";
import { strip } from "./strip.ts";

const sideColours = ["side-a", "side-b", "side-c", "side-d"];
const sideDashes = [[], [7, 4], [2, 3], [10, 3, 2, 3]];

export function timeline(data: ReportData, drawLater: (() => void)[]): HTMLElement | null {
  const series = data.timeline;
  if (!series || series.starts.length === 0) return null;
  const place = h("div", { class: "timeline" });
  drawLater.push(() => draw(place, series, data));
  return h("section", { id: "timeline" },
    h("h2", {}, `What clients saw, ${series.bucketSeconds === 1 ? "second by second" : "over time"}`),
    h("p", { class: "note" }, note(series),
      " Drag across a chart to look closer, double-click to see all again."),
    place);
}

function note(series: Timeline): string {
  const due = series.all.due.reduce((sum, n) => sum + n, 0);
  return `${count(due)} requests that were due, counted in ${plural(series.starts.length, "window")} of`
    + ` ${span(series.bucketSeconds)}: each step is the figure of one window,`
    + " nothing is smoothed or left out."
    + " A request counts in the window in which it was due, whether or not it could be sent then,"
    + ` and its latency runs from then on. Available is what was answered within ${series.limit}.`
    + " Shaded: something was broken on purpose.";
}

function draw(place: HTMLElement, series: Timeline, data: ReportData): void {
  const xs = windows(series.starts, series.bucketSeconds);
  const first = xs[0]!;
  const end = xs.at(-1)!;
  const faults = data.faults.filter(fault => fault.start < end);
  const top = faults.length > 0 ? strip(faults, end) : null;
  if (top) place.append(top.element);

  const charts = [
    { title: "Requests", unit: "due per second", height: 150, scale: fromZero, lines: throughput(series) },
    { title: "Latency", unit: "ms, log scale", height: 180, scale: logarithmic, lines: latency(series) },
    { title: "Availability", unit: `within ${series.limit}`, height: 150, scale: shares,
      lines: availability(series) },
  ].filter(c => c.lines.some(line => line.values.some(value => value !== null)));
  charts.forEach((c, i) => {
    const figure = h("figure",
      { class: "chart", role: "group", "aria-label": `${c.title} over time, ${c.unit}` },
      h("figcaption", {}, h("b", {}, c.title), ` ${c.unit}`));
    place.append(figure);
    const last = i === charts.length - 1;
    const plot = steps(figure, c.height + (last ? 34 : 0), c.lines, c.scale, xs, last, faults);
    if (i === 0 && top) follow(plot, top.show, place);
  });
  if (top) top.show(first, end);
}

// The strip keeps the charts' x range, also when the reader zooms or turns the phone.
function follow(plot: uPlot, show: (from: number, to: number) => void, place: HTMLElement): void {
  const again = (): void => show(plot.scales["x"]!.min ?? 0, plot.scales["x"]!.max ?? 1);
  (plot.hooks.setScale ??= []).push((_, key) => key === "x" && again());
  new ResizeObserver(again).observe(place);
}

function throughput(series: Timeline): Line[] {
  const { all, bucketSeconds } = series;
  const format = (value: number): string => `${number(value)}/s`;
  const rate = (counts: number[]): number[] => counts.map(n => n / bucketSeconds);
  return [
    { label: `answered within ${series.limit}`, colour: "ok", values: rate(all.answered), format },
    { label: "answered later", colour: "max", values: rate(all.late), dash: [10, 3, 2, 3], format },
    { label: "refused or failed", colour: "fail", values: rate(all.refused), dash: [6, 3], format },
    { label: "unknown", colour: "info", values: rate(all.unknown), dash: [2, 3], format },
    { label: "never sent", colour: "soft", values: rate(all.neverSent), dash: [4, 4], format },
  ].filter(line => line.values.some(value => value > 0));
}

function latency(series: Timeline): Line[] {
  const positive = (values: readonly (number | null)[]): (number | null)[] =>
    values.map(value => (value !== null && value > 0 ? value : null));
  return [
    { label: "p50", colour: "p50", values: positive(series.p50), width: 2, format: milliseconds },
    { label: "p99", colour: "p99", values: positive(series.p99), format: milliseconds },
    { label: "max", colour: "max", values: positive(series.max), width: 1, dash: [2, 2],
      format: milliseconds },
  ];
}

function availability(series: Timeline): Line[] {
  const sides = series.sides.length > 0 ? series.sides : [series.all];
  return sides.map((side, i) => ({
    label: side.nodes.length > 0 && side.nodes.length <= 5 ? `${side.name} (${side.nodes.join(" ")})`
      : side.name,
    colour: sideColours[i % sideColours.length]!,
    values: side.due.map((due, window) => (due > 0 ? side.answered[window]! / due : null)),
    width: 2,
    dash: sideDashes[i % sideDashes.length]!,
    format: percent,
  }));
}
