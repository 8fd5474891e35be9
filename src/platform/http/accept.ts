const eventStream = "text/event-stream";
const json = "application/json";

/**
 * Whether a client wants events: its `Accept` names text/event-stream, and ranks it no lower than JSON (RFC 9110,
 * section 12.5.1). Wildcards ask for the ordinary answer, which is JSON.
 */
export function wantsEventStream(accept: string | null): boolean {
  const ranges = (accept ?? "").split(",").map(parseRange);
  const stream = Math.max(0, ...ranges.filter(({ type }) => type === eventStream).map(({ quality }) => quality));
  return stream > 0 && stream >= qualityOfJson(ranges);
}

interface MediaRange {
  type: string;
  /** 0 to 1; 0 means not acceptable. */
  quality: number;
}

function parseRange(text: string): MediaRange {
  const [type = "", ...parameters] = text.split(";").map((part) => part.trim().toLowerCase());
  const weight = parameters.find((parameter) => parameter.startsWith("q="))?.slice(2);
  if (weight === undefined) return { type, quality: 1 };
  // A weight that is none (RFC 9110, section 12.4.2) makes the range worthless rather than best.
  return { type, quality: /^(0(\.\d{0,3})?|1(\.0{0,3})?)$/.test(weight) ? Number(weight) : 0 };
}

/** The most specific range that covers JSON decides, whatever the order. */
function qualityOfJson(ranges: readonly MediaRange[]): number {
  for (const type of [json, "application/*", "*/*"]) {
    const range = ranges.find((candidate) => candidate.type === type);
    if (range) return range.quality;
  }
  return 0;
}
