// A cycle of transactions, drawn as a ladder: each one stands above the next, and the last edge climbs
// back to the first. So a cycle of any length reads from top to bottom, on a phone too.

import type { Cycle, CycleEdge, CycleNode } from "./data.ts";
import { h, svg } from "./dom.ts";
import { plural } from "./words.ts";

const width = 340;
const right = width - 34; // The cards end here; beyond runs the edge back.
const climb = width - 10;
const between = 40; // Room for an edge and its label.
const line = 17;
const letter = 7;
const spine = 26;

export function cycle(data: Cycle): HTMLElement {
  return h("figure", { class: "cycle" },
    data.caption && h("figcaption", {}, data.caption), drawing(data), sentences(data),
    legend(data));
}

function drawing(data: Cycle): SVGSVGElement {
  const parts: SVGElement[] = [];
  let y = 1;
  let middleOfFirst = 0;
  data.nodes.forEach((node, i) => {
    if (data.leftOut > 0 && i === data.gap) {
      parts.push(...leftOut(data.leftOut, y));
      y += 26 + between;
      parts.push(arrowDown(y));
    }
    const lines = wrapped(node);
    const height = 30 + lines.length * line + (node.stepsLeftOut > 0 ? line : 0) + 4;
    parts.push(card(node, lines, y, height));
    if (i === 0) middleOfFirst = y + 19;
    y += height;
    const isLast = i === data.nodes.length - 1;
    if (isLast) parts.push(edgeBack(data.edges[i]!, y, middleOfFirst));
    else parts.push(edgeDown(data.edges[i]!, y + between));
    y += between;
  });
  const names = data.nodes.map((node, i) => `${node.name} ${data.edges[i]!.kind}`).join(", ");
  return svg("svg", {
    viewBox: `0 0 ${width} ${y + 2}`, role: "img",
    "aria-label": `A cycle: ${names}, and back to ${data.nodes[0]!.name}`,
  }, ...parts);
}

function card(node: CycleNode, lines: SVGElement[][], y: number, height: number): SVGElement {
  const rows = lines.map((row, i) =>
    svg("text", { x: 12, y: y + 38 + i * line, class: "step" }, ...row));
  const more = node.stepsLeftOut > 0 && svg("text", {
    x: 12, y: y + 38 + lines.length * line, class: "step",
  }, `and ${plural(node.stepsLeftOut, "more step")}`);
  return svg("g", {},
    svg("rect", { x: 1, y, width: right - 1, height, rx: 6, class: "card" }),
    svg("text", { x: 12, y: y + 19, class: "name" }, node.name),
    svg("text", { x: right - 12, y: y + 19, class: "who" }, node.who),
    ...rows, more);
}

// Steps side by side while they fit.
function wrapped(node: CycleNode): SVGElement[][] {
  const most = Math.floor((right - 24) / letter);
  const rows: SVGElement[][] = [];
  let used = most;
  for (const { text, isAbout } of node.steps) {
    const fits = used + 3 + text.length <= most;
    if (!fits) rows.push([]);
    rows.at(-1)!.push(svg("tspan", {
      class: isAbout ? "step about" : "step", dx: fits ? 2.2 * letter : 0,
    }, text));
    used = fits ? used + 3 + text.length : text.length;
  }
  return rows;
}

// Ends at the top of the next card.
function edgeDown(edge: CycleEdge, end: number): SVGElement {
  return svg("g", { class: `edge ${edge.kind}` }, ...arrow(end), label(edge, end - between / 2 + 2));
}

// Out of the transactions left out.
function arrowDown(end: number): SVGElement {
  return svg("g", { class: "edge other" }, ...arrow(end));
}

function arrow(end: number): SVGElement[] {
  return [
    svg("path", { d: `M${spine} ${end - between} V${end - 7}` }),
    svg("path", { d: `M${spine} ${end - 1} l-4.5 -8 h9 z`, class: "head" }),
  ];
}

// From the last card down, to the right and up to the first.
function edgeBack(edge: CycleEdge, start: number, end: number): SVGElement {
  const turn = start + between - 8;
  return svg("g", { class: `edge ${edge.kind}` },
    svg("path", {
      d: `M${spine} ${start} V${turn - 8} Q${spine} ${turn} ${spine + 8} ${turn} H${climb - 8} `
        + `Q${climb} ${turn} ${climb} ${turn - 8} V${end + 8} `
        + `Q${climb} ${end} ${climb - 8} ${end} H${right + 8}`,
    }),
    svg("path", { d: `M${right + 1} ${end} l8 -4.5 v9 z`, class: "head" }),
    label(edge, start + between / 2 - 1));
}

function label(edge: CycleEdge, y: number): SVGElement {
  return svg("text", { x: spine + 14, y: y + 2 },
    svg("tspan", { class: "kind" }, edge.kind),
    edge.label ? svg("tspan", { dx: 8 }, edge.label) : null);
}

function leftOut(count: number, y: number): SVGElement[] {
  return [
    svg("rect", { x: 1, y, width: right - 1, height: 26, rx: 6, class: "gap" }),
    svg("text", { x: right / 2, y: y + 17, class: "left-out" }, plural(count, "more transaction")),
  ];
}

function legend(data: Cycle): HTMLElement {
  return h("dl", { class: "edges", "aria-label": "Legend" },
    ...data.legend.flatMap(edge => [
      h("dt", {}, h("b", { class: edge.kind }, edge.kind), ` ${edge.plain}`), h("dd", {}, edge.meaning)]));
}

function sentences(data: Cycle): HTMLElement {
  const items = data.edges.map(edge =>
    h("li", {}, h("b", { class: edge.kind }, edge.kind), `${edge.explanation}.`));
  if (data.leftOut > 0) {
    const rest = plural(data.leftOut, "more step");
    const why = `${rest} like these: the whole cycle is in the answer of --json.`;
    items.splice(data.gap, 0, h("li", { class: "soft" }, why));
  }
  const isLong = data.edges.some(edge => edge.kind.length > 2);
  return h("ol", { class: isLong ? "long" : null }, ...items);
}
