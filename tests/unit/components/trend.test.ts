import { NextIntlClientProvider } from "next-intl";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { Trend } from "@/components/overview/trend";
import messages from "@/messages/en.json";

/** The arrow and the words for a figure and the one before. */
function shown(current: number, previous: number): (string | undefined)[] {
  const trend = createElement(Trend, { value: { current, previous }, spell: String });
  const texts = { locale: "en" as const, timeZone: "UTC", messages, children: trend };
  const markup = renderToStaticMarkup(createElement(NextIntlClientProvider, texts));
  return [/lucide-arrow-([a-z-]+)/.exec(markup)?.[1], markup.replaceAll(/<[^>]+>/g, "")];
}

it.each([
  [1004, 1000, "right", "about the same"],
  [996, 1000, "right", "about the same"],
  [1000, 1000, "right", "same as before"],
  [1010, 1000, "up-right", "1% more"],
  [990, 1000, "down-right", "1% less"],
])("shows %i after %i by an arrow that says what the words do", (current, previous, arrow, words) =>
  expect(shown(current, previous)).toEqual([arrow, words]),
);
