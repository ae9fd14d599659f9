// The few controls of the charts.

import { h } from "../dom.ts";

export function choice(name: string, options: string[], chosen: number,
  change: (at: number) => void): HTMLElement {
  const select = h("select", {}, ...options.map((words, at) =>
    h("option", { value: at, selected: at === chosen }, words)));
  select.addEventListener("change", () => change(Number(select.value)));
  return h("label", { class: "choice" }, `${name} `, select);
}

export function toggle(name: string, on: boolean, change: (on: boolean) => void): HTMLElement {
  const input = h("input", { type: "checkbox", checked: on });
  input.addEventListener("change", () => change(input.checked));
  return h("label", { class: "choice" }, input, ` ${name}`);
}
