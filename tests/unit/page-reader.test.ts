import { afterEach, expect, it, vi } from "vitest";
import { formatDate } from "@/components/time/format";
import { tellPageReader, tellReader } from "@/lib/reader";

const AT = Date.UTC(2025, 4, 25, 14, 30, 5);

afterEach(() => {
  tellReader(() => undefined);
  vi.unstubAllGlobals();
});

it("draws the page that comes in another language with its dates, before the document has changed", () => {
  vi.stubGlobal("document", { documentElement: { lang: "en", dataset: { dates: "mdy" } } });
  expect(formatDate(AT, "UTC")).toBe("May 25, 2025");
  tellPageReader({ locale: "de", dateOrder: "dmy" });
  expect(formatDate(AT, "UTC")).toBe("25. Mai 2025");
  tellPageReader({ locale: "en", dateOrder: "ymd" });
  expect(formatDate(AT, "UTC")).toBe("2025-05-25");
});

it("tells a server nothing, which draws for others as well", () => {
  tellReader(() => ({ locale: "de" }));
  tellPageReader({ locale: "en", dateOrder: "mdy" });
  expect(formatDate(AT, "UTC")).toBe("25. Mai 2025");
});
