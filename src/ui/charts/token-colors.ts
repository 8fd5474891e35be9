/** Colours of tokens as a canvas takes them: red, green, blue and alpha, as the theme has them now. */
export function resolveColors(element: HTMLElement, tokens: Iterable<string>): Map<string, string> {
  const probe = document.createElement("span");
  probe.hidden = true;
  element.append(probe);
  const context = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d", { willReadFrequently: true });
  const colors = new Map<string, string>();
  for (const token of new Set(tokens)) {
    probe.style.color = `var(${token})`;
    colors.set(token, inRgb(getComputedStyle(probe).color, context));
  }
  probe.remove();
  return colors;
}

/** The drawing library reads rgb(), not the oklch() in which browsers give tokens out. */
function inRgb(color: string, context: CanvasRenderingContext2D | null): string {
  if (!context) return color;
  context.clearRect(0, 0, 1, 1);
  context.fillStyle = color;
  context.fillRect(0, 0, 1, 1);
  const [red, green, blue, alpha = 255] = context.getImageData(0, 0, 1, 1).data;
  return `rgba(${red},${green},${blue},${alpha / 255})`;
}

/** Calls back when the theme changes: by the switch, which marks the page, or by the system. Answers with what ends it. */
export function onThemeChange(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  const system = matchMedia("(prefers-color-scheme: dark)");
  system.addEventListener("change", changed);
  return () => {
    observer.disconnect();
    system.removeEventListener("change", changed);
  };
}
