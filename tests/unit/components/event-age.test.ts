import { NextIntlClientProvider } from "next-intl";
import { createElement, type ComponentProps } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { EventAge } from "@/components/time/event-age";
import { PortalTime } from "@/components/time/portal-time";
import messages from "@/messages/en.json";

const MINUTE = 60_000;
const READ_AT = Date.parse("2030-06-03T10:00:00Z");
const BADGE = messages.lists.clockAhead;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

type Event = Partial<ComponentProps<typeof EventAge>>;

/** What a page read at 10:00 says of an event, on a computer whose own clock is that much ahead. */
function drawn(event: Event, ahead: number): string {
  vi.setSystemTime(READ_AT + ahead);
  const age = createElement(EventAge, { at: READ_AT, zone: "UTC", ...event });
  const page = { readAt: READ_AT, children: age };
  const texts = { locale: "en" as const, timeZone: "UTC", messages };
  const worded = { ...texts, children: createElement(PortalTime, page) };
  const markup = renderToStaticMarkup(createElement(NextIntlClientProvider, worded));
  return markup
    .replaceAll(/<[^>]+>/g, " ")
    .replaceAll(/\s+/g, " ")
    .trim();
}

it.each([-180 * MINUTE, -5 * MINUTE, 0, 180 * MINUTE])(
  "tells ages by the server's clock where the viewer's is ahead by %i ms",
  (ahead) => {
    expect(drawn({ at: READ_AT - 20_000 }, ahead)).toBe("just now");
    expect(drawn({ at: READ_AT - 20_000, isClockAhead: false }, ahead)).toBe("just now");
    expect(drawn({ at: READ_AT - 3 * MINUTE }, ahead)).toBe("3 min ago");
    expect(drawn({ at: READ_AT + 10 * MINUTE }, ahead)).toBe(`${BADGE} just now`);
  },
);

it("takes the server's word on a computer's clock, where it has one", () => {
  const early = { at: READ_AT + 4 * MINUTE, isClockAhead: false };
  expect(drawn(early, 0)).toBe("just now");
  const late = { at: READ_AT - MINUTE, receivedAt: READ_AT - 10 * MINUTE, isClockAhead: true };
  expect(drawn(late, 0)).toBe(`${BADGE} 10 min ago`);
});
