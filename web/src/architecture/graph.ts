// The drawing: a box for each part, an arrow for each call, and a mark at what is full first.

import type { Architecture } from "../data.ts";
import { set, svg } from "../dom.ts";
import { percent } from "../words.ts";
import { type Box, boxWidth, layout, least, type Way } from "./layout.ts";

const lineHeight = 15;
const barWidth = boxWidth - 24 - 52;

export interface Graph {
  element: SVGSVGElement;
  fit(room: number): void;
  pick(name: string): void;
}

export function graph(data: Architecture, onPick: (name: string) => void): Graph {
  const element = svg("svg", { class: "graph", role: "group", "aria-label": told(data) });
  let picked = "";
  let drawn = 0;
  const mark = (): void => {
    for (const box of element.querySelectorAll(".part")) {
      const isIt = box.getAttribute("data-part") === picked;
      box.classList.toggle("picked", isIt);
      box.setAttribute("aria-pressed", String(isIt));
    }
  };
  return {
    element,
    pick: name => { picked = name; mark(); },
    fit: room => {
      if (room === drawn) return;
      drawn = room;
      const { boxes, ways, width, height } = layout(data, room);
      set(element, {
        viewBox: `0 0 ${width} ${height}`, width, height, style: `min-width: ${width * least}px`,
      });
      element.replaceChildren(
        ...ways.map(way => arrow(way, data)), ...boxes.map(box => part(box, data, onPick)),
        ...ways.map(way => words(way, data)));
      mark();
    },
  };
}

function part(box: Box, data: Architecture, onPick: (name: string) => void): SVGGElement {
  const { part, lines, x, y, height } = box;
  const used = part.utilisation;
  const isFirst = data.bottleneckPart === part.name && data.bottleneckTo === null;
  const group = svg("g", {
    class: `part${isFirst ? ` first${near(data)}` : ""}${part.isSource ? " source" : ""}`,
    "data-part": part.name,
    transform: `translate(${x} ${y})`, tabindex: 0, role: "button", "aria-pressed": "false",
  },
    svg("rect", { class: "card", width: boxWidth, height, rx: part.isSource ? 16 : 6 }),
    svg("text", { class: "name", x: 12, y: 20 }, shortened(part.name, 15)),
    svg("text", { class: "kind", x: boxWidth - 12, y: 20 }, part.kind),
    svg("text", { class: "size", x: 12, y: 36 }, shortened(part.size, 30)));
  let top = 36;
  if (used !== null) {
    group.append(...bar(used));
    top = 54;
  }
  lines.forEach((line, i) => group.append(
    svg("text", { class: "line", x: 12, y: top + 16 + i * lineHeight }, shortened(line, 29))));
  if (isFirst && data.bottleneckWord) group.append(tag(data.bottleneckWord));
  group.addEventListener("click", () => onPick(part.name));
  group.addEventListener("keydown", event => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    onPick(part.name);
  });
  // Read out as it is seen, word for word.
  for (const text of [...group.querySelectorAll("text")]) text.append(" ");
  return group;
}

// How full it is stands in its length, in its colour and in figures.
function bar(used: number): SVGElement[] {
  const level = used >= 0.9 ? "full" : used >= 0.7 ? "busy" : "idle";
  return [
    svg("rect", { class: "bar", x: 12, y: 46, width: barWidth, height: 8, rx: 2 }),
    svg("rect", {
      class: `load ${level}`, x: 12, y: 46, width: Math.max(1, barWidth * Math.min(1, used)), height: 8,
      rx: 2,
    }),
    svg("text", { class: "share", x: boxWidth - 12, y: 54 }, percent(Math.round(used * 1000) / 1000)),
  ];
}

function tag(word: string): SVGGElement {
  const width = word.length * 6.4 + 16;
  return svg("g", { class: "tag", transform: "translate(10 -10)" },
    svg("rect", { width, height: 18, rx: 9 }), svg("text", { x: width / 2, y: 12.5 }, word));
}

function isFirst(way: Way, data: Architecture): boolean {
  return data.bottleneckTo === way.call.to && data.bottleneckPart === way.call.from;
}

function arrow(way: Way, data: Architecture): SVGGElement {
  const { points } = way;
  const end = points.at(-1)!;
  const before = points.at(-2)!;
  const turn = Math.atan2(end.y - before.y, end.x - before.x) * 180 / Math.PI;
  return svg("g", { class: `way${isFirst(way, data) ? ` first${near(data)}` : ""}` },
    svg("path", { class: "wire", d: curve(points) }),
    svg("path", {
      class: "head", d: "M0 0 l-9 -4.5 v9 z", transform: `translate(${end.x} ${end.y}) rotate(${turn})`,
    }));
}

// Through the middles of the points between its ends.
function curve(points: Way["points"]): string {
  const [first, ...rest] = points;
  let d = `M${first!.x} ${first!.y}`;
  for (let i = 0; i < rest.length - 1; i++) {
    const [at, next] = [rest[i]!, rest[i + 1]!];
    const isLast = i === rest.length - 2;
    const to = isLast ? next : { x: (at.x + next.x) / 2, y: (at.y + next.y) / 2 };
    d += ` Q${at.x} ${at.y} ${to.x} ${to.y}`;
  }
  return rest.length === 1 ? `${d} L${rest[0]!.x} ${rest[0]!.y}` : d;
}

// On paper of their own: the arrow runs behind them.
function words(way: Way, data: Architecture): SVGGElement {
  const first = isFirst(way, data) && data.bottleneckWord ? [data.bottleneckWord] : [];
  const lines = [...way.label, ...first];
  const top = way.y - ((lines.length - 1) * lineHeight) / 2 + 4;
  const width = Math.max(...lines.map(line => line.length)) * 5.6;
  return svg("g", { class: `calls${first.length > 0 ? ` first${near(data)}` : ""}` },
    svg("rect", {
      x: way.x - width / 2, y: top - 11, width, height: lines.length * lineHeight, rx: 3,
    }),
    svg("text", {}, ...lines.map((line, i) => svg("tspan", {
      x: way.x, y: top + i * lineHeight, class: /failed|attempts/.test(line) ? "trouble" : null,
    }, line))));
}

function near(data: Architecture): string {
  return data.isNear ? " near" : "";
}

function shortened(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}

function told(data: Architecture): string {
  return `Parts and who calls whom: ${data.calls.map(call => `${call.from} calls ${call.to}`).join(", ")}`;
}
