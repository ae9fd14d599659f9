import { commands } from "../commands.ts";
import { h } from "../dom.ts";
import { footer, head } from "../head.ts";
import { curves } from "./curves.ts";
import { readData } from "./data.ts";
import { Picked } from "./picked.ts";
import { scatter } from "./scatter.ts";
import { table } from "./table.ts";

const data = readData();
const page = document.getElementById("page")!;

// Charts are drawn once their place is in the document, because they measure it.
const drawLater: (() => void)[] = [];
const picked = new Picked(data);
const parts = [
  scatter(data, picked, drawLater),
  curves(data, picked, drawLater),
  table(data),
  commands(data.commands),
].filter(part => part !== null);

// That it was stopped stands among the notes.
page.append(head({ ...data, trade: data.notes, partial: false }), h("main", {}, ...parts));
document.body.append(footer(data));
for (const draw of drawLater) draw();
document.documentElement.dataset["ready"] = "true";
