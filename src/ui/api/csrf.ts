/** Name of the meta element that pages hold their session's token in. */
export const csrfMetaName = "csrf-token";

/** The headers that a request which changes something carries besides its own: the page's token, where it has one. */
export function csrfHeaders(): Record<string, string> {
  const token = document.querySelector<HTMLMetaElement>(`meta[name="${csrfMetaName}"]`)?.content;
  return token ? { "x-csrf-token": token } : {};
}
