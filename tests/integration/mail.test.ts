import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { anonymous, system, type Member } from "#platform/auth/principal.ts";
import { db } from "#platform/db/unit-of-work.ts";
import { deliverMail, postMail, type Mail } from "#platform/mail/mail.ts";
import { startWorkers } from "#platform/queue/queue.ts";
import { createMember } from "../support/factories.ts";
import { engines, inspect, openTestDatabase, type TestDatabase } from "../support/database.ts";
import { startFakeSmtp, type FakeSmtp } from "../support/fake-smtp.ts";
import { captureLog, resetEnvironment, useEnvironment } from "../support/http.ts";

const mail = (over: Partial<Mail> = {}): Mail => ({ kind: "test", recipient: "ann@example.com", subject: "Grüße aus Québec", body: "One line.\n.\nAnother.", ...over });
const outbox = () => inspect<{ recipient: string; sent: boolean; attempts: number; last_error: string | null }>(
  "select recipient, sent_at is not null as sent, attempts, last_error from app.mail order by id");
const deliver = () => deliverMail.run({}, new AbortController().signal);

describe.each(engines)("the outbox on the %s engine", (engine) => {
  let opened: TestDatabase;
  let smtp: FakeSmtp;
  let owner: Member;

  beforeEach(async () => {
    captureLog();
    opened = await openTestDatabase(engine);
    owner = await createMember("Alice's");
    // What makes the queue's job: the mail's own transaction enqueues it.
    const stop = await startWorkers([{ ...deliverMail, run: () => Promise.resolve({}) }]);
    await stop(1_000);
    smtp = await startFakeSmtp();
    useEnvironment({ SMTP_URL: smtp.url, MAIL_FROM: "Tieline <grid@example.com>" });
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    resetEnvironment();
    await smtp.close();
    await opened.close();
  });

  test("a member's unit of work posts mail, and it goes out once", async () => {
    await db.as(owner, (tx) => postMail(tx, mail()));
    expect(await deliver()).toEqual({ delivered: 1, failed: 0, purged: 0 });
    expect(await deliver()).toEqual({ delivered: 0, failed: 0, purged: 0 });
    expect(smtp.received).toHaveLength(1);
    const [received] = smtp.received;
    expect(received).toMatchObject({ from: "grid@example.com", to: ["ann@example.com"] });
    expect(received?.text).toMatch(/^From: Tieline <grid@example.com>/m);
    expect(received?.text).toContain("One line.");
    expect(await outbox()).toEqual([{ recipient: "ann@example.com", sent: true, attempts: 1, last_error: null }]);
  });

  test("a transaction that fails posts none", async () => {
    await expect(db.as(owner, async (tx) => {
      await postMail(tx, mail());
      throw new Error("changed our mind");
    })).rejects.toThrow("changed our mind");
    expect(await outbox()).toEqual([]);
  });

  test("one that is refused says why, is tried again, and holds nobody up", async () => {
    smtp.refuse("gone@example.com");
    await db.as(owner, async (tx) => {
      await postMail(tx, mail({ recipient: "gone@example.com" }));
      await postMail(tx, mail({ recipient: "bob@example.com" }));
    });
    expect(await deliver()).toMatchObject({ delivered: 1, failed: 1 });
    const [gone, bob] = await outbox();
    expect(gone).toMatchObject({ sent: false, attempts: 1, last_error: expect.stringContaining("550") as string });
    expect(bob).toMatchObject({ sent: true });
    for (let i = 0; i < 12; i += 1) await deliver();
    expect((await outbox())[0]).toMatchObject({ sent: false, attempts: 10 });
  });

  test("a recipient is one address, and a subject one line, whatever they hold", async () => {
    await db.as(owner, (tx) => postMail(tx, mail({ recipient: "a@example.com, b@example.com", subject: "Hello\r\nBcc: c@example.com" })));
    await deliver();
    expect(smtp.received.flatMap(({ to }) => to)).not.toContain("b@example.com");
    expect(smtp.received.flatMap(({ to }) => to)).not.toContain("c@example.com");
    for (const { text } of smtp.received) expect(text).not.toMatch(/^Bcc:/m);
  });

  test("a server that is away leaves mail where it is", async () => {
    await smtp.close();
    await db.as(owner, (tx) => postMail(tx, mail()));
    expect(await deliver()).toMatchObject({ delivered: 0, failed: 1 });
    expect((await outbox())[0]).toMatchObject({ sent: false, attempts: 1 });
  });

  test("without SMTP_URL it is printed, once, and kept for thirty days", async () => {
    useEnvironment({ SMTP_URL: "" });
    const printed = vi.spyOn(process.stdout, "write").mockReturnValue(true);
    await db.as(owner, (tx) => postMail(tx, mail()));
    await deliver();
    await deliver();
    expect(printed).toHaveBeenCalledTimes(1);
    expect(printed.mock.calls[0]?.[0]).toContain("To: ann@example.com");
    await db.as(system("test"), (tx) => tx.updateTable("app.mail").set({ created_at: new Date(Date.now() - 31 * 86_400_000) }).execute());
    expect(await deliver()).toMatchObject({ purged: 1 });
    expect(await outbox()).toEqual([]);
  });

  test("visitors can't post, and nobody but the service role can read", async () => {
    await expect(db.as(anonymous, (tx) => postMail(tx, mail()))).rejects.toThrow(/permission denied/);
    await expect(db.as(owner, (tx) => tx.selectFrom("app.mail").selectAll().execute())).rejects.toThrow(/permission denied/);
  });
});
