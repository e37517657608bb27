import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { channelInput } from "@/lib/domain/notifications/channel";
import { writeNtfyBody, writeSlackBody, writeTeamsBody } from "@/lib/domain/notifications/chat-bodies";
import { REFERENCES } from "@/lib/domain/notifications/kind";
import { findKind, KINDS, kindsFor, referencesOf, sentenceOf } from "@/lib/domain/notifications/kinds";
import { composeMessage, type Message, type ToldNotification } from "@/lib/domain/notifications/message";
import { webhookBody, writeWebhookBody } from "@/lib/domain/notifications/webhook-body";
import { wordText } from "@/lib/domain/text";
import { inEnglish, PROGRAM_READER } from "@/lib/english";
import { readerOf } from "@/lib/texts";

const AT = Date.UTC(2026, 0, 5, 10);
const reader = readerOf("en", "Europe/Berlin");
const company = { id: 7, name: "Acme & Sons" };

function silent(id: number, name = `PC-${id}`): ToldNotification {
  const params = { computer: { id, name }, lastSeenAt: "2026-01-05T09:00:00.000Z" };
  return { id, kind: "computer.silent", severity: "warning", at: AT, params };
}

function storm(count: number, listed = Math.min(count, 50)): Message {
  const first = Array.from({ length: listed }, (_, n) => silent(n + 1));
  const url = "https://portal.example.com/7/notifications";
  const kinds = [{ kind: "computer.silent", severity: "warning", count, first }] as const;
  return composeMessage({ reason: "news", company, url, kinds }, PROGRAM_READER);
}

describe("the kinds", () => {
  it("have names of their own, and end only kinds of their audience about the same subject", () => {
    expect(new Set(KINDS.map(({ name }) => name)).size).toBe(KINDS.length);
    expect(kindsFor("company").length + kindsFor("portal").length).toBe(KINDS.length);
    for (const kind of KINDS.filter(({ ends }) => ends)) {
      const ended = findKind(kind.ends!)!;
      expect(ended.audience).toBe(kind.audience);
      expect(ended.subject).toBeDefined();
      expect(kind.subject).toBeDefined();
    }
  });

  it.each(KINDS.map((kind) => [kind.name, kind] as const))(
    "%s makes one plain sentence of whatever its schema takes",
    (_, kind) => {
      const params = kind.params.parse(sampleOf(kind.params));
      const sentence = inEnglish(kind.sentence(params));
      expect(sentence).toMatch(/^[A-Z0-9].*[.!]$|^Job .* failed: /);
      expect(sentence).not.toMatch(/undefined|null|NaN|\[object/);
      expect(inEnglish(kind.several(3))).toContain("3");
      expect(inEnglish(kind.several(1))).toContain("1");
      expect(inEnglish(kind.title)).not.toBe("");
      expect(kind.nameOf(params)).not.toBe("");
      const filters = REFERENCES.filter((reference) => reference in kind.params.shape);
      for (const filter of filters) expect(referencesOf(params)).toHaveProperty(filter);
      const german = readerOf("de", "Europe/Berlin");
      for (const text of [kind.title, kind.sentence(params), kind.several(1), kind.several(3)]) {
        expect(wordText(text, german)).not.toMatch(/notification(Kinds|Sentences)\.|undefined/);
      }
    },
  );

  it("leave a stored notification of an unknown kind readable", () => {
    expect(sentenceOf("gone.kind", { a: 1 })).toBe("gone.kind.");
    expect(sentenceOf("computer.silent", { damaged: true })).toBe("computer.silent.");
  });
});

describe("a message", () => {
  it("says what happened in one sentence when it is one thing", () => {
    expect(storm(1).lines).toEqual(["Computer PC-1 is silent. Last report: 2026-01-05T09:00:00.000Z."]);
  });

  it("makes a storm one line with a count and the first names", () => {
    expect(storm(40).title).toBe("40 computers are silent");
    expect(storm(40).lines).toEqual([
      "40 computers are silent: PC-1, PC-2, PC-3, PC-4, PC-5, PC-6, PC-7, PC-8, PC-9, PC-10, and 30 more.",
    ]);
    expect(storm(2).lines).toEqual(["2 computers are silent: PC-1 and PC-2."]);
  });

  it.each([
    [["anna", "anna", "anna"], 3, "3 computers are silent: anna."],
    [["anna", "bob", "anna"], 3, "3 computers are silent: anna and bob."],
    [["anna", "bob", "anna"], 3_000, "3,000 computers are silent: anna, bob, and 2,997 more notifications."],
    [["anna"], 2, "2 computers are silent: anna and 1 more notification."],
  ])("lists each name once: %j of %i", (names, count, line) => {
    const first = names.map((name, n) => silent(n + 1, name));
    const kinds = [{ kind: "computer.silent", severity: "warning", count, first }] as const;
    expect(composeMessage({ reason: "news", company, url: null, kinds }, PROGRAM_READER).lines).toEqual([
      line,
    ]);
  });

  it("writes times in its reader's zone, and the rest in its reader's language", () => {
    const kinds = [{ kind: "computer.silent", severity: "warning", count: 1, first: [silent(1)] }] as const;
    const parts = { reason: "news", company, url: null, kinds } as const;
    expect(composeMessage(parts, reader).lines).toEqual([
      "Computer PC-1 is silent. Last report: 5 Jan 2026, 10:00 (Europe/Berlin).",
    ]);
    expect(composeMessage(parts, readerOf("de", "UTC")).lines).toEqual([
      "Computer PC-1 meldet sich nicht. Letzte Meldung: 05.01.2026, 09:00 (UTC).",
    ]);
  });

  it("puts the most severe kind first and says what is still so", () => {
    const parts = {
      reason: "reminder" as const,
      company,
      url: null,
      kinds: [
        { kind: "computer.silent", severity: "warning" as const, count: 1, first: [silent(1)] },
        {
          kind: "site.silent",
          severity: "critical" as const,
          count: 1,
          first: [
            {
              ...silent(2),
              kind: "site.silent",
              severity: "critical" as const,
              params: { site: { id: 1, name: "HO" }, lastSeenAt: "2026-01-05T09:00:00Z" },
            },
          ],
        },
      ],
    };
    const message = composeMessage(parts, PROGRAM_READER);
    expect(message.severity).toBe("critical");
    expect(message.lines[0]).toContain("No computer of site HO is reporting");
    expect(message.title).toBe("Reminder: 2 notifications: Site silent, Computer silent");
  });
});

describe("webhook bodies", () => {
  it("stay below 20 kB, fit their schema and keep the count, whatever the names", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10_000 }),
        fc.array(fc.string({ minLength: 1, maxLength: 255, unit: "grapheme" }), {
          minLength: 1,
          maxLength: 60,
        }),
        (count, names) => {
          const first = names.map((name, n) => silent(n + 1, name));
          const kinds = [
            {
              kind: "computer.silent",
              severity: "warning" as const,
              count: Math.max(count, first.length),
              first,
            },
          ];
          const message = composeMessage({ reason: "news", company, url: null, kinds }, PROGRAM_READER);
          const text = writeWebhookBody(message, AT, PROGRAM_READER);
          expect(Buffer.byteLength(text)).toBeLessThan(20_000);
          const body = webhookBody.parse(JSON.parse(text));
          expect(body.data.count).toBe(Math.max(count, first.length));
          expect(body.data.notifications.length).toBeGreaterThan(0);
        },
      ),
      { numRuns: 50 },
    );
  });

  it.each([
    ["of a kind that is known, without what the portal keeps with them", "disk.nearly-full", {}],
    ["of one that is not, as they are stored", "disk.unknown", { confirmedAt: "2026-01-05T09:50:00Z" }],
  ])("carry the parameters %s", (_, kind, kept) => {
    const declared = { host: "srv", path: "/data", freeBytes: 1, totalBytes: 2 };
    const params = { ...declared, confirmedAt: "2026-01-05T09:50:00Z" };
    const told = { id: 1, kind, severity: "critical", at: AT, params } as const;
    const kinds = [{ kind, severity: "critical", count: 1, first: [told] }] as const;
    const message = composeMessage({ reason: "news", company: null, url: null, kinds }, PROGRAM_READER);
    const { data } = webhookBody.parse(JSON.parse(writeWebhookBody(message, AT, PROGRAM_READER)));
    expect(data.notifications[0]!.params).toEqual({ ...declared, ...kept });
  });

  it("of chat channels have whole characters and the length that each takes, whatever the names", () => {
    const name = fc.string({ minLength: 1, maxLength: 255, unit: "grapheme" });
    const emoji = fc.nat(3).map((length) => "x".repeat(length) + "😀".repeat(255 - length));
    const markup = fc.constantFrom("*[]()".repeat(51), "漢".repeat(255));
    const names = fc.array(fc.oneof(name, emoji, markup), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(names, (all) => {
        const kinds = ["computer.silent", "site.silent"].map((kind) => ({
          kind,
          severity: "warning" as const,
          count: all.length,
          first: all.map((one, place) => silent(place + 1, one)),
        }));
        const message = composeMessage({ reason: "news", company, url: null, kinds }, PROGRAM_READER);
        const ntfy = writeNtfyBody(message, "https://ntfy.example.com/topic", reader).body;
        const bodies = [
          ntfy,
          writeTeamsBody(message, reader),
          writeSlackBody(message, reader),
          writeWebhookBody(message, AT, PROGRAM_READER),
        ];
        // JSON writes half of a character as its number.
        for (const body of bodies) expect(body).not.toMatch(/\\ud[89a-f]/);
        expect(Buffer.byteLength(bodies[1]!)).toBeLessThan(28_000);
        expect(Buffer.byteLength((JSON.parse(ntfy) as { message: string }).message)).toBeLessThanOrEqual(
          4_096,
        );
      }),
      { numRuns: 50 },
    );
  });

  it("of chat channels escape what names could smuggle in", () => {
    const kinds = [
      {
        kind: "computer.silent",
        severity: "warning" as const,
        count: 1,
        first: [silent(1, "<!channel> [x](http://e)")],
      },
    ];
    const message = composeMessage({ reason: "news", company, url: null, kinds }, PROGRAM_READER);
    const slack = JSON.parse(writeSlackBody(message, reader)) as { blocks: { text?: { text: string } }[] };
    expect(slack.blocks[1]!.text!.text).toContain("&lt;!channel&gt;");
    expect(slack.blocks[1]!.text!.text).not.toContain("<!channel>");
    const teams = writeTeamsBody(message, reader);
    expect(JSON.parse(teams)).toMatchObject({
      type: "message",
      attachments: [{ contentType: "application/vnd.microsoft.card.adaptive" }],
    });
    expect(teams).toContain(String.raw`\\[x\\]\\(http`);
    const ntfy = writeNtfyBody(message, "https://ntfy.example.com/base/my-topic", reader);
    expect(ntfy.url).toBe("https://ntfy.example.com/base");
    expect(JSON.parse(ntfy.body)).toMatchObject({ topic: "my-topic", priority: 4 });
    const odd = writeNtfyBody(message, "https://ntfy.example.com/50%off", reader);
    expect(JSON.parse(odd.body)).toMatchObject({ topic: "50%off" });
  });
});

describe("a channel", () => {
  const parse = (input: object) => channelInput.safeParse({ name: "Ops", ...input }).success;

  it.each([
    ["https://example.com/hook", true],
    ["http://10.0.0.1:8080/x?y=1", true],
    ["ftp://example.com", false],
    ["file:///etc/passwd", false],
    ["https://user:word@example.com", false],
    ["example.com", false],
    ["javascript:alert(1)", false],
    ["", false],
  ])("takes the address %s: %s", (url, isTaken) => {
    expect(parse({ type: "webhook", url })).toBe(isTaken);
    expect(parse({ type: "slack", url })).toBe(isTaken);
  });

  it("takes only secrets and quiet hours that mean something", () => {
    const url = "https://example.com";
    expect(parse({ type: "webhook", url, secret: `whsec_${Buffer.alloc(24).toString("base64")}` })).toBe(
      true,
    );
    expect(parse({ type: "webhook", url, secret: "whsec_short" })).toBe(false);
    expect(parse({ type: "webhook", url, secret: "no prefix" })).toBe(false);
    expect(parse({ type: "webhook", url, quiet: { fromMinute: 60, toMinute: 60 } })).toBe(false);
    expect(parse({ type: "mail", addresses: ["ops@example.com"] })).toBe(true);
    expect(parse({ type: "mail", addresses: ["ops@example.com\r\nBcc: x@example.com"] })).toBe(false);
    expect(parse({ type: "mail", addresses: [] })).toBe(false);
  });
});

/** Values that a schema takes, made from its JSON description. */
function sampleOf(schema: z.ZodObject): Record<string, unknown> {
  type Described = {
    properties?: Record<string, Described>;
    type?: string;
    format?: string;
    anyOf?: Described[];
    enum?: string[];
    items?: Described;
  };
  const make = (described: Described): unknown => {
    if (described.anyOf) return make(described.anyOf[0]!);
    if (described.enum) return described.enum[0];
    if (described.items) return [make(described.items)];
    if (described.properties)
      return Object.fromEntries(
        Object.entries(described.properties).map(([name, part]) => [name, make(part)]),
      );
    if (described.type === "object") return {};
    if (described.type === "integer" || described.type === "number") return 5;
    return described.format === "date-time" ? "2026-01-05T10:00:00Z" : "Some name";
  };
  return make(z.toJSONSchema(schema) as Described) as Record<string, unknown>;
}
