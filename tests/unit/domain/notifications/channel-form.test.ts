import { describe, expect, it } from "vitest";
import {
  channelForm,
  newChannelForm,
  pauseForm,
  subscriptionForm,
} from "@/lib/domain/notifications/channel-form";
import { inEnglish } from "@/lib/english";

const base = { type: "webhook", name: "Hook", url: "https://example.com/hook", waitSeconds: "30" };
const errorsOf = (input: object) =>
  Object.fromEntries(
    (newChannelForm.safeParse(input).error?.issues ?? []).map(({ path, message }) => [
      String(path[0]),
      inEnglish(message),
    ]),
  );

describe("the form of a channel", () => {
  it("reads a webhook, and quiet hours only when they are switched on", () => {
    const typed = { ...base, quietFrom: "22:00", quietTo: "07:30" };
    expect(newChannelForm.parse(typed)).toMatchObject({ type: "webhook", waitSeconds: 30, quiet: null });
    expect(newChannelForm.parse({ ...typed, hasQuietHours: "on" })).toMatchObject({
      quiet: { fromMinute: 1320, toMinute: 450 },
    });
  });

  it("reads mail addresses one a line or between commas", () => {
    const typed = { ...base, type: "mail", addresses: "a@example.com\nb@example.com, c@example.com" };
    expect(newChannelForm.parse(typed)).toMatchObject({
      addresses: ["a@example.com", "b@example.com", "c@example.com"],
    });
  });

  it.each([
    [{ ...base, name: " " }, { name: "Enter a value." }],
    [{ ...base, url: "ftp://example.com" }, { url: /^Enter a URL that starts with http/ }],
    [{ ...base, url: "" }, { url: /^Enter a URL that starts with http/ }],
    [{ ...base, type: "mail", addresses: "" }, { addresses: "Enter at least one email address." }],
    [{ ...base, type: "mail", addresses: "nobody" }, { addresses: "nobody isn't an email address." }],
    [{ ...base, hasQuietHours: "on", quietFrom: "7", quietTo: "8" }, { quietTo: /./ }],
    [
      { ...base, hasQuietHours: "on", quietFrom: "07:00", quietTo: "07:00" },
      { quietTo: "Quiet hours must end at a different time than they start." },
    ],
  ])("names the field of what is wrong in %o", (typed, errors) => {
    const found = errorsOf(typed);
    for (const [field, message] of Object.entries(errors)) expect(found[field]).toMatch(message);
  });

  it("of a change takes what was touched, and keeps an address or secret left empty", () => {
    const typed = { channelId: "4", name: "New", url: "", quietFrom: "23:15", addresses: "x" };
    expect(channelForm.parse({ ...typed, touched: "name url" })).toEqual({ channelId: 4, name: "New" });
    expect(channelForm.parse({ ...typed, touched: "quietFrom" })).toEqual({ channelId: 4, quietFrom: 1395 });
    expect(channelForm.safeParse({ ...typed, touched: "addresses" }).success).toBe(false);
    expect(channelForm.safeParse({ ...typed, url: "ftp://x", touched: "url" }).success).toBe(false);
  });
});

describe("the other forms", () => {
  it("read names one a line, once each", () => {
    const typed = {
      channelId: "1",
      kinds: "key.created",
      accounts: "anna\nbert\n\nanna",
      siteIds: ["1", "2"],
    };
    expect(subscriptionForm.parse(typed)).toMatchObject({
      kinds: ["key.created"],
      accounts: ["anna", "bert"],
      computers: [],
      siteIds: [1, 2],
      severities: [],
    });
  });

  it("take as many names, and as long a wait, as a channel may have", () => {
    const named = (count: number) => ({
      channelId: "1",
      kinds: "key.created",
      accounts: Array.from({ length: count }, (_, n) => `user${n}`).join("\n"),
    });
    expect(subscriptionForm.parse(named(500)).accounts).toHaveLength(500);
    expect(subscriptionForm.safeParse(named(501)).error?.issues[0]?.path).toEqual(["accounts"]);
    const waiting = (waitSeconds: string) =>
      channelForm.safeParse({ channelId: "4", waitSeconds, touched: "waitSeconds" }).success;
    expect([waiting("3600"), waiting("3601")]).toEqual([true, false]);
  });

  it("refuse a subscription to nothing, and a pause without a reason or an end", () => {
    expect(subscriptionForm.safeParse({ channelId: "1" }).success).toBe(false);
    expect(subscriptionForm.safeParse({ channelId: "1", kinds: "no.kind" }).success).toBe(false);
    expect(pauseForm.safeParse({ channelId: "1", hours: "4", reason: " " }).success).toBe(false);
    expect(pauseForm.safeParse({ channelId: "1", hours: "9999", reason: "Move" }).success).toBe(false);
    expect(pauseForm.parse({ channelId: "1", hours: "4", reason: "Move" })).toMatchObject({ hours: 4 });
  });
});
