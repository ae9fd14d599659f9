// What held, what broke, what nobody knows: in words, with an icon, never by colour alone.

import type { Anomaly, Meaning, Promised, ReportData, Verdict } from "./data.ts";
import { cycle } from "./cycle.ts";
import { orders } from "./orders.ts";
import { h, svg } from "./dom.ts";
import { plural } from "./words.ts";

const order: Verdict[] = ["broke", "unknown", "held"];
const words: Record<Verdict, string> = { held: "Held", broke: "Broke", unknown: "Unknown" };
const shapes: Record<Verdict, string> = {
  held: "M5.5 10.5 L9 14 L15 6.5",
  broke: "M6 6 L14 14 M14 6 L6 14",
  unknown: "M7 7.6 C7 4 13 4 13 7.6 C13 10 10 9.8 10 12.2 M10 14.6 V15",
};

export function promises(data: ReportData): HTMLElement | null {
  if (data.promises.length === 0) return null;
  const sorted = order.flatMap(verdict => data.promises.filter(promise => promise.verdict === verdict));
  return h("section", { id: "promises", "aria-label": "Verdicts" },
    h("ol", { class: "promises" }, ...sorted.map(row)));
}

function row(promise: Promised): HTMLElement {
  const [first, ...more] = promise.anomalies;
  return h("li", { class: promise.verdict },
    h("p", { class: "verdict" }, icon(promise.verdict), words[promise.verdict]),
    h("div", { class: "promise" },
      h("h2", {}, promise.words),
      h("p", { class: "checker" }, h("code", {}, promise.checker)),
      promise.summary.length > 0 && h("p", {}, promise.summary),
      promise.proof && h("p", { class: "soft" }, promise.proof),
      first && anomaly(first),
      more.length + promise.anomaliesLeftOut > 0 && others(more, promise.anomaliesLeftOut),
      ...models(promise)));
}

// Of what is ruled out and what holds only the ends are told: the rest follows.
function models(promise: Promised): HTMLElement[] {
  const out = promise.ruledOut.length === 1 ? "it" : "them";
  const hold = promise.held.length === 1 ? "it implies" : "they imply";
  return [...modelLine("Ruled out:", promise.ruledOut, `and all that imply ${out}`),
    ...modelLine("Checked and holds:", promise.held, `and all ${hold}`),
    ...modelLine("Not decided:", promise.undecided, "")];
}

function modelLine(words: string, names: string[], rest: string): HTMLElement[] {
  if (names.length === 0) return [];
  const told = names.flatMap((name, i) => [i === 0 ? " " : ", ", h("code", {}, name)]);
  return [h("p", { class: "models" },
    h("span", { class: "soft" }, words), ...told, h("span", { class: "soft" }, ` ${rest}`))];
}

function icon(verdict: Verdict): SVGSVGElement {
  return svg("svg", { viewBox: "0 0 20 20", class: "icon", "aria-hidden": "true" },
    svg("circle", { cx: 10, cy: 10, r: 9 }), svg("path", { d: shapes[verdict] }));
}

function anomaly(found: Anomaly): HTMLElement {
  const excerpt = found.excerpt;
  const see = excerpt === null ? null : h("a", { href: "#space-time", class: "see" }, "See it happen ↓");
  see?.addEventListener("click", () =>
    document.dispatchEvent(new CustomEvent<number>("show-excerpt", { detail: excerpt ?? 0 })));
  return h("div", { class: "anomaly" },
    h("p", {}, found.explanation, " ", h("code", { class: "type" }, found.type)),
    found.meaning && meaning(found.type, found.meaning),
    found.cycle && cycle(found.cycle),
    found.orders && orders(found.orders),
    ...(found.cycle || found.orders ? [recorded(found)] : witness(found)),
    see);
}

// The name in plain words; opened, the smallest history that shows it and where it was seen.
function meaning(type: string, words: Meaning): HTMLElement {
  return h("details", { class: "meaning" },
    h("summary", {}, h("b", {}, `${type}, ${words.plain}.`), " ", words.sentence),
    ...words.examples.flatMap(example => [
      h("p", { class: "soft" }, "The smallest history that shows it, as ", h("code", {}, example.model), ":"),
      h("pre", { tabindex: 0 }, h("code", {}, example.text))]),
    h("p", { class: "soft" },
      words.seenIn ? `Seen in ${words.seenIn}.` : "Seen in no public report that we know.",
      ` More in ${words.place}.`));
}

function recorded(found: Anomaly): HTMLElement {
  return h("details", {}, h("summary", {}, "As recorded"), ...witness(found));
}

function witness(found: Anomaly): HTMLElement[] {
  const lines = h("ol", { class: "witness" }, ...found.witness.map(line => h("li", {}, line)));
  const rest = h("p", { class: "soft" }, `and ${plural(found.witnessLeftOut, "more operation")}`);
  return [...(found.witness.length > 0 ? [lines] : []), ...(found.witnessLeftOut > 0 ? [rest] : [])];
}

function others(more: Anomaly[], leftOut: number): HTMLElement {
  return h("details", {},
    h("summary", {}, `${plural(more.length + leftOut, "more anomaly", "more anomalies")}`),
    ...more.map(anomaly),
    leftOut > 0 && h("p", { class: "soft" }, `${plural(leftOut, "more is", "more are")} in result.json.`));
}
