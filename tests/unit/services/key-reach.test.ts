import { expect, it } from "vitest";
import { changesReach, keyChangeInput } from "@/lib/services/sites/site-input";

const loaded = { keyId: "7", description: "gate", scopes: "ingest", expiresInDays: "" };

it.each([
  ["nothing", { touched: "" }, false],
  ["the description", { description: "front gate", touched: "description" }, false],
  ["the expiry, left blank", { touched: "expiresInDays" }, false],
  ["the permissions", { scopes: ["ingest", "manage"], touched: "scopes" }, true],
  ["no expiry any more", { expiresInDays: "0", touched: "expiresInDays" }, true],
  ["another expiry", { expiresInDays: "900", touched: "expiresInDays" }, true],
])("asks for a proof only for what a key may do and until when: %s", (_, change, isAsked) => {
  expect(changesReach(keyChangeInput.parse({ ...loaded, ...change }))).toBe(isAsked);
});
