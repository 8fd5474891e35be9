/** The shortest password of a member's account, in characters; supabase/config.toml says the same. */
export const passwordMinLength = 8;

/** GoTrue hashes with bcrypt, which would silently ignore whatever follows. */
export const passwordMaxBytes = 72;

/** Whether GoTrue looks at the whole of a password. */
export function isWholePassword(password: string): boolean {
  return new TextEncoder().encode(password).byteLength <= passwordMaxBytes;
}
