import { SMTPServer } from "smtp-server";

export interface ReceivedMail {
  from: string;
  to: string[];
  /** Headers and body as they came. */
  text: string;
}

export interface FakeSmtp {
  url: string;
  received: ReceivedMail[];
  /** Refuses every mail to this address with a permanent error. */
  refuse(recipient: string): void;
  close(): Promise<void>;
}

/** A mail server on a free port that asks for a name and a password. */
export async function startFakeSmtp(): Promise<FakeSmtp> {
  const received: ReceivedMail[] = [];
  const refused = new Set<string>();
  const server = new SMTPServer({
    disabledCommands: ["STARTTLS"],
    onAuth: ({ username, password }, _session, done) =>
      username === "user" && password === "pass word" ? done(null, { user: username }) : done(new Error("535 Wrong password")),
    onRcptTo: ({ address }, _session, done) => (refused.has(address) ? done(new Error("550 No such mailbox")) : done()),
    onData(stream, { envelope }, done) {
      let text = "";
      stream.on("data", (chunk: Buffer) => (text += chunk.toString()));
      stream.on("end", () => {
        received.push({ from: envelope.mailFrom === false ? "" : envelope.mailFrom.address, to: envelope.rcptTo.map(({ address }) => address), text });
        done();
      });
    },
  });
  server.on("error", () => undefined);
  const port = await new Promise<number>((done) => {
    const listener = server.listen(0, "127.0.0.1", () => {
      const address = listener.address();
      done(typeof address === "object" && address ? address.port : 0);
    });
  });
  return {
    url: `smtp://user:pass%20word@127.0.0.1:${port}`,
    received,
    refuse: (recipient) => void refused.add(recipient),
    close: () => new Promise((done) => server.close(() => done())),
  };
}
