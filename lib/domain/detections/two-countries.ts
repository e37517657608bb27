import { START_KINDS } from "../events/kinds";
import type { EventRule } from "./event-rule";
import { isKnownCountry } from "./known-countries";
import { techniqueOf } from "./technique";
import { durationText } from "./words";

const MINUTE = 60_000;

export const twoCountries: EventRule = {
  name: "two-countries",
  title: { key: "ruleTitles.twoCountries" },
  question: { key: "ruleQuestions.twoCountries" },
  severity: "high",
  technique: techniqueOf("T1078"),
  subject: "account",
  parameters: [
    { name: "minutes", label: { key: "rules.window" }, unit: "minutes", initial: 240, least: 5, most: 1_440 },
    { name: "days", label: { key: "rules.usualAfter" }, unit: "days", initial: 3, least: 1, most: 30 },
  ],
  needs: ["logon"],
  needsText: { key: "rules.needsAddresses" },
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
    return { before, compared: { one: nearest.country, other: country, gap, limit: minutes! } };
  },
  sentence: ({ account, computers, compared: { one, other, gap, limit } }) => ({
    key: "ruleSentences.twoCountries",
    values: {
      account,
      one: { country: String(one) },
      other: { country: String(other) },
      computers,
      duration: durationText(Number(gap) * MINUTE),
      window: durationText(Number(limit) * MINUTE),
    },
  }),
  nextStep: { key: "ruleNextSteps.twoCountries" },
};
