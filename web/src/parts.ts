// The parts that are tables and text.

import type { Measurement, ReportData } from "./data.ts";
import { h } from "./dom.ts";
import { count, number, percent, seconds, span } from "./words.ts";

export function measurements(data: ReportData): HTMLElement | null {
  if (data.measurements.length === 0) return null;
  const rest = data.measurements.filter(m => !latencyName.test(m.name));
  return h("section", { id: "measurements" },
    h("h2", {}, "Measurements"),
    intervals(data.measurements),
    rest.some(m => m.low !== null)
      ? table(["What", "Value", "95 %", "Samples"],
        rest.map(m => [m.words, ...valueOf(m), intervalOf(m), count(m.samples)]), "figures wide")
      : table(["What", "Value", "Samples"],
        rest.map(m => [m.words, ...valueOf(m), count(m.samples)]), "figures"),
    cuts(data),
    latencies(data.measurements.filter(m => latencyName.test(m.name))));
}

// How intervals were found, or why there are none: once, and not with each.
function intervals(measurements: Measurement[]): HTMLElement | null {
  const found = measurements.filter(m => m.low !== null);
  const none = measurements.find(m => m.low === null && m.how !== null);
  if (found.length === 0) return none ? h("p", { class: "note" }, `No intervals: ${none.how}.`) : null;
  return h("p", { class: "note" },
    "95 %: between what the true value lies, of a hundred such intervals in about ninety-five. The value"
    + " beside one is what the run settles to, without the transient at its begin.");
}

function intervalOf(measurement: Measurement): string {
  const { low, high, unit } = measurement;
  if (low === null || high === null) return "";
  const shown = unit === "share" ? percent : number;
  return `${shown(low)} – ${shown(high)}`;
}

// Each time in which nodes were cut off, with its sides: what the shares in the table above are shares of.
function cuts(data: ReportData): HTMLElement | null {
  if (data.cuts.length === 0) return null;
  const rows = data.cuts.flatMap(cut => cut.sides.map((side, i) => [
    i === 0 ? `${seconds(cut.start, 1)} – ${seconds(cut.end, 1)}` : "",
    side.nodes.join(" ") === side.name ? side.name : `${side.name} (${side.nodes.join(" ")})`,
    count(side.due),
    side.due === 0 ? "–" : `${count(side.answered)} (${percent(side.answered / side.due)})`,
    count(side.late),
  ]));
  const limit = data.timeline ? ` within ${data.timeline.limit}` : "";
  return h("div", { class: "latencies" },
    h("h3", {}, "While nodes were cut off from each other, side by side"),
    long(rows.length, "side", table(["When", "Side", "Due", `Answered${limit}`, "Later"], rows, "sides")));
}

const latencyName = /^latency(?:-(.+?))?-(p[0-9.]+|max)$/;

// Latencies are many and alike: a row for each function, a column for each percentile.
function latencies(measurements: Measurement[]): HTMLElement | null {
  if (measurements.length === 0) return null;
  const cells = measurements.map(m => {
    const [, who, rank] = latencyName.exec(m.name)!;
    return { who: who ?? "all", rank: rank!, m };
  });
  const place = (rank: string): number => (rank === "max" ? 100 : Number(rank.slice(1)));
  const ranks = [...new Set(cells.map(cell => cell.rank))].sort((a, b) => place(a) - place(b));
  const rows = [...new Set(cells.map(cell => cell.who))].map(who => {
    const own = cells.filter(cell => cell.who === who);
    const values = ranks.map(rank => own.find(cell => cell.rank === rank)?.m.value ?? null);
    const among = ranks.map(rank => own.find(cell => cell.rank === rank)?.m);
    return [
      who,
      ...values.map((value, i) => (value === null ? "–" : ranked(value, among[i]))),
      count(own[0]!.m.samples)];
  });
  return h("div", { class: "latencies" },
    h("h3", {}, "Latency in ms, from the moment an operation was due"),
    table(["Operation", ...ranks, "Samples"], rows, "figures wide"));
}

function ranked(value: number, measurement: Measurement | undefined): Node {
  const among = measurement && intervalOf(measurement);
  return h("span", {}, number(value), among ? h("span", { class: "among" }, among) : null);
}

// Value and unit share a cell, so that digits and units line up on a phone too.
function valueOf(measurement: Measurement): [Node] {
  const { value, unit } = measurement;
  if (value === null) return [h("span", { class: "soft" }, "no samples")];
  if (unit === "share") return [document.createTextNode(percent(value))];
  // "Messages sent per operation: 8 messages" says it twice.
  const shown = measurement.words.toLowerCase().includes(unit) ? "" : unit === "1/s" ? "/s" : ` ${unit}`;
  return [h("span", {}, number(value), h("span", { class: "unit" }, shown))];
}

export function faults(data: ReportData): HTMLElement | null {
  if (data.faults.length === 0) return null;
  const rows = data.faults.map(fault => [
    fault.instant ? `at ${seconds(fault.start)}` : `from ${seconds(fault.start)}`,
    fault.instant ? "" : span(fault.end - fault.start),
    fault.kind,
    fault.hadEffect === false
      ? h("span", {}, fault.description, h("strong", { class: "no-effect" }, " had no effect"))
      : fault.description,
  ]);
  return h("section", { id: "faults" },
    h("h2", {}, "What was broken on purpose"),
    long(rows.length, "fault", table(["When", "For", "Kind", "What"], rows, "plan")));
}

// Of more than this those that were given are what one looks for.
const mostOptions = 24;

export function options(data: ReportData): HTMLElement | null {
  if (data.options.length === 0) return null;
  const rows = data.options.map(option => [
    h("code", {}, `--${option.name}`), h("code", {}, option.value), option.given ? "given" : "default"]);
  const given = rows.filter((_, i) => data.options[i]!.given);
  if (rows.length <= mostOptions) return h("section", { id: "options" }, h("h2", {}, "Options"),
    table(["Option", "Value", ""], rows, "options"));
  return h("section", { id: "options" }, h("h2", {}, "Options"),
    given.length > 0 && table(["Option", "Value", ""], given, "options"),
    h("details", {}, h("summary", {}, `All ${count(rows.length)} options`),
      table(["Option", "Value", ""], rows, "options")));
}

export function story(data: ReportData): HTMLElement | null {
  if (!data.story) return null;
  return h("section", { id: "story" },
    h("h2", {}, `The story of ${data.title}`), h("p", { class: "prose" }, ...prose(data.story)),
    (isLive(data) || data.storyHasFigures) && h("p", { class: "note" }, isLive(data)
      ? "The seed fixes what is asked and what breaks; what comes of it may differ from run to run."
      : "Its figures are those of seed 1 and of the options named; those of this run follow."));
}

function isLive(data: ReportData): boolean {
  return data.facts.some(fact => fact.name === "world");
}

// An option is never broken apart.
function prose(text: string): (string | Node)[] {
  return text.split(/(--[a-z][a-z-]*)/).map((part, i) => (i % 2 === 0 ? part : h("code", {}, part)));
}

function long(rows: number, what: string, content: HTMLElement): HTMLElement {
  if (rows <= 12) return content;
  return h("details", {}, h("summary", {}, `All ${count(rows)} ${what}s`), content);
}

function table(heads: string[], rows: (string | Node)[][], kind: string): HTMLElement {
  return h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": heads
    .filter(Boolean).join(", ") },
    h("table", { class: kind },
      h("thead", {}, h("tr", {}, ...heads
        .map(head => h(head ? "th" : "td", head ? { scope: "col" } : {}, head)))),
      h("tbody", {}, ...rows.map(row => h("tr", {}, ...row.map(cell => h("td", {}, cell)))))));
}
