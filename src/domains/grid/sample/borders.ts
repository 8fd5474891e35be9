import type { Region } from "#domains/grid/schema.ts";
import { clamp, noise, seedOf } from "./noise.ts";

/** A border between two neighbours, as each of them names it. Powers in MW, positive from the first to the second. */
export interface Border {
  /** A region, and its name for the border. */
  from: [Region, string];
  /** A region with its name for the border, or null abroad. */
  to: [Region, string] | null;
  mean: number;
  /** More in summer than at the mean, as much less in winter. */
  summer: number;
  swing: number;
  most: number;
}

/** The borders with a flow of their own; what New Brunswick sends to Prince Edward Island is what the island lacks. */
export const borders: readonly Border[] = [
  { from: ["CA-ON", "MICHIGAN"], to: null, mean: 620, summer: 80, swing: 700, most: 1_650 },
  { from: ["CA-ON", "NEW-YORK"], to: null, mean: 780, summer: -60, swing: 750, most: 1_900 },
  { from: ["CA-ON", "MINNESOTA"], to: null, mean: 10, summer: 0, swing: 110, most: 150 },
  { from: ["CA-ON", "MANITOBA"], to: ["CA-MB", "Ontario"], mean: -110, summer: -30, swing: 110, most: 280 },
  { from: ["CA-ON", "PQ.AT"], to: ["CA-QC", "Ontario, Outaouais"], mean: -180, summer: -480, swing: 480, most: 1_230 },
  { from: ["CA-ON", "PQ.B5D.B31L"], to: ["CA-QC", "Ontario, Saint-Laurent"], mean: -260, summer: -80, swing: 240, most: 780 },
  { from: ["CA-AB", "British Columbia"], to: ["CA-BC", "Alberta"], mean: -120, summer: -60, swing: 560, most: 950 },
  { from: ["CA-AB", "Montana"], to: null, mean: -20, summer: 0, swing: 180, most: 300 },
  { from: ["CA-AB", "Saskatchewan"], to: ["CA-SK", "Alberta"], mean: -15, summer: 0, swing: 110, most: 150 },
  { from: ["CA-BC", "United States"], to: null, mean: 250, summer: 420, swing: 1_300, most: 2_600 },
  { from: ["CA-SK", "Manitoba"], to: ["CA-MB", "Saskatchewan"], mean: -140, summer: 0, swing: 90, most: 290 },
  { from: ["CA-SK", "United States"], to: null, mean: 5, summer: 0, swing: 60, most: 150 },
  { from: ["CA-MB", "United States"], to: null, mean: 850, summer: 420, swing: 520, most: 2_300 },
  { from: ["CA-QC", "New York"], to: null, mean: 780, summer: 260, swing: 520, most: 1_500 },
  { from: ["CA-QC", "New England"], to: null, mean: 1_050, summer: 340, swing: 560, most: 2_000 },
  { from: ["CA-QC", "New Brunswick"], to: ["CA-NB", "QUEBEC"], mean: 400, summer: -60, swing: 200, most: 1_000 },
  { from: ["CA-NL", "Québec"], to: ["CA-QC", "Newfoundland and Labrador"], mean: 4_600, summer: -250, swing: 350, most: 5_200 },
  { from: ["CA-NL", "Nova Scotia"], to: ["CA-NS", "Newfoundland and Labrador"], mean: 170, summer: 0, swing: 110, most: 475 },
  { from: ["CA-NB", "ISO-NE"], to: null, mean: 310, summer: 20, swing: 260, most: 800 },
  { from: ["CA-NB", "MPS"], to: null, mean: 55, summer: 0, swing: 30, most: 110 },
  { from: ["CA-NB", "NOVA SCOTIA"], to: ["CA-NS", "New Brunswick"], mean: 70, summer: 0, swing: 110, most: 300 },
];

const seeds = new Map(borders.map((border) => [border, seedOf(`${border.from[0]} ${border.from[1]}`)]));

/** What flows over a border: with a rhythm of days, and by what the markets on both sides make of it. */
export function flowOver(border: Border, hours: number, summer: number): number {
  const seed = seeds.get(border) ?? 0;
  const swung = 0.7 * noise(seed, hours, 19) + 0.3 * noise(seed ^ 1, hours, 5);
  const wanted = border.mean + border.summer * summer + border.swing * (swung + 0.16 * Math.cos(((hours - 22) * Math.PI) / 12));
  return clamp(wanted, -border.most, border.most);
}

/** A region's borders: its name for each, and 1 where the border counts from it, −1 where to it. */
export function bordersOf(region: Region): { border: Border; item: string; sign: 1 | -1 }[] {
  return borders.flatMap((border): { border: Border; item: string; sign: 1 | -1 }[] => {
    if (border.from[0] === region) return [{ border, item: border.from[1], sign: 1 }];
    return border.to?.[0] === region ? [{ border, item: border.to[1], sign: -1 }] : [];
  });
}
