import { expect, test } from "vitest";
import { csvRow } from "./csv.ts";

test.each([
  [["a", "b c", ""], "a,b c,\r\n"],
  [["a,b", 'say "x"', "two\nlines"], '"a,b","say ""x""","two\nlines"\r\n'],
  [["=1+1", "+1", "-1", "@x", "\tx", "\rx"], "'=1+1,'+1,'-1,'@x,'\tx,\"'\rx\"\r\n"],
  [['=cmd|"/C calc"!A0', -5, null], '"\'=cmd|""/C calc""!A0",-5,\r\n'],
  [["a=b", "2026-11-20T00:00:00Z"], "a=b,2026-11-20T00:00:00Z\r\n"],
])("%j", (cells, row) => {
  expect(csvRow(cells)).toBe(row);
});
