// The space-time section: one diagram for each excerpt, and the same as a list for who cannot see it.

import type { Excerpt, ReportData } from "../data.ts";
import { h } from "../dom.ts";
import { plural, seconds } from "../words.ts";
import { message, operation } from "./details.ts";
import { diagram } from "./diagram.ts";
import { eventName } from "./scale.ts";

const mostOpen = 9;

export function spaceTime(data: ReportData, drawLater: (() => void)[]): HTMLElement | null {
  const excerpts = data.excerpts.filter(excerpt => excerpt.lanes.length > 0 && excerpt.windows.length > 0);
  if (excerpts.length === 0) return null;
  const panels = excerpts.map((excerpt, i) => panel(excerpt, i, data, drawLater));
  const buttons = excerpts.map((excerpt, i) =>
    h("button", { type: "button", "aria-pressed": i === 0 ? "true" : "false" }, `${i + 1}. ${excerpt.name}`));
  const show = (shown: number): void => panels.forEach((element, i) => {
    element.hidden = i !== shown;
    buttons[i]!.setAttribute("aria-pressed", String(i === shown));
  });
  buttons.forEach((button, i) => button.addEventListener("click", () => show(i)));
  document.addEventListener("show-excerpt", event => show((event as CustomEvent<number>).detail));
  show(0);
  return h("section", { id: "space-time" },
    h("h2", {}, "Space and time"),
    legend(excerpts),
    excerpts.length > 1 && h("div", { class: "choices", role: "group", "aria-label": "Which excerpt" },
      ...buttons),
    ...panels);
}

function panel(excerpt: Excerpt, i: number, data: ReportData, drawLater: (() => void)[]): HTMLElement {
  const place = h("div", { class: "diagram" });
  drawLater.push(() => diagram(place, excerpt, data.faults, `excerpt-${i}`));
  return h("div", {},
    h("h3", {}, excerpt.title), h("p", { class: "note" }, excerpt.note), place,
    beginnings(excerpt), list(excerpt));
}

// The diagram has no room for all that a node shows; of a few nodes it is read at once.
function beginnings(excerpt: Excerpt): HTMLElement | null {
  const from = excerpt.windows[0]!.from;
  const first = excerpt.states.filter(state => state.at === from);
  if (first.length === 0) return null;
  const rows = first.map(state => h("tr", {},
    h("td", {}, h("b", {}, excerpt.lanes[state.lane]!.name)), h("td", {}, state.text)));
  return h("details", { class: "list", open: first.length <= mostOpen },
    h("summary", {}, `The state of each node at ${seconds(from, 3)}`),
    h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "States of nodes" },
      h("table", { class: "events" }, h("tbody", {}, ...rows))));
}

// Only what occurs is explained.
function legend(excerpts: Excerpt[]): HTMLElement {
  const operations = excerpts.flatMap(excerpt => excerpt.operations);
  const messages = excerpts.flatMap(excerpt => excerpt.messages);
  const items: [string, string, boolean][] = [
    ["operation ok", "answered", operations.some(o => o.outcome === "ok")],
    ["operation fail", "refused or failed", operations.some(o => o.outcome === "fail")],
    ["operation info", "outcome unknown", operations.some(o => o.outcome === "info" || o.outcome === "open")],
    ["operation witness", "part of the witness", operations.some(o => o.witness)],
    ["message", "message", messages.some(m => m.arrives !== null)],
    ["message cut", "message lost", messages.some(m => m.arrives === null)],
    ["note-mark", "what a node says", excerpts.some(excerpt => excerpt.notes.length > 0)],
    ["state", "the state of a node, when it changes", excerpts.some(excerpt => excerpt.states.length > 0)],
  ];
  return h("ul", { class: "legend", "aria-label": "Legend" },
    ...items.filter(([, , occurs]) => occurs)
      .map(([kind, words]) => h("li", {}, h("span", { class: `key ${kind}` }), words)));
}

function list(excerpt: Excerpt): HTMLElement {
  const rows = [
    ...excerpt.operations.map(o => ({
      at: o.from, who: excerpt.lanes[o.lane]!.name, what: operation(excerpt, o).join(", ")
        + (o.witness ? " (witness)" : "") })),
    ...excerpt.messages.map(m => ({ at: m.sent, who: "message", what: message(excerpt, m).join(", ") })),
    ...excerpt.states.map(s => ({ at: s.at, who: excerpt.lanes[s.lane]!.name, what: s.text })),
    ...excerpt.notes.map(n => ({ at: n.at, who: excerpt.lanes[n.lane]!.name, what: n.text })),
  ].sort((a, b) => a.at - b.at);
  const body = h("div", { class: "scroll", tabindex: 0, role: "region",
    "aria-label": "The excerpt as a list" });
  const element = h("details", { class: "list" },
    h("summary", {}, `The same as a list of ${plural(rows.length, "line")}`), body);
  // Made when first opened: most readers never do.
  element.addEventListener("toggle", () => {
    if (body.childElementCount > 0) return;
    body.append(h("table", { class: "events" }, h("tbody", {}, ...rows.map(row => h("tr", {},
      h("td", {}, excerpt.hasTimes ? seconds(row.at, 6) : eventName(row.at)), h("td", {}, row.who),
        h("td", {}, row.what))))));
  });
  return element;
}
