import { START_KINDS } from "../events/kinds";
import type { EventRule } from "./event-rule";
import { isKnownCountry } from "./known-countries";
import { durationWords, onComputers } from "./words";

const MINUTE = 60_000;
const names = new Intl.DisplayNames("en", { type: "region", fallback: "code" });

/** Kept with the alert, as servers and browsers name some countries differently. */
const countryName = (code: string) => (/^[A-Z]{2}$/.test(code) ? (names.of(code) ?? code) : code);

export const twoCountries: EventRule = {
  name: "two-countries",
  title: "Two countries",
  question: "Does somebody log on in two foreign countries within a short time?",
  severity: "high",
  technique: { id: "T1078", name: "Valid Accounts" },
  subject: "account",
  parameters: [
    { name: "minutes", label: "Within", unit: "minutes", initial: 240, least: 5, most: 1_440 },
    { name: "days", label: "Known after", unit: "days seen there", initial: 3, least: 1, most: 30 },
  ],
  needs: ["logon"],
  needsWords:
    "Turn on auditing of logons (Audit Logon, success) on the computers, and use an agent that sends public addresses.",
  learns: false,
  kinds: START_KINDS,
  groupMinutes: 240,
  take(_, { minutes, days }, event, { countryOf, learnUntil, account, company }) {
    const country = event.publicAddress === null ? null : countryOf(event.publicAddress);
    if (country === null || event.at < learnUntil) return null;
    if (isKnownCountry(company.countries, country, event.at, days!)) return null;
    const others = (account.places ?? []).filter(
      (place) =>
        place.country !== country &&
        Math.abs(place.at - event.at) <= minutes! * MINUTE &&
        !isKnownCountry(company.countries, place.country, event.at, days!),
    );
    const nearest = others.toSorted(
      (a, b) => Math.abs(a.at - event.at) - Math.abs(b.at - event.at) || a.id - b.id,
    )[0];
    if (!nearest) return null;
    const before = others.filter((place) => place.country === nearest.country);
    const gap = Math.ceil(Math.abs(nearest.at - event.at) / MINUTE);
    const [one, other] = [nearest.country, country].map(countryName);
    return { before, compared: { one: one!, other: other!, gap, limit: minutes! } };
  },
  sentence: ({ account, computers, compared: { one, other, gap, limit } }) =>
    `${account} logged on from ${one} and from ${other}${onComputers(computers)} within ${durationWords(
      Number(gap) * MINUTE,
    )} (threshold: ${durationWords(Number(limit) * MINUTE)}). The company is usual in neither.`,
  nextStep:
    "Ask the person whether they travel or use a VPN. If not, sign the account out, change its password and look at what it did.",
};
