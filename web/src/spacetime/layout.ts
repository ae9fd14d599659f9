// Where the lanes stand: sites one below the other, nodes as thin lines, clients as tracks for their
// operations.

import type { Excerpt, Lane } from "../data.ts";

export interface PlacedLane extends Lane {
  y: number;
  height: number;
}

export interface Layout {
  width: number;
  height: number;
  left: number;
  right: number;
  top: number;
  bottom: number;
  lanes: PlacedLane[];
  groups: { name: string; y: number; height: number }[];
}

const groupHead = 22;
const groupGap = 10;
const axisHeight = 26;
const clientHeight = 24;
const nodeHeight = 32;

export function layout(excerpt: Excerpt, width: number): Layout {
  const narrow = width < 560;
  const lanes: PlacedLane[] = [];
  const groups: Layout["groups"] = [];
  let y = axisHeight;
  for (const lane of excerpt.lanes) {
    const group = groups.at(-1);
    if (!group || group.name !== lane.group) {
      if (group) y += groupGap;
      groups.push({ name: lane.group, y, height: 0 });
      y += groupHead;
    }
    const height = lane.kind === "node" ? nodeHeight : clientHeight;
    lanes.push({ ...lane, y: y + height / 2, height });
    y += height;
    groups.at(-1)!.height = y - groups.at(-1)!.y;
  }
  return {
    width, height: y + 6, left: narrow ? 62 : 96, right: width - 6, top: axisHeight, bottom: y, lanes, groups,
  };
}
