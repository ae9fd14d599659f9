// An objective against a number that was varied: a curve for each setting of everything else.

import { h, set, svg } from "../dom.ts";
import { number } from "../words.ts";
import { axisOf, labelOf, nameOf, spansPowers, type Axis } from "./axis.ts";
import { choice } from "./choices.ts";
import type { Curves, Figure, Point, SweepData } from "./data.ts";
import { frameOf, paper, type Frame } from "./frame.ts";
import type { Picked } from "./picked.ts";

const colours = 6;

export function curves(data: SweepData, picked: Picked, drawLater: (() => void)[]): HTMLElement | null {
  const { curves: drawn } = data;
  if (!drawn || data.objectives.length === 0) return null;
  let shown = 0;
  const place = h("div", { class: "plot" });
  const canvas = svg("svg", { class: "chart-svg curves", role: "group",
    "aria-label": `Objectives over ${drawn.over}; the same stands as a table below.` });
  place.append(canvas);
  const tools = h("div", { class: "tools" });
  const render = (): void => {
    if (place.clientWidth === 0) return;
    const frame = frameOf(place.clientWidth);
    set(canvas, { width: frame.width, height: frame.height });
    canvas.replaceChildren(...draw(data, drawn, shown, frame, picked));
  };
  if (data.objectives.length > 1)
    tools.append(choice("Draw", data.objectives.map(aim => aim.words), 0, at => {
      shown = at;
      render();
    }));
  picked.follow(render);
  drawLater.push(() => {
    render();
    new ResizeObserver(render).observe(place);
  });
  return h("section", { id: "curves" },
    h("h2", {}, `Over ${drawn.over}`),
    ...drawn.sentences.map(sentence => h("p", { class: "said" }, `${sentence}.`)),
    drawn.lines.length > 1 && legend(drawn), tools, place,
    data.objectives.length < 2 && picked.panel);
}

interface Stop { x: number; point: Point; figure: Figure }

function draw(data: SweepData, drawn: Curves, shown: number, frame: Frame, picked: Picked): SVGElement[] {
  const lines = drawn.lines.map(line => line.points.flatMap(({ x, point: at }) => {
    const point = data.points[at]!;
    const figure = point.figures[shown];
    return figure ? [{ x, point, figure }] : [];
  }));
  const all = lines.flat();
  if (all.length === 0) return [];
  const aim = data.objectives[shown]!;
  const xs = all.map(stop => stop.x);
  const ys = all.map(stop => stop.figure.value);
  const x = axisOf(xs, frame.left, frame.right, spansPowers(xs), Math.floor(frame.width / 90), number);
  const y = axisOf([...ys, ...reached(all, ys)], frame.bottom, frame.top, spansPowers(ys), 6, labelOf(aim));
  const over = drawn.unit ? `${drawn.over}, ${drawn.unit}` : drawn.over;
  return [
    ...paper(frame, x, y, { x: over, y: nameOf(aim, frame.width) }),
    ...lines.flatMap((line, at) => curve(line, at % colours, x, y, picked)),
  ];
}

function reached(stops: Stop[], ys: number[]): number[] {
  const top = Math.max(...ys) * 1.5;
  return stops.map(stop => stop.figure.high).filter(end => end !== null && end <= top) as number[];
}

function curve(stops: Stop[], colour: number, x: Axis, y: Axis, picked: Picked): SVGElement[] {
  const known = stops.filter(({ figure }) => figure.low !== null && figure.high !== null);
  const up = known.map(({ x: at, figure }) => `${x.at(at)} ${y.at(figure.high!)}`);
  const down = [...known].reverse().map(({ x: at, figure }) => `${x.at(at)} ${y.at(figure.low!)}`);
  const middle = stops.map(({ x: at, figure }) => `${x.at(at)} ${y.at(figure.value)}`);
  const marks = stops.map(({ x: at, point, figure }) => {
    const mark = svg("g", { class: `stop c${colour}${picked.is(point) ? " picked" : ""} ${point.verdict}`,
      tabindex: 0, role: "button", "data-point": point.number,
      "aria-label": `${point.name}: ${figure.text}` },
      svg("circle", { class: "hit", cx: x.at(at), cy: y.at(figure.value), r: 14 }),
      svg("circle", { class: "dot", cx: x.at(at), cy: y.at(figure.value), r: 4.5 }));
    picked.listen(mark, point);
    return mark;
  });
  return [
    ...known.length > 1
      ? [svg("path", { class: `band c${colour}`, d: `M${[...up, ...down].join("L")}Z` })] : [],
    svg("path", { class: `line c${colour}`, d: `M${middle.join("L")}` }),
    ...marks,
  ];
}

function legend(drawn: Curves): HTMLElement {
  return h("ul", { class: "legend" }, ...drawn.lines.map((line, at) =>
    h("li", {}, h("span", { class: `swatch c${at % colours}` }), line.name)));
}
