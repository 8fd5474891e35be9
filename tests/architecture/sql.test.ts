import { globSync, readFileSync } from "node:fs";
import ts from "typescript";
import { describe, expect, test } from "vitest";

/** Where SQL is made of text that isn't written in the call, and why that can't hold what a user said. */
const allowed: Record<string, string> = {
  "src/domains/knowledge/search-queries.ts": "numbers of the ranking, which are constants of the code",
  "src/domains/knowledge/embedding-queries.ts": "a model's number of dimensions, which the configuration's schema has checked",
  "src/domains/accounts/organisation-export-queries.ts": "types of key columns, which the database's catalog names",
};

/** Calls that take SQL as text: what they are given must be written there, whole. */
const takesText = new Set(["raw", "lit", "executeQuery", "query", "exec", "unsafe", "script"]);

/** True for text that is written out in the source: nothing is put into it. */
function isWritten(node: ts.Expression | undefined): boolean {
  return node === undefined || ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node);
}

/** SQL that is put together as text, as file:line and what it is. */
function builtSql(file: string, text: string): string[] {
  const found: string[] = [];
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const note = (node: ts.Node, what: string) => found.push(`${file}:${tree.getLineAndCharacterOfPosition(node.getStart()).line + 1} ${what}`);
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression) && takesText.has(node.expression.name.text)) {
      const { expression, name } = node.expression;
      const [given] = node.arguments;
      const isSql = expression.getText() === "sql" || /^(tx|db|client|pool|connection|kysely|pglite|target|CompiledQuery)$/.test(expression.getText().split(".").at(-1) ?? "");
      if (isSql && !isWritten(given) && !(given !== undefined && /^(statement|compiledQuery|query|sql`)/.test(given.getText()) && name.text === "executeQuery")) note(node, `${expression.getText()}.${name.text}`);
    }
    // A template that begins as a statement does and isn't tagged is put together as text.
    if (ts.isTemplateExpression(node) && !ts.isTaggedTemplateExpression(node.parent) && /^\s*(select|insert into|update \w|delete from|with \w+ as|alter|create|drop|grant|set local)\b/i.test(node.head.text)) {
      note(node, "a statement in a template");
    }
    if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken && ts.isStringLiteral(node.left) && /^\s*(select|insert into|update|delete from|where|order by)\b/i.test(node.left.text)) note(node, "a statement that is added up");
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

const sources = globSync("src/**/*.{ts,tsx}").filter((file) => !/\.test\.tsx?$|\/schema\.ts$/.test(file) && !/^src\/platform\/(db|queue)\//.test(file));

describe("21 SQL takes parameters, and is never put together of text", () => {
  test("in no file outside of the machinery that applies migrations, opens databases and quotes its own claims", () => {
    const found = sources.flatMap((file) => builtSql(file, readFileSync(file, "utf8"))).filter((line) => !Object.keys(allowed).some((place) => line.startsWith(place)));
    expect(found).toEqual([]);
  });

  test.each([
    "sql.raw(name)", "tx.executeQuery(CompiledQuery.raw(`select ${name}`))", "sql.raw(`order by ${column}`)", "client.query('select ' + name)", "client.query(`select * from t where id = '${id}'`)",
    "const statement = `select * from ${table}`;", 'const s = "select * from t where id = " + id;', "sql.lit(name)",
  ])("%s is found", (text) => expect(builtSql("x.ts", text)).not.toEqual([]));

  test.each(["sql`select ${name}`", "sql.raw('now()')", "sql.ref(column)", "tx.selectFrom('t').where('id', '=', id)", "log(`selected ${n} rows`)"])("%s is passed", (text) => expect(builtSql("x.ts", text)).toEqual([]));
});
