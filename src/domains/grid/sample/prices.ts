import { clamp, noise, seedOf } from "./noise.ts";

const [ontario, spikes, later, alberta, scarce] = ["price ON", "spikes ON", "day ahead ON", "price AB", "scarce AB"].map(seedOf) as [number, number, number, number, number];

/**
 * Ontario's price, CAD/MWh: it follows the gas that runs (`load`, a part of all there is), falls below zero while wind is
 * `spilled` (MW), and jumps now and then; the day before it is known without the jumps.
 */
export function zonalPrice(hours: number, load: number, spilled: number, dayAhead = false): number {
  const mood = noise(dayAhead ? later : ontario, hours, 4);
  const base = 13 + 150 * load ** 0.85 + 9 * mood;
  const surplus = clamp(spilled / 500, 0, 1) * (26 + 12 * mood);
  const jump = dayAhead ? 0 : Math.max(0, (noise(spikes, hours, 2.5) - 0.9) / 0.1);
  return base - surplus + 420 * jump * jump * (0.25 + load);
}

/** Alberta's pool price, CAD/MWh, from its floor of 0 to its cap of 999.99: it rises steeply as the gas that is left runs out. */
export function poolPrice(hours: number, load: number): number {
  const mood = noise(alberta, hours, 5);
  // With little gas running the price leans on its floor, and lies on it only where wind leaves no gas to lower.
  const wanted = 100 * (load - 0.26) + 11 * mood - 3;
  const usual = wanted > 12 ? wanted : 12 * Math.exp((wanted - 12) / 12) - 2.2;
  const tight = Math.max(0, load + 0.06 * noise(scarce, hours, 7) - 0.63) / 0.18;
  return clamp(usual + 760 * tight * tight, 0, 999.99);
}
