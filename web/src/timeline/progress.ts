// How far a run came whose requests were all due at once: a timeline of when they were due has one window.

import type { Progress, ReportData } from "../data.ts";
import { h } from "../dom.ts";
import { count, number, span } from "../words.ts";
import type { Line } from "./charts.ts";
import { fromZero, steps, windows } from "./steps.ts";
import { strip } from "./strip.ts";

export function progress(data: ReportData, drawLater: (() => void)[]): HTMLElement | null {
  const own = data.progress;
  if (!own) return null;
  const place = h("div", { class: "timeline" });
  drawLater.push(() => draw(place, own, data));
  return h("section", { id: "timeline" },
    h("h2", {}, "How far it came"),
    h("p", { class: "note" },
      `${count(own.due)} requests were due at once: what counts is when each was answered. Windows of`
      + ` ${span(own.windowSeconds)}. Shaded: something was broken on purpose.`),
    place);
}

function draw(place: HTMLElement, own: Progress, data: ReportData): void {
  const xs = windows(own.starts, own.windowSeconds);
  const end = xs.at(-1)!;
  const faults = data.faults.filter(fault => fault.start < end);
  const top = faults.length > 0 ? strip(faults, end) : null;
  if (top) place.append(top.element);
  const due: Line = { label: "due", colour: "soft", values: own.done.map(() => own.due), dash: [6, 3],
    format: count };
  const charts = [
    { title: "Answered", unit: "requests in all", lines: [
      { label: "answered", colour: "ok", values: own.done, width: 2, format: count }, due] },
    { title: "Answered", unit: "per second", lines: [
      { label: "answered", colour: "p50", values: own.perSecond,
        format: (value: number) => `${number(value)}/s` }] },
  ];
  charts.forEach((c, i) => {
    const figure = h("figure",
      { class: "chart", role: "group", "aria-label": `${c.title} over time, ${c.unit}` },
      h("figcaption", {}, h("b", {}, c.title), ` ${c.unit}`));
    place.append(figure);
    const last = i === charts.length - 1;
    steps(figure, 170 + (last ? 34 : 0), c.lines, fromZero, xs, last, faults);
  });
  top?.show(xs[0]!, end);
}
