// An axis of the charts: from values to pixels, with round ticks, and by powers where values span many.

import { scaleLinear, scaleLog } from "d3-scale";
import { number, percent } from "../words.ts";
import type { Aim } from "./data.ts";

const powersFrom = 60;
const room = 0.06;
const letter = 7;

export interface Axis {
  at: (value: number) => number;
  ticks: { value: number; label: string }[];
  isLog: boolean;
}

// Whether values are better drawn by powers: all above 0, and the largest many times the least.
export function spansPowers(values: number[]): boolean {
  const least = Math.min(...values);
  return least > 0 && Math.max(...values) / least >= powersFrom;
}

export function axisOf(values: number[], from: number, to: number, isLog: boolean, about: number,
  label: (value: number) => string): Axis {
  const [low, high] = widened(values, isLog);
  // An interval that reaches beyond ends at the edge.
  const scale = (isLog ? scaleLog([low, high], [from, to])
    : scaleLinear([low, high], [from, to])).clamp(true);
  const all = scale.ticks(about);
  // Of powers every second or fifth is enough where there are many.
  const ticks = isLog && all.length > about + 2
    ? all.filter(tick => isRound(tick, all.length > about * 2)) : all;
  return {
    at: value => scale(isLog ? Math.max(value, low) : value),
    ticks: (ticks.length > 1 ? ticks : all).map(value => ({ value, label: label(value) })),
    isLog,
  };
}

export function labelOf(aim: Aim): (value: number) => string {
  return aim.unit === "share" ? value => percent(value) : number;
}

// Which way is better stands in the table too, where there is no room for it here.
export function nameOf(aim: Aim, width: number): string {
  const unit = aim.unit === "share" || aim.unit === "" ? "" : `, ${aim.unit === "1/s" ? "per s" : aim.unit}`;
  const whole = `${aim.words}${unit} (${aim.better} is better)`;
  return whole.length * letter < width - 40 ? whole : `${aim.words}${unit}`;
}

function widened(values: number[], isLog: boolean): [number, number] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  if (isLog) {
    const factor = Math.max(1.1, (high / low) ** room);
    return [low / factor, high * factor];
  }
  const spread = high - low || Math.abs(high) * 0.1 || 1;
  const below = low - spread * room;
  return [low >= 0 && (below < 0 || low < spread * 0.4) ? 0 : below, high + spread * room];
}

function isRound(tick: number, onlyPowers: boolean): boolean {
  const lead = Number(tick.toExponential().split("e")[0]);
  return onlyPowers ? lead === 1 : lead === 1 || lead === 2 || lead === 5;
}
