// The trade itself: every point by two objectives, with its intervals, and the frontier through those that
// nothing dominates.

import { h, set, svg } from "../dom.ts";
import { axisOf, labelOf, nameOf, spansPowers, type Axis } from "./axis.ts";
import { choice, toggle } from "./choices.ts";
import type { Aim, Figure, Point, SweepData } from "./data.ts";
import { frameOf, paper, type Frame } from "./frame.ts";
import type { Picked } from "./picked.ts";

const letter = 6.6;
const sameSpot = 4;
const mostNamed = 4;

// Where a name may stand, the best place first.
const beside = [
  { dx: 11, dy: 4, anchor: "start" }, { dx: -11, dy: 4, anchor: "end" }, { dx: 0, dy: -12, anchor: "middle" },
  { dx: 0, dy: 20, anchor: "middle" }, { dx: 9, dy: -9, anchor: "start" }];

interface Placed {
  point: Point;
  x: Figure;
  y: Figure;
}

export function scatter(data: SweepData, picked: Picked, drawLater: (() => void)[]): HTMLElement | null {
  if (data.objectives.length < 2) return null;
  const shown = { x: 0, y: 1, logX: false, logY: false };
  const place = h("div", { class: "plot" });
  const canvas = svg("svg", { class: "chart-svg scatter", role: "group",
    "aria-label": "All points by two objectives; the same stands as a table below." });
  place.append(canvas);
  const figures = (at: number): number[] => data.points.map(point => point.figures[at]?.value)
    .filter(value => value !== undefined);
  const guess = (): void => {
    shown.logX = spansPowers(figures(shown.x));
    shown.logY = spansPowers(figures(shown.y));
  };
  const render = (): void => {
    if (place.clientWidth === 0) return;
    const frame = frameOf(place.clientWidth);
    set(canvas, { width: frame.width, height: frame.height });
    canvas.replaceChildren(...draw(data, shown, frame, picked));
    tools.replaceChildren(...toolsOf());
  };
  const names = data.objectives.map(aim => aim.words);
  const toolsOf = (): HTMLElement[] => [
    ...data.objectives.length > 2 ? [
      choice("Across", names, shown.x, at => change({ x: at, y: at === shown.y ? shown.x : shown.y })),
      choice("Up", names, shown.y, at => change({ y: at, x: at === shown.x ? shown.y : shown.x }))] : [],
    ...Math.min(...figures(shown.x)) > 0
      ? [toggle("Log scale across", shown.logX, on => { shown.logX = on; render(); })] : [],
    ...Math.min(...figures(shown.y)) > 0
      ? [toggle("Log scale up", shown.logY, on => { shown.logY = on; render(); })] : [],
  ];
  const change = (to: { x: number; y: number }): void => {
    Object.assign(shown, to);
    guess();
    render();
  };
  const tools = h("div", { class: "tools" });
  picked.follow(render);
  drawLater.push(() => {
    guess();
    render();
    new ResizeObserver(render).observe(place);
  });
  return h("section", { id: "trade" }, h("h2", {}, "The trade"), legend(data), tools, place, picked.panel);
}

function draw(data: SweepData, shown: { x: number; y: number; logX: boolean; logY: boolean }, frame: Frame,
  picked: Picked): SVGElement[] {
  const placed = data.points.flatMap(point => {
    const [x, y] = [point.figures[shown.x], point.figures[shown.y]];
    return x && y ? [{ point, x, y }] : [];
  });
  if (placed.length === 0) return [];
  const [aimX, aimY] = [data.objectives[shown.x]!, data.objectives[shown.y]!];
  const x = axisOf(ends(placed.map(one => one.x)), frame.left, frame.right, shown.logX,
    Math.floor(frame.width / 110), labelOf(aimX));
  const y = axisOf(ends(placed.map(one => one.y)), frame.bottom, frame.top, shown.logY, 6, labelOf(aimY));
  return [
    ...paper(frame, x, y, { x: nameOf(aimX, frame.width), y: nameOf(aimY, frame.width) }),
    frontier(placed, aimX, aimY, x, y),
    ...placed.map(one => bars(one, x, y)),
    // Those that matter last, so that they lie on top.
    ...[...placed].sort((a, b) => weight(a, picked) - weight(b, picked)).map(one => mark(one, x, y, picked)),
    ...labels(placed, x, y, frame),
  ];
}

// Estimates and the ends of intervals that are not far off: an interval without end would leave no room.
function ends(figures: Figure[]): number[] {
  const values = figures.map(figure => figure.value);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const reach = (high - low) * 0.5;
  const near = figures.flatMap(figure => [figure.low, figure.high])
    .filter(end => end !== null && end >= low - reach && end <= high + reach) as number[];
  return [...values, ...near];
}

// A staircase: between two of its points nothing is known to be better than the worse of them.
function frontier(placed: Placed[], aimX: Aim, aimY: Aim, x: Axis, y: Axis): SVGElement {
  const signX = aimX.better === "more" ? -1 : 1;
  const signY = aimY.better === "more" ? -1 : 1;
  let best = Infinity;
  const stairs = placed.filter(({ point }) => point.standing === "frontier")
    .sort((a, b) => signX * (a.x.value - b.x.value) || signY * (a.y.value - b.y.value))
    .filter(one => {
      const better = signY * one.y.value < best;
      best = Math.min(best, signY * one.y.value);
      return better;
    });
  const path = stairs.map((one, i) =>
    i === 0 ? `M${x.at(one.x.value)} ${y.at(one.y.value)}` : `H${x.at(one.x.value)}V${y.at(one.y.value)}`);
  return svg("path", { class: "frontier-line", d: path.join("") });
}

function bars({ point, x: across, y: up }: Placed, x: Axis, y: Axis): SVGElement {
  const [atX, atY] = [x.at(across.value), y.at(up.value)];
  const flat = across.low !== null && across.high !== null
    ? `M${x.at(across.low)} ${atY}H${x.at(across.high)}` : "";
  const upright = up.low !== null && up.high !== null ? `M${atX} ${y.at(up.low)}V${y.at(up.high)}` : "";
  return svg("path", { class: `reach ${point.standing}`, d: flat + upright });
}

function mark({ point, x: across, y: up }: Placed, x: Axis, y: Axis, picked: Picked): SVGElement {
  const [atX, atY] = [x.at(across.value), y.at(up.value)];
  const group = svg("g", { class: `mark ${point.standing} ${point.verdict}`
    + (picked.is(point) ? " picked" : ""), tabindex: 0, role: "button", "data-point": point.number,
    "aria-label": `${point.name}: ${across.text}, ${up.text}; ${point.standingWords}` },
    svg("circle", { class: "hit", cx: atX, cy: atY, r: 16 }),
    svg("circle", { class: "dot", cx: atX, cy: atY, r: point.standing === "frontier" ? 6.5 : 5.5 }),
    point.verdict === "broke" && svg("path", { class: "cross",
      d: `M${atX - 3} ${atY - 3}l6 6m0 -6l-6 6` }));
  picked.listen(group, point);
  return group;
}

function weight({ point }: Placed, picked: Picked): number {
  if (picked.is(point)) return 3;
  return point.standing === "frontier" ? 2 : point.standing === "may-be-dominated" ? 1 : 0;
}

// Names where there is room for them: of the frontier first, never over one another, and of those that lie on
// one spot together.
function labels(placed: Placed[], x: Axis, y: Axis, frame: Frame): SVGElement[] {
  const spots = together([...placed].sort((a, b) => rank(a) - rank(b)), x, y);
  const taken = spots.map(spot => box(spot.x - 8, spot.y - 8, 16, 16));
  return spots.flatMap((spot, at) => {
    const text = spot.names.slice(0, mostNamed).join(", ")
      + (spot.names.length > mostNamed ? ` and ${spot.names.length - mostNamed} more` : "");
    const width = text.length * letter;
    for (const { dx, dy, anchor } of beside) {
      const left = spot.x + dx - (anchor === "start" ? 0 : anchor === "end" ? width : width / 2);
      const wanted = box(left, spot.y + dy - 11, width, 14);
      if (wanted.left < frame.left || wanted.right > frame.right || wanted.top < frame.top - 8
        || wanted.bottom > frame.bottom + 8
        || taken.some((other, own) => own !== at && overlaps(other, wanted)))
        continue;
      taken.push(wanted);
      return [svg("text", { class: `label ${spot.standing}`, x: spot.x + dx, y: spot.y + dy,
        "text-anchor": anchor }, text)];
    }
    return [];
  });
}

interface Spot { x: number; y: number; names: string[]; standing: string }

function together(placed: Placed[], x: Axis, y: Axis): Spot[] {
  const spots: Spot[] = [];
  for (const one of placed) {
    const [atX, atY, name] = [x.at(one.x.value), y.at(one.y.value), one.point.values.join(" ")];
    const near = spots.find(spot => Math.hypot(spot.x - atX, spot.y - atY) < sameSpot);
    if (near) near.names.push(name);
    else spots.push({ x: atX, y: atY, names: [name], standing: one.point.standing });
  }
  return spots;
}

interface Box { left: number; right: number; top: number; bottom: number }

function box(left: number, top: number, width: number, height: number): Box {
  return { left, right: left + width, top, bottom: top + height };
}

function overlaps(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

function rank({ point }: Placed): number {
  return ["frontier", "may-be-dominated", "dominated", "not-placed"].indexOf(point.standing);
}

function legend(data: SweepData): HTMLElement {
  const has = (standing: string): boolean => data.points.some(point => point.standing === standing);
  const entry = (kind: string, words: string): HTMLElement =>
    h("li", {}, h("span", { class: `spot ${kind}` }), words);
  return h("ul", { class: "legend" },
    has("frontier") && entry("frontier", "on the frontier: each other point is worse at something"),
    has("may-be-dominated") && entry("may-be-dominated", "may be dominated: the seeds cannot tell"),
    has("dominated") && entry("dominated", "dominated: another is better at something and worse at nothing"),
    data.points.some(point => point.verdict === "broke") && entry("broke", "broke a promise"),
    data.points.some(point => point.figures.some(figure => figure?.low != null))
      && entry("bars", "interval of 95 %"));
}
