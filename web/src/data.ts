// The report's data, as src/Steelyard/Report/ReportData.cs writes it. Times are seconds of the run.

export type Verdict = "held" | "broke" | "unknown";
export type Outcome = "ok" | "fail" | "info" | "open";
export type Series = readonly (number | null)[];

export interface ReportData {
  title: string;
  summary: string;
  headline: string;
  trade: string[];
  partial: boolean;
  story: string | null;
  storyHasFigures: boolean;
  facts: { name: string; text: string }[];
  promises: Promised[];
  faults: FaultWindow[];
  architecture: Architecture | null;
  timeline: Timeline | null;
  progress: Progress | null;
  cuts: Cut[];
  curves: Curve[];
  excerpts: Excerpt[];
  measurements: Measurement[];
  options: { name: string; value: string; given: boolean }[];
  commands: { purpose: string; command: string }[];
  version: string;
}

/** Of what was all due at once: how much was answered at the end of each window. */
export interface Progress {
  windowSeconds: number;
  starts: number[];
  done: number[];
  perSecond: number[];
  due: number;
}

export interface Promised {
  checker: string;
  words: string;
  verdict: Verdict;
  summary: string;
  proof: string | null;
  anomalies: Anomaly[];
  anomaliesLeftOut: number;
  ruledOut: string[];
  held: string[];
  undecided: string[];
}

export interface Anomaly {
  type: string;
  explanation: string;
  witness: string[];
  witnessLeftOut: number;
  excerpt: number | null;
  cycle: Cycle | null;
  meaning: Meaning | null;
  orders: Orders | null;
}

// The longest orders of the witness that fit; steps name operations by their place here.
export interface Orders {
  operations: OrderedOperation[];
  orders: Order[];
  leftOut: number;
}

// From and to are places among all beginnings and ends; one that may take effect later has no end.
export interface OrderedOperation {
  index: number;
  who: string;
  label: string;
  detail: string;
  from: number;
  to: number | null;
  isOther: boolean; // Not of the witness: it may have happened, once begun, or not, or again and again.
}

export interface Order {
  initial: string;
  steps: { operation: number; state: string }[];
  refused: { operation: number; why: string }[];
  later: number;
}

// What an anomaly is, whatever the history.
export interface Meaning {
  plain: string;
  sentence: string;
  examples: { model: string; text: string }[];
  seenIn: string | null;
  place: string;
}

// Edge i leads from node i to the next one, the last edge to the first node.
export interface Cycle {
  caption: string | null;
  nodes: CycleNode[];
  edges: CycleEdge[];
  gap: number;
  leftOut: number;
  legend: { kind: string; plain: string; meaning: string }[];
}

export interface CycleNode {
  name: string;
  who: string;
  steps: { text: string; isAbout: boolean }[];
  stepsLeftOut: number;
}

export interface CycleEdge {
  kind: "ww" | "wr" | "rw" | "process" | "realtime";
  label: string;
  explanation: string;
}

export interface FaultWindow {
  kind: string;
  description: string;
  start: number;
  end: number;
  instant: boolean;
  hadEffect: boolean | null;
}

export interface Timeline {
  bucketSeconds: number;
  limit: string;
  starts: number[];
  p50: Series;
  p99: Series;
  max: Series;
  all: Line;
  sides: Line[];
}

// What became of the requests that were due in each window.
export interface Line {
  name: string;
  nodes: string[];
  due: number[];
  answered: number[];
  late: number[];
  refused: number[];
  unknown: number[];
  neverSent: number[];
}

// A time in which the cluster was cut apart, and what was due on each side meanwhile.
export interface Cut {
  start: number;
  end: number;
  sides: { name: string; nodes: string[]; due: number; answered: number; late: number }[];
}

export interface Curve {
  name: string;
  samples: number;
  shares: number[];
  ms: number[];
}

export interface Measurement {
  name: string;
  words: string;
  value: number | null;
  low: number | null; // The ends of the 95 % interval, and how it was found or why there is none.
  high: number | null;
  how: string | null;
  unit: string;
  samples: number;
}

// An architecture: its graph, with what each part and call did.
export interface Architecture {
  bottleneck: string[];
  bottleneckPart: string | null;
  bottleneckTo: string | null; // Where it is the pool of a call.
  bottleneckWord: string | null;
  isNear: boolean; // Less than twice the load would fill it.
  settled: string;
  windowSeconds: number;
  starts: number[];
  parts: Part[];
  calls: Call[];
  push: Push | null;
  effects: string[];
  staleness: Curve | null;
  cost: string | null;
}

// Means are of the load; curves have a value for each window of the run.
export interface Part {
  name: string;
  kind: string;
  isSource: boolean;
  size: string;
  utilisation: number | null;
  perSecond: number;
  waiting: number;
  timeMs: number | null;
  notes: string[];
  came: number[];
  working: number[];
  workers: number[] | null;
  line: number[];
  instances: number[] | null;
  wanted: number[] | null;
  needed: number[] | null;
}

export interface Call {
  from: string;
  to: string;
  perSecond: number;
  attempts: number;
  failed: number;
  pool: number | null;
  traits: string[];
}

export interface Push {
  words: string;
  start: number;
  end: number;
  before: number;
  during: number;
  after: number;
  verdict: string;
  recoverySeconds: number | null;
}

export interface Excerpt {
  hasTimes: boolean;
  name: string;
  title: string;
  note: string;
  windows: { from: number; to: number }[];
  lanes: Lane[];
  operations: ExcerptOperation[];
  messages: ExcerptMessage[];
  notes: { lane: number; at: number; text: string }[];
  states: ShownState[];
}

// What a node shows of itself from some time on: all of it, and what is new.
export interface ShownState {
  lane: number;
  at: number;
  text: string;
  changed: string;
}

export interface Lane {
  name: string;
  kind: "node" | "client";
  group: string;
}

export interface ExcerptOperation {
  index: number;
  lane: number;
  from: number;
  to: number | null;
  label: string;
  detail: string;
  outcome: Outcome;
  witness: boolean;
}

export interface ExcerptMessage {
  from: number;
  to: number;
  sent: number;
  arrives: number | null;
  label: string;
  detail: string;
  fate: string | null;
}

export function readData(): ReportData {
  return JSON.parse(document.getElementById("data")?.textContent ?? "null") as ReportData;
}
