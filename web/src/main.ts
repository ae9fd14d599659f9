import { commands } from "./commands.ts";
import { readData } from "./data.ts";
import { h } from "./dom.ts";
import { architecture } from "./architecture/section.ts";
import { footer, head } from "./head.ts";
import { promises } from "./promises.ts";
import { faults, measurements, options, story } from "./parts.ts";
import { spaceTime } from "./spacetime/section.ts";
import { progress } from "./timeline/progress.ts";
import { percentiles } from "./timeline/percentiles.ts";
import { timeline } from "./timeline/timeline.ts";

const data = readData();
const page = document.getElementById("page")!;

// Verdicts first; charts are drawn once their place is in the document, because they measure it.
const drawLater: (() => void)[] = [];
const parts = [
  promises(data),
  story(data),
  architecture(data, drawLater),
  progress(data, drawLater) ?? timeline(data, drawLater),
  percentiles(data, drawLater),
  spaceTime(data, drawLater),
  measurements(data),
  faults(data),
  commands(data.commands),
  options(data),
].filter(part => part !== null);

page.append(head(data), h("main", {}, ...parts));
document.body.append(footer(data));
for (const draw of drawLater) draw();
document.documentElement.dataset["ready"] = "true";
