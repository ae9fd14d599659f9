// Commands that a reader may copy.

import { h } from "./dom.ts";

interface Command {
  purpose: string;
  command: string;
}

export function commands(list: Command[]): HTMLElement | null {
  if (list.length === 0) return null;
  return h("section", { id: "repeat" },
    h("h2", {}, "How to repeat it"),
    ...list.map(one => command(one.purpose, one.command)));
}

export function command(purpose: string, text: string): HTMLElement {
  return h("div", { class: "command" }, h("p", {}, purpose), h("pre", { tabindex: 0 }, h("code", {}, text)),
    copyButton(text));
}

function copyButton(command: string): HTMLButtonElement {
  const button = h("button", { type: "button", "aria-label": `Copy: ${command}` }, "Copy");
  button.addEventListener("click", () => {
    copy(command).then(
      () => flash(button, "Copied"),
      () => flash(button, "Press Ctrl+C"));
  });
  return button;
}

// A page opened from a file may have no clipboard; selecting the text still lets the reader copy it.
async function copy(command: string): Promise<void> {
  if (navigator.clipboard) return navigator.clipboard.writeText(command);
  const code = [...document.querySelectorAll(".command code")].find(element =>
    element.textContent === command);
  if (code) getSelection()?.selectAllChildren(code);
  throw new Error("no clipboard");
}

function flash(button: HTMLButtonElement, text: string): void {
  button.textContent = text;
  setTimeout(() => (button.textContent = "Copy"), 1600);
}
