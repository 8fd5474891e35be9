/** Groups of the help index, in the order they are shown. */
export const helpTopics = [
  "Using Tieline",
  "Reading the data",
  "Demand and supply",
  "Prices and markets",
  "Emissions",
  "Data sources",
  "Answers",
  "Limits and costs",
  "En français",
] as const;
