/** Characters of a reader's question, at most. Apart from the schemas, which a browser needn't load for it. */
export const promptMaxLength = 500;
