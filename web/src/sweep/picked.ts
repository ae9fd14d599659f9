// The point that the reader looks at: one for all charts and the table, with its details in one panel.

import { h } from "../dom.ts";
import { command } from "../commands.ts";
import type { Point, SweepData } from "./data.ts";

export class Picked {
  readonly panel = h("div", { class: "point-details", "aria-live": "polite" });
  private point: Point | null = null;
  private isKept = false;
  private readonly followers: (() => void)[] = [];

  constructor(private readonly data: SweepData) {
    this.show();
  }

  is(point: Point): boolean {
    return this.point === point;
  }

  follow(changed: () => void): void {
    this.followers.push(changed);
  }

  // Hover shows a point, a click keeps it; a second click lets it go.
  listen(element: Element, point: Point): void {
    element.addEventListener("pointerenter", event => {
      if ((event as PointerEvent).pointerType === "mouse" && !this.isKept) this.pick(point, false);
    });
    element.addEventListener("click", () => this.pick(this.isKept && this.is(point) ? null : point, true));
    element.addEventListener("keydown", event => {
      const { key } = event as KeyboardEvent;
      if (key !== "Enter" && key !== " ") return;
      event.preventDefault();
      this.pick(this.isKept && this.is(point) ? null : point, true);
      this.refocus(point);
    });
  }

  private pick(point: Point | null, isKept: boolean): void {
    if (this.point === point && this.isKept === (isKept && point !== null)) return;
    this.point = point;
    this.isKept = isKept && point !== null;
    this.show();
    for (const follower of this.followers) follower();
  }

  // Charts are drawn anew when something is picked, and the focus is to stay where it was.
  private refocus(point: Point): void {
    document.querySelector<SVGElement>(`[data-point="${point.number}"]`)?.focus();
  }

  private show(): void {
    this.panel.replaceChildren(...this.point ? details(this.data, this.point)
      : [h("p", { class: "soft" }, "Point at a mark to see what it is; click to keep it.")]);
  }
}

export function details(data: SweepData, point: Point): HTMLElement[] {
  return [
    h("h3", {}, `#${point.number} ${point.name} `,
      h("span", { class: `standing ${point.standing}` }, point.standingWords)),
    h("dl", { class: "facts" }, ...data.objectives.map((aim, at) => h("div", {},
      h("dt", {}, aim.words), h("dd", {}, point.figures[at]?.text ?? "not measured")))),
    ...point.why.map(sentence => h("p", { class: "soft" }, `${sentence}.`)),
    h("p", { class: `told ${point.verdict}` },
      point.verdict === "held" ? `Every promise held in ${seeds(point)}.` : `${point.verdictWords}.`),
    ...point.unstable ? [h("p", { class: "told unknown" }, `No steady state: ${point.unstable}.`)] : [],
    ...point.precise ? []
      : [h("p", { class: "told unknown" }, "Its intervals are wider than was asked for.")],
    ...point.report ? [h("p", {}, h("a", { href: point.report }, "Open a run of it"))] : [],
    command("Its first run again", point.repeat),
  ];
}

function seeds(point: Point): string {
  return point.seeds === 1 ? "its one run" : `all ${point.seeds} runs`;
}
