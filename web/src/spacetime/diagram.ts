// One space-time diagram: zoomed by wheel, pinch, keys and buttons; details by hover, tap and keys.

import { select } from "d3-selection";
import { type D3ZoomEvent, zoom, zoomIdentity, type ZoomTransform } from "d3-zoom";
import type { Excerpt, FaultWindow } from "../data.ts";
import { h, set, svg } from "../dom.ts";
import { details } from "./details.ts";
import { draw } from "./draw.ts";
import { layout } from "./layout.ts";
import { FoldedTime } from "./scale.ts";

const mostZoom = 400;
const panShare = 0.15;
const keyZoom = 1.5;

export function diagram(place: HTMLElement, excerpt: Excerpt, faults: FaultWindow[], id: string): void {
  const panel = h("div", { class: "details", "aria-live": "polite" });
  const canvas = svg("svg", {
    class: "space-time", tabindex: 0, role: "img", "aria-describedby": `${id}-keys`,
    "aria-label": `${excerpt.title}: ${excerpt.operations.length} operations`
      + ` and ${excerpt.messages.length} messages.`
      + " The same stands as a list below.",
  });
  let transform: ZoomTransform = zoomIdentity;
  let selected: string | null = null;
  let size = layout(excerpt, 800);
  let time = new FoldedTime(excerpt.windows, size.left, size.right, excerpt.hasTimes);

  const render = (): void => {
    const view = { excerpt, faults, layout: size, time, zoom: (x: number) => transform.applyX(x), selected,
      id };
    canvas.replaceChildren(...draw(view));
  };
  const behaviour = zoom<SVGSVGElement, unknown>()
    .scaleExtent([1, mostZoom])
    // Without focus or Ctrl the wheel scrolls the page: a diagram must not catch a reader who passes by.
    .filter((event: Event) => event.type !== "wheel"
      ? !(event as MouseEvent).button
      : document.activeElement === canvas || (event as WheelEvent).ctrlKey)
    .on("zoom", (event: D3ZoomEvent<SVGSVGElement, unknown>) => {
      transform = event.transform;
      render();
    });
  const selection = select<SVGSVGElement, unknown>(canvas).call(behaviour).on("dblclick.zoom", null);

  const resize = (): void => {
    if (place.clientWidth === 0) return;
    size = layout(excerpt, place.clientWidth);
    time = new FoldedTime(excerpt.windows, size.left, size.right, excerpt.hasTimes);
    set(canvas, { width: size.width, height: size.height, viewBox: `0 0 ${size.width} ${size.height}` });
    const plot: [[number, number], [number, number]] = [[size.left, 0], [size.right, size.height]];
    behaviour.extent(plot).translateExtent(plot);
    render();
  };
  const pick = (next: string | null): void => {
    if (next === selected) return;
    selected = next;
    panel.replaceChildren(...details(excerpt, selected));
    render();
  };
  const pan = (share: number): void =>
    behaviour.translateBy(selection, (share * size.width) / transform.k, 0);
  const scale = (by: number): void => behaviour.scaleBy(selection, by);
  const reset = (): void => behaviour.transform(selection, zoomIdentity);
  const step = (by: number): void => {
    const next = (selected?.startsWith("o") ? Number(selected.slice(1)) : by > 0 ? -1
      : excerpt.operations.length) + by;
    if (next < 0 || next >= excerpt.operations.length) return;
    pick(`o${next}`);
    const x = transform.applyX(time.x(excerpt.operations[next]!.from));
    if (x < size.left || x > size.right) behaviour.translateBy(selection,
      (size.width / 2 - x) / transform.k, 0);
  };

  const found = (event: Event): string | null =>
    (event.target as Element).closest("[data-id]")?.getAttribute("data-id") ?? null;
  canvas.addEventListener("pointerover", event => event.pointerType === "mouse" && found(event)
    && pick(found(event)));
  canvas.addEventListener("click", event => pick(found(event)));
  canvas.addEventListener("keydown", event => {
    const act = {
      ArrowLeft: () => pan(panShare), ArrowRight: () => pan(-panShare),
      ArrowDown: () => step(1), ArrowUp: () => step(-1),
      "+": () => scale(keyZoom), "=": () => scale(keyZoom), "-": () => scale(1 / keyZoom),
      "0": reset, Home: reset, Escape: () => pick(null),
    }[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  });

  place.append(
    h("div", { class: "tools" },
      tool("−", "Zoom out", () => scale(1 / keyZoom)), tool("+", "Zoom in", () => scale(keyZoom)),
      tool("Fit", "Fit the whole excerpt", reset),
      h("p", { id: `${id}-keys`, class: "soft" },
        "Drag to move; pinch, or click and scroll, to zoom. Keys: ← → move, + − zoom, 0 fit, ↑ ↓ next "
            + "operation.")),
    canvas, panel);
  panel.replaceChildren(...details(excerpt, null));
  new ResizeObserver(resize).observe(place);
  resize();
}

function tool(text: string, label: string, act: () => void): HTMLButtonElement {
  const button = h("button", { type: "button", "aria-label": label }, text);
  button.addEventListener("click", act);
  return button;
}
