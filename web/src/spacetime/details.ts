// What the panel below a diagram says of the operation, message or note that is picked.

import type { Excerpt, ExcerptMessage, ExcerptOperation } from "../data.ts";
import { h } from "../dom.ts";
import { seconds, span } from "../words.ts";
import { eventName } from "./scale.ts";

const fates: Record<string, string> = {
  lost: "lost on the way",
  cut: "lost: the link was cut",
  down: "lost: the receiver was down",
  duplicate: "delivered twice",
};

export function details(excerpt: Excerpt, id: string | null): Node[] {
  const place = Number(id?.slice(1));
  switch (id?.[0]) {
    case "o":
      return lines(excerpt.lanes[excerpt.operations[place]!.lane]!.name,
        operation(excerpt, excerpt.operations[place]!));
    case "m":
      return lines("message", message(excerpt, excerpt.messages[place]!));
    case "n": {
      const note = excerpt.notes[place]!;
      return lines(excerpt.lanes[note.lane]!.name, [note.text, `at ${seconds(note.at, 6)}`]);
    }
    case "s": {
      const state = excerpt.states[place]!;
      return lines(excerpt.lanes[state.lane]!.name, [state.text, `from ${seconds(state.at, 6)} on`]);
    }
    default:
      return [h("p", { class: "soft" },
        "Point at or tap an operation, a message or a mark to read what it is.")];
  }
}

export function operation(excerpt: Excerpt, o: ExcerptOperation): string[] {
  if (!excerpt.hasTimes) {
    const end = o.to === null ? "on, never completed" : `to ${eventName(o.to)}`;
    return [o.detail, `from ${eventName(o.from)} ${end}`];
  }
  const took = o.to === null ? "never completed" : `to ${seconds(o.to, 6)}, ${span(o.to - o.from)}`;
  return [o.detail, `from ${seconds(o.from, 6)} ${took}`];
}

export function message(excerpt: Excerpt, m: ExcerptMessage): string[] {
  const way = `${excerpt.lanes[m.from]!.name} → ${excerpt.lanes[m.to]!.name}`;
  const fate = m.fate ? `, ${fates[m.fate] ?? m.fate}` : "";
  const arrived = m.arrives === null ? "" : `, arrived ${span(m.arrives - m.sent)} later`;
  return [`${way}: ${m.detail || m.label}`, `sent at ${seconds(m.sent, 6)}${arrived}${fate}`];
}

function lines(head: string, [what, when]: string[]): Node[] {
  return [h("p", {}, h("b", {}, head), " ", h("code", {}, what)), h("p", { class: "soft" }, when)];
}
