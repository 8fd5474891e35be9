/** How a vendor's model is reached. */
export interface ProviderSettings {
  apiKey: string;
  /** Root of a server that speaks the vendor's protocol, undefined for the vendor's own. */
  baseUrl: string | undefined;
  /** As the vendor names it. */
  model: string;
}
