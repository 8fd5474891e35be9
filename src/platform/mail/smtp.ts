import nodemailer from "nodemailer";
import type { Mail } from "./queries.ts";

const timeoutMs = 10_000;

/** Sends one mail over `url` (smtp: or smtps:, credentials in it). Throws what the server or the network says. */
export async function sendBySmtp(url: string, from: string, { recipient, subject, body }: Mail): Promise<void> {
  const { hostname, port, protocol, username, password } = new URL(url);
  const secure = protocol === "smtps:";
  const transport = nodemailer.createTransport({
    host: hostname,
    port: port === "" ? (secure ? 465 : 587) : Number(port),
    secure,
    ...(username === "" ? {} : { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  // An object: a recipient's text is one address, whatever commas it holds.
  await transport.sendMail({ from, to: { name: "", address: recipient }, subject, text: body });
}
