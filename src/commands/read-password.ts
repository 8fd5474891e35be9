import { text } from "node:stream/consumers";

/** Asks for a password twice without showing it; without a terminal, or when told to, reads it from stdin up to the end of its first line. */
export async function readPassword(fromStdin: boolean): Promise<string> {
  if (fromStdin || !process.stdin.isTTY) return (await text(process.stdin)).split(/\r?\n/, 1)[0] ?? "";
  const password = await ask("Password (12 characters or more): ");
  if ((await ask("The same again: ")) !== password) throw new Error("The two passwords differ. Nothing was changed.");
  return password;
}

const [enter, newline, interrupt, endOfInput, backspace, erase] = ["\r", "\n", "\u0003", "\u0004", "\b", "\u007f"];

function ask(question: string): Promise<string> {
  const { stdin } = process;
  process.stdout.write(question);
  stdin.setRawMode(true);
  stdin.setEncoding("utf8");
  stdin.resume();
  return new Promise((resolve, reject) => {
    let typed: string[] = [];
    const finish = (settle: () => void) => {
      stdin.off("data", onData);
      stdin.setRawMode(false);
      stdin.pause();
      process.stdout.write("\n");
      settle();
    };
    const onData = (data: string) => {
      for (const key of data) {
        if (key === interrupt || key === endOfInput) return finish(() => reject(new Error("Stopped. Nothing was changed.")));
        if (key === enter || key === newline) return finish(() => resolve(typed.join("")));
        if (key === backspace || key === erase) typed = typed.slice(0, -1);
        else typed.push(key);
      }
    };
    stdin.on("data", onData);
  });
}
