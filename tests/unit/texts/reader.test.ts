import { expect, it } from "vitest";
import { wordText } from "@/lib/domain/text";
import { readerOf } from "@/lib/texts";

const AT = Date.UTC(2026, 0, 5, 22, 30);

it("writes times in the reader's zone and language, with the zone", () => {
  expect(readerOf("en", "Europe/Berlin").writeTime(AT)).toBe("5 Jan 2026, 23:30 (Europe/Berlin)");
  expect(readerOf("de", "Asia/Tokyo").writeTime(AT)).toBe("06.01.2026, 07:30 (Asia/Tokyo)");
});

it("words texts and keeps a translator for each language", () => {
  const reader = readerOf("en", "UTC");
  expect(wordText({ key: "signIn.title" }, reader)).toBe("Sign in");
  expect(readerOf("en", "Europe/Berlin").translate).toBe(reader.translate);
});
