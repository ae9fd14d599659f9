// Light or dark as the reader's system says, or as the button says. Canvases ask here for the colours of the
// style.

import { h } from "./dom.ts";

const followers: (() => void)[] = [];
let probe: HTMLElement | undefined;

export function onThemeChange(follow: () => void): void {
  followers.push(follow);
}

export function isDark(): boolean {
  const chosen = document.documentElement.dataset["theme"];
  return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

// The colour a custom property of style.css stands for just now.
export function colour(name: string): string {
  if (!probe) {
    probe = h("span", { hidden: true });
    document.body.append(probe);
  }
  probe.style.color = `var(--${name})`;
  return getComputedStyle(probe).color;
}

export function themeButton(): HTMLButtonElement {
  const button = h("button", { type: "button", class: "theme" });
  const label = (): void => {
    button.textContent = isDark() ? "Light" : "Dark";
    button.setAttribute("aria-label", `Switch to ${isDark() ? "light" : "dark"} colours`);
  };
  button.addEventListener("click", () => {
    document.documentElement.dataset["theme"] = isDark() ? "light" : "dark";
    changed();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", changed);
  onThemeChange(label);
  label();
  return button;
}

function changed(): void {
  for (const follow of followers) follow();
}
