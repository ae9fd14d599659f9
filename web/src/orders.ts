// The longest orders of a witness that fit, step by step: the operations on the lines of their processes, the
// instant at which each takes effect in the order shown, the state after each step, and what fits no more.

import type { Order, OrderedOperation, Orders } from "./data.ts";
import { h, svg } from "./dom.ts";
import { plural } from "./words.ts";

const lane = 44;
const left = 92; // The names of processes stand there.
const bar = 24;
const top = 4;
// Instants hang below their bars, clear of the words in them.
const below = 3;

export function orders(data: Orders): HTMLElement {
  const place = h("div", { class: "order" });
  const buttons = data.orders.map((_, i) =>
    h("button", { type: "button", "aria-pressed": "false" }, String(i + 1)));
  const show = (shown: number): void => {
    place.replaceChildren(...stepper(data, data.orders[shown]!));
    buttons.forEach((button, i) => button.setAttribute("aria-pressed", String(i === shown)));
  };
  buttons.forEach((button, i) => button.addEventListener("click", () => show(i)));
  show(0);
  return h("figure", { class: "orders" },
    h("figcaption", {}, caption(data)),
    data.orders.length > 1 && h("div", { class: "choices", role: "group", "aria-label": "Which order" },
      ...buttons),
    place);
}

function caption(data: Orders): string {
  const all = data.orders.length;
  const isOfWitness = (place: number): boolean => !data.operations[place]!.isOther;
  const placed = data.orders[0]!.steps.filter(step => isOfWitness(step.operation)).length;
  const operations = plural(data.operations.filter(o => !o.isOther).length, "operation");
  const which = all === 1 ? "The longest order of these that fits has" :
    data.leftOut > 0 ? `${all} of the longest orders of these that fit have`
      : `The ${all} longest orders of these that fit have`;
  const rest = data.leftOut > 0 ? "; the others are in the answer of --json" : "";
  const others = data.operations.some(o => o.isOther)
    ? " Others stand in it where it needs them: each may have taken effect at any time after it began." : "";
  return `${which} ${placed} of ${operations}${rest}.${others}`;
}

// Opens at its end, where the contradiction is.
function stepper(data: Orders, order: Order): Node[] {
  const last = order.steps.length;
  const drawing = h("div", {
    class: "scroll", tabindex: 0, role: "region", "aria-label": "Operations in time",
  });
  const rows = table(data, order);
  const slider = h("input", {
    type: "range", min: 0, max: last, value: last, step: 1, "aria-label": "Steps taken",
  }) as HTMLInputElement;
  const show = (): void => {
    const taken = Number(slider.value);
    drawing.replaceChildren(timeline(data, order, taken));
    rows.forEach((row, i) => {
      row.classList.toggle("now", i === taken);
      row.classList.toggle("ahead", i > taken);
    });
    back.disabled = taken === 0;
    forward.disabled = taken === last;
  };
  const move = (by: number): void => {
    slider.value = String(Number(slider.value) + by);
    show();
  };
  const back = button("Back", () => move(-1));
  const forward = button("Forward", () => move(1));
  slider.addEventListener("input", show);
  show();
  return [
    drawing,
    h("div", { class: "steps" }, back, slider, forward),
    h("div", { class: "scroll" }, h("table", { class: "states" },
      h("thead", {}, h("tr", {}, ...["", "Operation", "State after it"].map(head => h("th", {}, head)))),
      h("tbody", {}, ...rows, ...refusals(data, order)))),
  ];
}

function button(words: string, act: () => void): HTMLButtonElement {
  const made = h("button", { type: "button" }, words);
  made.addEventListener("click", act);
  return made;
}

function table(data: Orders, order: Order): HTMLElement[] {
  const first = h("tr", {}, h("td", {}, ""), h("td", { class: "soft" }, "at first"),
    h("td", {}, h("code", {}, order.initial)));
  return [first, ...order.steps.map((step, i) => h("tr", {},
    h("td", {}, String(i + 1)), operation(data.operations[step.operation]!),
    h("td", {}, h("code", {}, step.state))))];
}

// Said in words and with a mark: never by colour alone.
function refusals(data: Orders, order: Order): HTMLElement[] {
  const rows = order.refused.map(step => h("tr", { class: "refused" },
    h("td", {}, "✕"), operation(data.operations[step.operation]!),
    h("td", {}, `does not fit: ${step.why}`)));
  const later = `and ${plural(order.later, "operation")} that come only after`;
  return order.later === 0 ? rows
    : [...rows, h("tr", { class: "soft" }, h("td", {}), h("td", { colspan: 2 }, later))];
}

function operation(o: OrderedOperation): HTMLElement {
  return h("td", {}, h("span", { class: "soft" }, `operation ${o.index}, `), o.detail,
    o.isOther && h("span", { class: "soft" }, " (may have happened)"));
}

function timeline(data: Orders, order: Order, taken: number): SVGSVGElement {
  const lanes = [...new Set(data.operations.map(o => o.who))];
  const places = Math.max(...data.operations.map(o => o.to ?? o.from)) + 1;
  // From one beginning or end to the next: few are set wide, so that they can be read.
  const unit = Math.max(34, Math.min(150, 500 / places));
  const x = (place: number): number => left + place * unit;
  const width = x(places) + 14;
  const row = (o: OrderedOperation): number => lanes.indexOf(o.who) * lane + top;
  const points = instants(order.steps.map(step => x(data.operations[step.operation]!.from)), unit);
  const way = order.steps.slice(0, taken).map((step, i) =>
    [points[i]!, row(data.operations[step.operation]!) + bar + below] as const);
  return svg("svg", {
    viewBox: `0 0 ${width} ${lanes.length * lane + top}`, width, class: "instants", role: "img",
    "aria-label": `${data.operations.length} operations of ${lanes.length} processes, ${taken} in order`,
  },
    ...lanes.map((name, i) => svg("text", { x: 0, y: i * lane + top + 16, class: "who" }, name)),
    svg("path", { d: way.map(([px, py], i) => `${i === 0 ? "M" : "L"}${px} ${py}`).join(" "), class: "way" }),
    ...data.operations.map((o, i) => shape(
      o, i, { left: x(o.from), right: o.to === null ? width - 4 : x(o.to), top: row(o) }, order, taken)),
    ...way.map(([px, py], i) => instant(px, py, i + 1, i === taken - 1)));
}

interface Box {
  left: number;
  right: number;
  top: number;
}

function shape(o: OrderedOperation, place: number, box: Box, order: Order, taken: number): SVGElement {
  const step = order.steps.findIndex(one => one.operation === place);
  const isRefused = order.refused.some(one => one.operation === place);
  const isAtEnd = taken === order.steps.length;
  const kind = step >= 0 && step < taken ? "taken" : isRefused && isAtEnd ? "no" : "open";
  const room = box.right - box.left;
  const mark = kind === "no" ? "✕ " : "";
  return svg("g", { class: `${kind}${o.to === null ? " endless" : ""}` },
    svg("title", {}, `operation ${o.index}, ${o.detail}`),
    svg("rect", { x: box.left, y: box.top, width: room, height: bar, rx: 4 }),
    svg("text", { x: box.left + 7, y: box.top + 16 }, fitting(mark, o.label, room - 14)));
}

// A label that does not fit its bar is told in the table, and when pointed at.
function fitting(mark: string, label: string, room: number): string {
  return (mark + label).length * 7.3 <= room ? mark + label : mark + label.split(" ")[0]!;
}

// The instants of an order, from left to right: each within its operation, and after the one before.
function instants(beginnings: number[], unit: number): number[] {
  const gap = unit / (beginnings.length + 2);
  let at = 0;
  return beginnings.map(beginning => (at = Math.round(Math.max(at, beginning) + gap)));
}

function instant(x: number, y: number, step: number, isLast: boolean): SVGElement {
  return svg("g", { class: isLast ? "instant last" : "instant" },
    svg("circle", { cx: x, cy: y, r: 7 }), svg("text", { x, y: y + 3.4 }, String(step)));
}
