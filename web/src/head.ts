// The head of the page: what was run, what came of it, in two sentences.

import { h, svg } from "./dom.ts";
import { themeButton } from "./theme.ts";

export interface HeadData {
  title: string;
  summary: string;
  headline: string;
  trade: string[];
  partial: boolean;
  facts: { name: string; text: string }[];
  /** Only of an architecture: whether the run settled. */
  architecture?: { settled: string } | null;
}

export function head(data: HeadData): HTMLElement {
  return h("header", {},
    h("div", { class: "bar" }, h("p", { class: "brand" }, mark(), "Steelyard"), themeButton()),
    h("p", { class: "what" }, h("b", {}, data.title), data.summary ? ` · ${data.summary}` : null),
    h("h1", {}, stopped(data.headline)),
    ...data.trade.map(sentence => h("p", { class: "trade" }, stopped(sentence))),
    data.architecture && h("p", { class: "note settled" }, stopped(data.architecture.settled)),
    data.partial && h("p", { class: "partial" },
      h("b", {}, "Partial. "),
      "The run was stopped before its end; all that follows is of the part that ran."),
    h("dl", { class: "facts" },
      ...data.facts.map(fact => h("div", {}, h("dt", {}, fact.name), h("dd", {}, fact.text)))));
}

export function footer(data: { version: string }): HTMLElement {
  const licences = document.querySelector("details.licences");
  return h("footer", {}, h("p", {}, `Written by Steelyard ${data.version}. This page needs no network.`),
    licences);
}

// A full sentence, whose numbers keep their units on their line.
function stopped(sentence: string): string {
  const bound = sentence.replace(/(\d) (?=%|m?s\b|min\b|h\b)/g, "$1\u00a0")
    .replaceAll(" × ", "\u00a0×\u00a0");
  return /[.!?]$/.test(bound) ? bound : `${bound}.`;
}

// A steelyard: one arm on one pivot, a load near, a weight far.
function mark(): SVGSVGElement {
  return svg("svg", { viewBox: "0 0 40 24", class: "mark", "aria-hidden": "true" },
    svg("path", { d: "M2 8 L38 4 M12 7 V1 M6 7.6 V13 M31 4.8 V9", class: "arm" }),
    svg("path", { d: "M1 13 H11 L9 20 H3 Z M28 9 h6 v6 h-6 z", class: "load" }));
}
