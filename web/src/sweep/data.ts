// What the page of a sweep is given, as SweepData.cs writes it.

export type PointStanding = "frontier" | "may-be-dominated" | "dominated" | "not-placed";

export interface SweepData {
  title: string;
  summary: string;
  headline: string;
  notes: string[];
  partial: boolean;
  facts: { name: string; text: string }[];
  varied: { name: string; values: string[] }[];
  objectives: Aim[];
  points: Point[];
  refused: { name: string; why: string }[];
  curves: Curves | null;
  commands: { purpose: string; command: string }[];
  version: string;
}

export interface Aim {
  id: string;
  words: string;
  unit: string;
  better: "more" | "less";
}

export interface Figure {
  value: number;
  low: number | null;
  high: number | null;
  text: string;
}

export interface Point {
  number: number;
  name: string;
  values: string[];
  standing: PointStanding;
  standingWords: string;
  why: string[];
  figures: (Figure | null)[];
  verdict: "held" | "broke" | "unknown" | "not run";
  verdictWords: string;
  seeds: number;
  precise: boolean;
  unstable: string | null;
  repeat: string;
  report: string | null;
}

export interface Curves {
  over: string;
  unit: string;
  lines: { name: string; points: { x: number; point: number }[] }[];
  sentences: string[];
}

export function readData(): SweepData {
  return JSON.parse(document.getElementById("data")?.textContent ?? "null") as SweepData;
}
