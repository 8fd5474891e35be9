/** How a vendor's model is reached. */
export interface ProviderSettings {
  apiKey: string;
  /** Root of the vendor's server, or of one that speaks its protocol. Always named: clients would look for one in the environment. */
  baseUrl: string;
  /** As the vendor names it. */
  model: string;
}
