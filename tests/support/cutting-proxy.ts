import { connect, createServer, type AddressInfo, type Socket } from "node:net";

/** Stands between a client and a server of this machine. */
export interface CuttingProxy {
  port: number;
  /** The next message that holds this text reaches the server; when that answers, the connection is cut, and the answer is lost. */
  loseAnswerTo(text: string): void;
  close(): Promise<void>;
}

/** Passes on what comes for the server at `port`. */
export async function startCuttingProxy(port: number): Promise<CuttingProxy> {
  let watched: string | null = null;
  const sockets = new Set<Socket>();
  const proxy = createServer((client) => {
    const server = connect(port, "127.0.0.1");
    let loses = false;
    const cut = () => [client, server].forEach((each) => each.destroy());
    for (const each of [client, server]) {
      sockets.add(each);
      each.on("error", cut).on("close", () => (sockets.delete(each), cut()));
    }
    client.on("data", (chunk) => {
      if (watched !== null && chunk.includes(watched)) [loses, watched] = [true, null];
      server.write(chunk);
    });
    server.on("data", (chunk) => (loses ? cut() : client.write(chunk)));
  });
  await new Promise<void>((done) => proxy.listen(0, "127.0.0.1", done));
  return {
    port: (proxy.address() as AddressInfo).port,
    loseAnswerTo: (text) => (watched = text),
    close: () => {
      sockets.forEach((each) => each.destroy());
      return new Promise((done) => proxy.close(() => done()));
    },
  };
}
