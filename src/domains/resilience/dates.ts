/** The first and the last day of a day, a month or a year. Throws for a day that no calendar has. */
export function daysOf(date: string): { first: string; last: string } {
  const [year = "", month, day] = date.split("-");
  const first = `${year}-${month ?? "01"}-${day ?? "01"}`;
  const end = day === undefined ? endOf(Number(year), month === undefined ? 12 : Number(month)) : first;
  for (const each of [first, end]) if (new Date(`${each}T00:00:00Z`).toISOString().slice(0, 10) !== each) throw new Error(`No day ${date}`);
  return { first, last: end };
}

function endOf(year: number, month: number): string {
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
}

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;

/** "14 Aug 2003", "Aug 2003" or "2003". */
export function formatPartialDate(date: string): string {
  const [year = "", month, day] = date.split("-");
  return [day === undefined ? "" : String(Number(day)), month === undefined ? "" : (months[Number(month) - 1] ?? ""), year].filter((part) => part !== "").join(" ");
}

/** Today's date by clocks in Eastern Standard Time, which all of Tieline's dates are read in. */
export function easternToday(now: Date): string {
  return new Date(now.getTime() - 5 * 3_600_000).toISOString().slice(0, 10);
}
