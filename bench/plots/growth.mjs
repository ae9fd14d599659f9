// Draws the lines of `Steelyard.Bench growth`, read from standard input, as an SVG with logarithmic scales:
//   dotnet run -c Release --project bench/Steelyard.Bench -- growth > growth.tsv
//   node bench/plots/growth.mjs < growth.tsv > docs/growth.svg
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const packages = createRequire(new URL("../../web/", import.meta.url));
const { scaleLog } = await import(packages.resolve("d3-scale"));

const width = 860, height = 480;
const margin = { top: 28, right: 190, bottom: 52, left: 64 };
const colours = [
  "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#b8860b", "#56b4e9", "#7f3fbf", "#666666", "#a0522d",
  "#333399", "#c2185b", "#4a7c2f"];

const curves = new Map();
for (const line of readFileSync(0, "utf8").trim().split("\n")) {
  const [name, operations, seconds] = line.split("\t");
  if (!curves.has(name)) curves.set(name, []);
  curves.get(name).push([Number(operations), Number(seconds)]);
}
const points = [...curves.values()].flat();
const decades = values => [
  10 ** Math.floor(Math.log10(Math.min(...values))), 10 ** Math.ceil(Math.log10(Math.max(...values)) - 0.01)];
const x = scaleLog(decades(points.map(point => point[0])), [margin.left, width - margin.right]);
const y = scaleLog(decades(points.map(point => point[1])), [height - margin.bottom, margin.top]);
const isPower = number => Number.isInteger(Math.round(Math.log10(number) * 1e9) / 1e9);
const powers = scale => scale.ticks().filter(isPower);

const out = [];
const fixed = number => number.toFixed(1);
const text = (atX, atY, words, more = "") =>
  out.push(`<text x="${fixed(atX)}" y="${fixed(atY)}" ${more}>${words}</text>`);
const grid = (x1, y1, x2, y2) =>
  out.push(`<line class="grid" x1="${fixed(x1)}" y1="${fixed(y1)}" x2="${fixed(x2)}" y2="${fixed(y2)}"/>`);
for (const tick of powers(x)) {
  grid(x(tick), margin.top, x(tick), height - margin.bottom);
  text(x(tick), height - margin.bottom + 20, count(tick), 'text-anchor="middle"');
}
for (const tick of powers(y)) {
  grid(margin.left, y(tick), width - margin.right, y(tick));
  text(margin.left - 8, y(tick) + 4, duration(tick), 'text-anchor="end"');
}
const middle = (margin.left + width - margin.right) / 2;
text(middle, height - 10, "operations or transactions in the history", 'text-anchor="middle"');
text(margin.left, 16, "processor time of one judgement");
drawSlope();
// The names stand at the ends of their curves, pushed apart where they would cover each other, and none above
// the field.
let lowest = Infinity; // of the labels so far, from the lowest curve up
let above = curves.size; // names that are still to come
[...curves].map(([name, curve], number) => ({ name, curve, colour: colours[number % colours.length] }))
  .sort((one, other) => other.curve.at(-1)[1] < one.curve.at(-1)[1] ? 1 : -1)
  .forEach(({ name, curve, colour }) => {
    const path = curve.map(([n, s]) => `${fixed(x(n))},${fixed(y(s))}`).join(" ");
    out.push(`<polyline points="${path}" stroke="${colour}"/>`);
    for (const [n, s] of curve)
      out.push(`<circle cx="${fixed(x(n))}" cy="${fixed(y(s))}" r="2.5" fill="${colour}"/>`);
    const [n, s] = curve.at(-1);
    lowest = Math.min(Math.max(y(s) + 4, margin.top + 15 * --above), lowest - 15);
    text(x(n) + 9, lowest, name, `fill="${colour}"`);
  });

// What n would look like, to hold the curves against.
function drawSlope() {
  const [from, to] = x.domain();
  const top = y.domain()[1] * 0.9;
  const start = top * from / to;
  if (start < y.domain()[0]) return;
  out.push(`<line class="slope" x1="${x(from)}" y1="${y(start)}" x2="${x(to)}" y2="${y(top)}"/>`);
  const middle = Math.sqrt(from * to);
  text(x(middle) - 9, y(top * middle / to) - 9, "grows with n", 'class="quiet" text-anchor="end"');
}

function count(number) {
  return number >= 1e6 ? `${number / 1e6} M` : number >= 1e3 ? `${number / 1e3} k` : `${number}`;
}

function duration(seconds) {
  if (seconds >= 1) return `${seconds} s`;
  return seconds >= 1e-3 ? `${Math.round(seconds * 1e3)} ms` : `${Math.round(seconds * 1e6)} µs`;
}

const size = `viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"`;
console.log(`<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img"
  aria-label="How judging grows with the length of a history">
<style>
  text { font: 13px system-ui, sans-serif }
  .quiet { fill: #777 } .grid { stroke: #ddd } .slope { stroke: #999; stroke-dasharray: 4 4 }
  polyline { fill: none; stroke-width: 2 }
  svg { background: #fff }
</style>
${out.join("\n")}
</svg>`);
