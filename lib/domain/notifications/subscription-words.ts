import type { ListValue, Text } from "../text";
import { kindsFor, kindTitle } from "./kinds";
import type { Audience } from "./kind";
import { SEVERITIES } from "./severity";

/** What a subscription selects, with names in place of ids. */
export interface SubscriptionWords {
  kinds: readonly string[];
  severities: readonly string[];
  sites: readonly (string | Text)[];
  accounts: readonly (string | Text)[];
  computers: readonly (string | Text)[];
}

/** So many are named; of more the first with a count. */
const MOST_KINDS = 4;
const MOST_NAMES = 5;

const SEVERITY_TEXT = {
  info: "notifications.info",
  warning: "notifications.warning",
  critical: "notifications.critical",
} as const;

/** What goes where and how soon, then what it's narrowed to: "Computer silent → ops@example.com, immediately", "Site: HO". */
export function subscriptionWords(
  { kinds, severities, sites, accounts, computers }: SubscriptionWords,
  { audience, target, waitSeconds }: { audience: Audience; target: string; waitSeconds: number },
): Text[] {
  const titles = kinds.map(kindTitle);
  const isAll = kinds.length >= kindsFor(audience).length;
  const what: Text | ListValue = isAll ? { key: "notifications.everything" } : listOf(titles, MOST_KINDS);
  const chosen = SEVERITIES.filter((severity) => severities.includes(severity));
  const isNarrow = chosen.length > 0 && chosen.length < SEVERITIES.length;
  const shown = chosen.map((severity) => ({ key: SEVERITY_TEXT[severity] }));
  return [
    { key: "notifications.subscription", values: { kinds: what, target, when: waitText(waitSeconds) } },
    ...(isNarrow ? [{ key: "notifications.ofSeverities" as const, values: { names: { all: shown } } }] : []),
    ...narrowedTo("notifications.ofSites", sites),
    ...narrowedTo("notifications.ofAccounts", accounts),
    ...narrowedTo("notifications.ofComputers", computers),
  ];
}

type NarrowedKey = "notifications.ofSites" | "notifications.ofAccounts" | "notifications.ofComputers";

function narrowedTo(key: NarrowedKey, names: readonly (string | Text)[]): Text[] {
  if (names.length === 0) return [];
  return [{ key, values: { count: names.length, names: listOf(names, MOST_NAMES) } }];
}

function waitText(seconds: number): Text {
  if (seconds === 0) return { key: "notifications.immediately" };
  if (seconds < 60) return { key: "notifications.withinSeconds", values: { count: seconds } };
  return { key: "notifications.withinMinutes", values: { count: Math.round(seconds / 60) } };
}

function listOf(words: readonly (string | Text)[], most: number): ListValue {
  if (words.length <= most) return { all: words };
  const count = words.length - most;
  return { all: [...words.slice(0, most), { key: "notifications.more", values: { count } }] };
}
