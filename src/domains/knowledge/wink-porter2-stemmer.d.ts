declare module "wink-porter2-stemmer" {
  /** Stem of one English word in lower case, by Porter 2. */
  export default function stem(word: string): string;
}
