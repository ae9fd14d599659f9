// Every point as a row, the frontier first; a row opens what is to be told of it.

import { h } from "../dom.ts";
import { details } from "./picked.ts";
import type { Point, SweepData } from "./data.ts";

const order = ["frontier", "may-be-dominated", "dominated", "not-placed"];

export function table(data: SweepData): HTMLElement {
  const points = [...data.points].sort((a, b) => order.indexOf(a.standing) - order.indexOf(b.standing));
  const columns = data.varied.length + data.objectives.length + 4;
  const head = h("tr", {}, ...[
    "#",
    ...data.varied.map(one => one.name),
    ...data.objectives.map(aim => `${aim.words} ${aim.better === "more" ? "↑" : "↓"}`),
    "Standing", "Promises", ""].map(name => h(name ? "th" : "td", name ? { scope: "col" } : {}, name)));
  return h("section", { id: "points" },
    h("h2", {}, "All points"),
    h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "All points" },
      h("table", { class: "points" }, h("thead", {}, head),
        h("tbody", {}, ...points.flatMap(point => rows(data, point, columns))))),
    ...data.refused.length === 0 ? [] : [
      h("details", {}, h("summary", {}, `${data.refused.length} settings that the design refuses`),
        h("ul", { class: "refused" },
          ...data.refused.map(one => h("li", {}, h("b", {}, one.name), ` ${one.why}`))))]);
}

function rows(data: SweepData, point: Point, columns: number): HTMLElement[] {
  const more = h("tr", { class: "more", hidden: true }, h("td", { colspan: columns }));
  const button = h("button", { type: "button", "aria-expanded": "false",
    "aria-label": `More of ${point.name}` }, "More");
  button.addEventListener("click", () => {
    more.hidden = !more.hidden;
    if (!more.hidden) more.firstElementChild!.replaceChildren(...details(data, point));
    button.setAttribute("aria-expanded", String(!more.hidden));
    button.textContent = more.hidden ? "More" : "Less";
  });
  return [
    h("tr", { class: point.standing },
      h("td", { class: "soft" }, String(point.number)),
      ...point.values.map(value => h("td", {}, value)),
      ...point.figures.map(figure => h("td", { class: "figure" }, figure?.text ?? "–")),
      h("td", {}, h("span", { class: `standing ${point.standing}` }, short(point))),
      h("td", {}, h("span", { class: `told ${point.verdict}` }, point.verdict),
        ...point.unstable ? [h("span", { class: "told unknown" }, ", no steady state")] : []),
      h("td", {}, button)),
    more,
  ];
}

function short(point: Point): string {
  return { "frontier": "on the frontier", "may-be-dominated": "may be dominated", "dominated": "dominated",
    "not-placed": "not placed" }[point.standing];
}
