// The architecture: the graph, what is full first and why, and the curves of whichever part is picked.

import type { Architecture, Push, ReportData } from "../data.ts";
import { h } from "../dom.ts";
import { stalenessOf } from "../timeline/percentiles.ts";
import { capitalized, percent, seconds } from "../words.ts";
import { graph } from "./graph.ts";
import { draw, instancesOf, panel } from "./panel.ts";

export function architecture(data: ReportData, drawLater: (() => void)[]): HTMLElement | null {
  const own = data.architecture;
  if (!own) return null;
  const drawing = h("div", { class: "drawing" });
  const panels = h("div", { class: "panels", "aria-live": "polite" });
  drawLater.push(() => show(own, data, drawing, panels));
  return h("section", { id: "architecture" },
    h("h2", {}, "The architecture under this load"),
    h("ul", { class: "bottleneck" }, ...own.bottleneck.map(sentence => h("li", {}, `${sentence}.`))),
    drawing,
    h("p", { class: "note" },
      "Means over the load: the bar is the share of time that workers were at work (one that waits for a"
      + " call is), the line is how many wait before them. An arrow says how many calls a second, and what"
      + " went wrong with them. Choose a part to see it over time."),
    panels,
    scaling(own, data, drawLater), push(own.push), effects(own, drawLater));
}

function show(own: Architecture, data: ReportData, drawing: HTMLElement, panels: HTMLElement): void {
  const made = new Map<string, HTMLElement>();
  const pick = (name: string): void => {
    const part = own.parts.find(one => one.name === name);
    if (!part) return;
    for (const other of made.values()) other.hidden = true;
    const known = made.get(name);
    if (known) known.hidden = false;
    else {
      const fresh = panel(part, own, data.faults);
      made.set(name, fresh.element);
      panels.append(fresh.element);
      fresh.draw();
    }
    picture.pick(name);
  };
  const picture = graph(own, pick);
  drawing.append(picture.element);
  picture.fit(drawing.clientWidth);
  new ResizeObserver(() => drawing.clientWidth > 0 && picture.fit(drawing.clientWidth)).observe(drawing);
  pick(own.bottleneckPart ?? own.parts.find(part => !part.isSource)?.name ?? own.parts[0]!.name);
}

// How a service was scaled is seen without choosing it.
function scaling(own: Architecture, data: ReportData, drawLater: (() => void)[]): HTMLElement | null {
  const scaled = own.parts.filter(part => part.wanted !== null);
  if (scaled.length === 0 && own.cost === null) return null;
  const place = h("div", { class: "scaling" },
    h("h3", {}, scaled.length > 0 ? "Instances against demand" : "Cost"),
    own.cost !== null && h("p", {}, `${own.cost}.`));
  drawLater.push(() => draw(place, scaled.map(instancesOf), own, data.faults));
  return place;
}

function push(of: Push | null): HTMLElement | null {
  if (!of) return null;
  const bars: [string, number][] = [
    ["before", of.before], ["during", of.during], ["at the end", of.after]];
  return h("div", { class: "push" },
    h("h3", {}, "A push, and what became of it: ", of.verdict),
    h("p", { class: "note" },
      `${capitalized(of.words)}, from ${seconds(of.start, 1)} to ${seconds(of.end, 1)}. `,
      of.recoverySeconds === null ? "It did not come back to where it was."
        : of.recoverySeconds === 0 ? "It served as before as soon as that was over."
          : `It served as before ${seconds(of.recoverySeconds, 1)} after its end.`,
      " Of what was due, answered in time:"),
    h("dl", {}, ...bars.flatMap(([words, share]) => [h("dt", {}, words), goodput(share)])));
}

function goodput(share: number): HTMLElement {
  return h("dd", {}, h("span", { class: "goodput", style: `--share: ${share}` }), h("b", {}, percent(share)));
}

function effects(own: Architecture, drawLater: (() => void)[]): HTMLElement | null {
  if (own.effects.length === 0) return null;
  return h("div", { class: "effects" },
    h("h3", {}, "Effects, and how fresh what was read is"),
    ...own.effects.map(sentence => h("p", {}, `${sentence}.`)),
    own.staleness && stalenessOf(own.staleness, drawLater));
}
