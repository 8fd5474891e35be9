import { fiveMinutesOf, hourEnding, parseDay, type Day, type Interval } from "#domains/grid/time/intervals.ts";
import type { Metric, Observation } from "#domains/grid/schema.ts";
import { iesoDays, iesoLicence, iesoOffsetHours, iesoZone, momentIn } from "./ieso.ts";
import { documentOf, iesoReport, newestOf, numbered, readingOf, textOfChild, Warnings } from "./ieso-report.ts";
import { SourceFormatError, type Source } from "./source.ts";
import { integerOf, numberOf } from "./text.ts";
import { all, one, textIn, type Element } from "./xml.ts";

const report = "IntertieScheduleFlow";
const elements = ["Date", "IntertieZone", "IntertieZoneName", "Totals", "Schedules", "Schedule", "Import", "Export", "Actuals", "Actual", "Hour", "Interval", "Flow"];

/** The borders that the report names. */
const borders = ["MANITOBA", "MANITOBA SK", "MICHIGAN", "MINNESOTA", "NEW-YORK", "PQ.AT", "PQ.B5D.B31L", "PQ.D4Z", "PQ.D5A", "PQ.H4Z", "PQ.H9A", "PQ.P33C", "PQ.Q4C", "PQ.X2Y"];

/** IntertieScheduleFlow: schedules by hour and flows by five minutes for each border and in total, one document a day. */
export const iesoIntertieFlow: Source = {
  id: "ieso.intertie-flow",
  name: "IESO intertie schedules and flows",
  publisher: "IESO",
  licence: iesoLicence,
  page: "https://www.ieso.ca/Power-Data/Data-Directory",
  cadenceMinutes: 60,
  zone: iesoZone,
  rules: {
    unit: "MW: schedules are means of the hour, flows of five minutes",
    time: "Hour 1 to 24 names the hour that ends then, interval 1 to 12 its five minutes, EST (UTC−5) all year; the report runs about half an hour late, and zeros that fill the time to come are left out",
    sign: "Flow > 0 leaves Ontario (export), < 0 enters it (import); scheduled imports and exports are both positive",
  },
  *documents(range) {
    if (!range) yield newestOf(report);
    // After midnight the newest is another day's, and the last hours of the day before are in that day's.
    for (const { text } of iesoDays(range ?? momentIn(-24))) yield documentOf(report, text);
  },
  read({ bytes }) {
    const { publishedAt, body } = iesoReport(bytes, [report]);
    const warnings = new Warnings();
    warnings.unknownNames(body, elements);
    const day = parseDay(textOfChild(body, "Date"));
    const zones = all(body, "IntertieZone").map((zone) => valuesOf(zone, day, borderOf(zone, warnings)));
    const totals = all(body, "Totals").map((total) => valuesOf(total, day));
    const borderValues = zones.flat();
    const values = withoutPlaceholders([...borderValues, ...totals.flat()], publishedAt);
    warnAboutTotals(values, warnings);
    return readingOf(publishedAt, values.map(({ metric, item, interval, value }): Observation => ({
      region: "CA-ON", metric, unit: "MW", ...(item === undefined ? {} : { item }), ...interval, value,
      // A schedule is what was agreed beforehand, whatever flowed.
      quality: metric.startsWith("scheduled") ? "forecast" : "measured",
    })), warnings);
  },
};

interface Value {
  metric: Metric;
  item: string | undefined;
  interval: Interval;
  value: number | null;
}

function borderOf(zone: Element, warnings: Warnings): string {
  const name = textOfChild(zone, "IntertieZoneName");
  if (!borders.includes(name)) warnings.add(`The border ${name} is new in this report: it is kept under that name`);
  return name;
}

/** Schedules and flows of a border, or without one of all together. */
function valuesOf(parent: Element, day: Day, item?: string): Value[] {
  const schedules = numbered(all(one(parent, "Schedules"), "Schedule"), "Hour").flatMap(({ number, element }): Value[] => {
    const interval = hourEnding(day, number, iesoOffsetHours);
    return [
      { metric: "scheduled-import", item, interval, value: unsigned(textIn(element, "Import")) },
      { metric: "scheduled-export", item, interval, value: unsigned(textIn(element, "Export")) },
    ];
  });
  const actuals = all(parent, "Actuals").flatMap((list) => all(list, "Actual"));
  const places = actuals.map((element) => ({ element, hour: integerOf(textIn(element, "Hour"), "Hour"), interval: integerOf(textIn(element, "Interval"), "Interval") }));
  places.forEach(({ hour, interval }, i) => {
    const before = places[i - 1];
    const step = before === undefined ? 1 : (hour - before.hour) * 12 + interval - before.interval;
    if (step !== 0 && step !== 1) throw new SourceFormatError(`Interval ${interval} of hour ${hour} follows interval ${before?.interval} of hour ${before?.hour}`);
  });
  return [...schedules, ...places.map(({ element, hour, interval }): Value => ({
    metric: item === undefined ? "net-interchange" : "intertie-flow", item, interval: fiveMinutesOf(day, hour, interval, iesoOffsetHours), value: numberOf(textIn(element, "Flow")),
  }))];
}

/** A scheduled import or export, whose direction its name says. */
function unsigned(text: string | undefined): number | null {
  const value = numberOf(text);
  if (value !== null && value < 0) throw new SourceFormatError(`A schedule of ${value} MW has a direction of its own`);
  return value;
}

/**
 * The report fills the time that it doesn't know yet with zeros. What ends after it was written hasn't flowed; and since it
 * runs late, so is what comes just before, as long as every border shows 0. Schedules of hours to come are real, unless
 * every border shows 0.
 */
function withoutPlaceholders(values: readonly Value[], publishedAt: Date): Value[] {
  const isFlow = ({ metric }: Value) => !metric.startsWith("scheduled");
  const lastWithFlow = Math.max(...values.filter((each) => isFlow(each) && each.interval.end <= publishedAt && each.value !== null && each.value !== 0).map(({ interval }) => interval.end.getTime()));
  const hoursWithSchedule = new Set(values.filter((each) => !isFlow(each) && each.value !== null && each.value !== 0).map(({ interval }) => interval.start.getTime()));
  return values.map((each) => {
    const placeholder = isFlow(each)
      ? each.interval.end.getTime() > lastWithFlow
      : each.interval.end > publishedAt && !hoursWithSchedule.has(each.interval.start.getTime());
    return placeholder ? { ...each, value: null } : each;
  });
}

/** Says where totals are not the sum of the borders: both are kept. */
function warnAboutTotals(values: readonly Value[], warnings: Warnings): void {
  const sums = new Map<string, { borders: number; count: number; total: number | null }>();
  for (const { metric, item, interval, value } of values) {
    const key = `${metric === "net-interchange" ? "intertie-flow" : metric} ${interval.start.toISOString()}`;
    const sum = sums.get(key) ?? { borders: 0, count: 0, total: null };
    sums.set(key, item === undefined ? { ...sum, total: value } : { ...sum, borders: sum.borders + (value ?? 0), count: sum.count + 1 });
  }
  // Each border is rounded by itself.
  const off = [...sums.values()].filter(({ borders: sum, count, total }) => total !== null && Math.abs(sum - total) > 1 + count * 0.1);
  if (off.length > 0) warnings.add(`In ${off.length} of ${sums.size} intervals the total isn't the sum of the borders: both are kept as the report has them`);
}
