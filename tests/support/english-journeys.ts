interface Journey {
  file: string;
  annotations: readonly { type: string }[];
}

/** Journeys that are played in English alone, by file, with the reason. */
const ENGLISH_JOURNEYS: Readonly<Record<string, string>> = {
  german: "chooses its languages itself",
  "page-states": "opens every page in each language itself",
};

/** Marks a single journey of this kind. */
export const OWN_LANGUAGES = { annotation: { type: "own languages" } };

/** Why a journey is played in English alone; undefined when it is played in each language. */
export function reasonForEnglish({ file, annotations }: Journey): string | undefined {
  if (annotations.some(({ type }) => type === OWN_LANGUAGES.annotation.type)) return ENGLISH_JOURNEYS.german;
  return ENGLISH_JOURNEYS[/([^/\\]+)\.spec\.ts$/.exec(file)?.[1] ?? ""];
}

/** Names that journeys give, with words of the catalog in them. */
export const GIVEN_NAMES: ReadonlySet<string> = new Set([
  "By the page",
  "Failures by computer",
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

/** What stays in every language: names without words of the screen's own, formats, and commands. */
const KEPT = [
  /^(?:CSV|Excel)$/,
  /^person of \d+$/,
  /^Anna's events$/i,
  /^curl -X POST$/,
  /^Erased account/,
  /^user \(user@example\.com\)$/,
];

/** Whether the text stays as it is in every language. */
export function isKept(text: string): boolean {
  return KEPT.some((kept) => kept.test(text));
}

/** Values of messages that are English in every language: names of the API's operations and of parts of addresses. */
export const ENGLISH_VALUES: ReadonlySet<string> = new Set(["operation", "parts"]);
