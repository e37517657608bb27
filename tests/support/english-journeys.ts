/** Journeys that are played in English alone, by file, with the reason. */
const ENGLISH_JOURNEYS: Readonly<Record<string, string>> = {
  "access-matrix": "asks the server without a browser",
  attacks: "looks for English words in what the server sends",
  german: "chooses its languages itself",
  hosted: "the same screens on a hosted installation",
  https: "the same screens on HTTPS",
  "page-states": "opens every page in each language itself",
  "personal-mails": "reads English emails",
  replicas: "asks the server without a browser",
  "two-servers": "asks two servers without a browser",
};

/** Why the journey of the file is played in English alone; undefined when it is played in each language. */
export function reasonForEnglish(file: string): string | undefined {
  return ENGLISH_JOURNEYS[/([^/\\]+)\.spec\.ts$/.exec(file)?.[1] ?? ""];
}

/** Names that journeys give, with words of the catalog in them. */
export const GIVEN_NAMES: ReadonlySet<string> = new Set([
  "By the page",
  "Failures of last month",
  "Failures of today",
  "Main office",
  "My logons",
  "New Year",
  "Operations",
  "Operations desk",
  "Other Company",
  "Own Company",
  "Reception",
]);
