// Time to pixels, with the quiet stretches between windows folded away. Within all windows a second has the
// same width.

import { scaleLinear } from "d3-scale";

const foldWidth = 26;
const leastShare = 0.12;

export interface Window {
  from: number;
  to: number;
}

export interface Piece extends Window {
  left: number;
  right: number;
}

export class FoldedTime {
  readonly pieces: Piece[];

  constructor(windows: Window[], readonly left: number, readonly right: number, readonly hasTimes: boolean) {
    const room = right - left - foldWidth * (windows.length - 1);
    const total = windows.reduce((sum, w) => sum + (w.to - w.from), 0) || 1;
    // A window too short to be seen gets a little more than its share.
    const shares = windows.map(w => Math.max((w.to - w.from) / total, leastShare / windows.length));
    const sum = shares.reduce((a, b) => a + b, 0);
    let at = left;
    this.pieces = windows.map((w, i) => {
      const start = at;
      at += (room * shares[i]!) / sum;
      const piece = { ...w, left: start, right: at };
      at += foldWidth;
      return piece;
    });
  }

  // Where a moment stands before zooming. Moments in a fold stand in the fold.
  x(time: number): number {
    const first = this.pieces[0]!;
    if (time <= first.from) return first.left;
    let before = first;
    for (const piece of this.pieces) {
      if (time < piece.from) return (before.right + piece.left) / 2;
      if (time <= piece.to)
        return piece.left + ((time - piece.from) / (piece.to - piece.from)) * (piece.right - piece.left);
      before = piece;
    }
    return before.right;
  }

  // Ticks of what is seen of each window, about one every 110 pixels.
  ticks(zoom: (x: number) => number): { x: number; label: string }[] {
    return this.pieces.flatMap(piece => {
      const seen = scaleLinear([piece.from, piece.to], [zoom(piece.left), zoom(piece.right)]);
      const low = Math.max(piece.from, seen.invert(this.left));
      const high = Math.min(piece.to, seen.invert(this.right));
      if (high <= low) return [];
      const pixels = seen(high) - seen(low);
      const ticks = scaleLinear([low, high], [0, 1]).ticks(Math.max(1, Math.floor(pixels / 110)));
      const step = ticks.length > 1 ? ticks[1]! - ticks[0]! : high - low;
      return this.label(ticks, step).map((label, i) => ({ x: seen(ticks[i]!), label }));
    });
  }

  // Without times a thousandth of a second is one event, and there is nothing between two events. They are
  // called moments: operations have indices of their own.
  private label(ticks: number[], step: number): string[] {
    if (this.hasTimes) return ticks.map(tick => `${tick.toFixed(decimals(step))} s`);
    return ticks.map(tick => (step < 0.000999 && !Number.isInteger(tick * 1000) ? "" : eventName(tick)));
  }
}

export function eventName(time: number): string {
  return `moment ${Math.round(time * 1000)}`;
}

function decimals(step: number): number {
  return Math.min(6, Math.max(0, Math.ceil(-Math.log10(step) - 1e-9)));
}
