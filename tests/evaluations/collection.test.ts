import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openCollection, type CollectionDocument } from "./collection.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "collection-"));
  await mkdir(join(folder, "qrels"));
});
afterEach(() => rm(folder, { recursive: true }));

const corpus = '{"_id":"d1","title":"One","text":"First.","metadata":{"url":"x"}}\n{"_id":2,"text":"Second."}\n{"_id":"d3","title":null,"text":""}\n';
const queries = '{"_id":"q1","text":"first?"}\n{"_id":7,"text":"second?","metadata":{}}\n{"_id":"q3","text":"nothing judged"}\n';
const qrels = "query-id\tcorpus-id\tscore\nq1\td1\t2\nq1\td3\t0\n7\t2\t1\n";

async function write(over: { corpus?: string; queries?: string; qrels?: string } = {}) {
  await writeFile(join(folder, "corpus.jsonl"), over.corpus ?? corpus);
  await writeFile(join(folder, "queries.jsonl"), over.queries ?? queries);
  await writeFile(join(folder, "qrels", "test.tsv"), over.qrels ?? qrels);
}

async function documents(batchSize = 2): Promise<CollectionDocument[][]> {
  const batches: CollectionDocument[][] = [];
  for await (const batch of (await openCollection(folder)).documents(batchSize)) batches.push(batch);
  return batches;
}

describe("a collection", () => {
  test("gives the judged queries and the documents in batches", async () => {
    await write();
    const { queries: found, unknown } = await openCollection(folder);
    expect(found).toEqual([
      { id: "q1", text: "first?", grades: new Map([["d1", 2], ["d3", 0]]) },
      { id: "7", text: "second?", grades: new Map([["2", 1]]) },
    ]);
    expect(unknown).toEqual([]);
    expect(await documents()).toEqual([
      [{ id: "d1", title: "One", text: "First." }, { id: "2", title: "", text: "Second." }],
      [{ id: "d3", title: "", text: "" }],
    ]);
  });

  test("takes CRLF, blank lines, a byte order mark, no header and no last line feed", async () => {
    await write({
      corpus: `\uFEFF${corpus.replaceAll("\n", "\r\n\r\n")}`,
      queries: `\n${queries.replaceAll("\n", "\r\n").trimEnd()}`,
      qrels: "q1\td1\t1\r\n\r\n7\t2\t1",
    });
    expect((await openCollection(folder)).queries.map(({ id }) => id)).toEqual(["q1", "7"]);
    expect((await documents(10)).flat().map(({ id }) => id)).toEqual(["d1", "2", "d3"]);
  });

  test("reads a line separator inside of a string as what it is", async () => {
    await write({ corpus: `{"_id":"d1","text":"one\u2028two\u0085three"}\n` });
    expect(await documents()).toEqual([[{ id: "d1", title: "", text: "one\u2028two\u0085three" }]]);
  });

  test("leaves out queries without a relevant document and names those it doesn't hold", async () => {
    await write({ qrels: `${qrels}q3\td1\t0\ngone\td1\t1\n` });
    const { queries: found, unknown } = await openCollection(folder);
    expect(found.map(({ id }) => id)).toEqual(["q1", "7"]);
    expect(unknown).toEqual(["gone"]);
  });

  test.each([
    [{ queries: '{"_id":"q1","text":"a"}\n{"_id":"q2"}\n' }, /queries\.jsonl, line 2: "text": .+ Correct that line\.$/],
    [{ queries: '{"_id":"q1","text":"a"}\n\n{"_id":"q1","text":"b"}\n' }, /queries\.jsonl, line 3: the query q1 is there already/],
    [{ qrels: "query-id\tcorpus-id\tscore\nq1 d1 1\n" }, /test\.tsv, line 2: isn't a judgement\. Write query-id/],
    [{ qrels: "q1\td1\t1\nq1\td1\tyes\n" }, /test\.tsv, line 2: isn't a judgement/],
    [{ qrels: "q1\t0\td1\t1\n" }, /test\.tsv, line 1: isn't a judgement/],
    [{ qrels: "other\td1\t1\n" }, /no query of queries\.jsonl has a relevant document/],
    [{ qrels: "" }, /no query of queries\.jsonl has a relevant document/],
  ])("says what is wrong where: %j", async (over, message) => {
    await write(over);
    await expect(openCollection(folder)).rejects.toThrow(message);
  });

  test.each([
    ['{"_id":"d1","text":"a"}\n{"_id":"d2","text":\n', /corpus\.jsonl, line 2: isn't JSON\. Put one whole JSON object on each line\.$/],
    ['{"text":"a"}\n', /corpus\.jsonl, line 1: "_id": is neither/],
    ['{"_id":"d1","text":5}\n', /corpus\.jsonl, line 1: "text"/],
    ['{"_id":"1","text":"a"}\n{"_id":1,"text":"b"}\n', /corpus\.jsonl, line 2: the document 1 is there already/],
    ["\n", /corpus\.jsonl holds no document/],
  ])("says what is wrong in a corpus of %j", async (text, message) => {
    await write({ corpus: text });
    await expect(documents()).rejects.toThrow(message);
  });

  test("says which file is missing", async () => {
    await expect(openCollection(join(folder, "none"))).rejects.toThrow(/none isn't a folder\. Name one that holds corpus\.jsonl/);
    await expect(openCollection(folder)).rejects.toThrow(/test\.tsv doesn't exist/);
    await write();
    await rm(join(folder, "corpus.jsonl"));
    await expect(documents()).rejects.toThrow(/corpus\.jsonl doesn't exist/);
  });
});
