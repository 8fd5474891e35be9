/** Where to go after logging in: a page of the console, whatever else was asked for. Its form leaves no room for another host. */
export function consolePath(asked: string | undefined): string {
  return asked !== undefined && /^\/admin(?:\/[\w.~-]+)*(?:\?[^\s\\#]*)?$/.test(asked) && !/^\/admin\/login\b|\/\.{1,2}(?:[/?]|$)/.test(asked) ? asked : "/admin";
}
