// The percentile curve: the x axis gives each further nine the same room, because the tail is what hurts.

import type uPlot from "uplot";
import type { Curve, ReportData } from "../data.ts";
import { h } from "../dom.ts";
import { milliseconds, plural } from "../words.ts";
import { axis, chart, gutter, logAxis, logScale, series } from "./charts.ts";

const colours = ["side-a", "side-b", "side-c", "side-d", "soft"];
const dashes = [[], [7, 4], [2, 3], [10, 3, 2, 3], [4, 4]];

export function percentiles(data: ReportData, drawLater: (() => void)[]): HTMLElement | null {
  const curves = data.curves.filter(curve => curve.shares.length > 1);
  if (curves.length === 0) return null;
  const place = h("figure", { class: "chart", role: "group", "aria-label": "Latency by percentile" },
    h("figcaption", {}, h("b", {}, "Latency"), " ms, log scale"));
  drawLater.push(() => draw(place, curves));
  return h("section", { id: "percentiles" },
    h("h2", {}, "How long the slowest waited"),
    h("p", { class: "note" },
      "Read it as: this share of operations took no longer than that. Each nine has the same width. From ",
      curves.map(curve => `${plural(curve.samples, "operation")} (${curve.name})`).join(", "),
      "; the slowest ends each curve."),
    place);
}

// 1 / (1 - share): 2 at the median, 10 at p90, 100 at p99. The slowest of n stands at n.
const tail = (share: number, samples: number): number => Math.min(1 / (1 - share), samples);

const leastStale = 4;

// The same of how stale reads were.
export function stalenessOf(curve: Curve, drawLater: (() => void)[]): HTMLElement | null {
  const place = h("figure",
    { class: "chart", role: "group", "aria-label": "Staleness of reads by percentile" },
    h("figcaption", {}, h("b", {}, "Staleness of reads"), " ms; reads that were not stale stand below"));
  const shown = curve.ms.map((ms, i) => ({ ms, share: curve.shares[i]! })).filter(({ ms }) => ms > 0);
  // Of a handful of stale reads the sentence says it all.
  if (shown.length < leastStale) return null;
  drawLater.push(() => draw(place, [
    { ...curve, shares: shown.map(({ share }) => share), ms: shown.map(({ ms }) => ms) }], "share of reads"));
  return place;
}

function draw(place: HTMLElement, curves: Curve[], label = "share of operations"): void {
  const xs = [...new Set(curves.flatMap(curve => curve.shares.map(share => tail(share, curve.samples))))]
    .sort((a, b) => a - b);
  const most = xs.at(-1) ?? 10;
  const values = curves.map(curve => onto(xs, curve));
  const lines = curves.map((curve, i) => ({
    label: curve.name, colour: colours[i % colours.length]!, dash: dashes[i % dashes.length]!,
    width: 2, values: values[i]!, format: milliseconds,
  }));
  chart(place, 280, {
    cursor: { y: false, points: { size: 6 }, drag: { x: false, y: false } },
    scales: { x: { time: false, distr: 3, log: 10, range: [1, most] }, y: logScale },
    axes: [
      axis({
        label, labelSize: 18, size: 30,
        splits: plot => marks(most, plot.width), values: (_, splits) => splits
          .map(name), filter: (_, splits) => splits,
      }),
      logAxis({ size: gutter }),
    ],
    series: [
      { label: "share", value: (_: uPlot, value: number | null) => (value === null ? "–" : name(value)) },
      ...series(lines)],
  }, [xs, ...values]);
}

// A curve has a value at each x up to its last one; between its points it is a straight line.
function onto(xs: number[], curve: Curve): (number | null)[] {
  const own = curve.shares.map(share => tail(share, curve.samples));
  let at = 0;
  return xs.map(x => {
    while (at < own.length - 1 && own[at + 1]! <= x) at++;
    const left = own[at]!;
    const right = own[at + 1];
    if (x < left) return null;
    if (x === left) return curve.ms[at]!;
    if (right === undefined) return null;
    return curve.ms[at]! + ((x - left) / (right - left)) * (curve.ms[at + 1]! - curve.ms[at]!);
  });
}

// A narrow chart has room for the nines only.
function marks(most: number, width: number): number[] {
  const nines = [1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7];
  const room = (width - gutter) / Math.log10(most);
  const all = room > 220 ? [2, 4, 20, ...nines] : room > 110 ? [2, ...nines] : nines;
  // At the very edge there is no room for the name of a mark.
  return all.filter(mark => mark < 1000 ? mark <= most : mark * 1.3 < most).sort((a, b) => a - b);
}

function name(x: number): string {
  const share = 100 * (1 - 1 / x);
  const digits = Math.max(0, Math.ceil(Math.log10(x)) - 2);
  return x <= 1 ? "min" : `${Number(share.toFixed(x % 10 === 0 || x <= 4 ? digits : digits + 1))} %`;
}
