import { expect, test } from "vitest";
import { compareOrigin, type OriginVerdict } from "@/lib/domain/same-origin";

test.each<[string | null, boolean, string | null, OriginVerdict]>([
  ["https://portal.example.com", true, "portal.example.com", "same"],
  ["https://portal.example.com", true, "portal.example.com:443", "same"],
  ["https://PORTAL.example.com", true, "Portal.example.com", "same"],
  ["http://127.0.0.1:8000", false, "127.0.0.1:8000", "same"],
  ["http://[::1]:8000", false, "[::1]:8000", "same"],
  ["http://portal.example.com", true, "portal.example.com", "other scheme"],
  ["https://portal.example.com", false, "portal.example.com", "other scheme"],
  ["http://portal.example.com:443", true, "portal.example.com", "other"],
  ["https://evil.example.com", true, "portal.example.com", "other"],
  ["https://portal.example.com.evil.test", true, "portal.example.com", "other"],
  ["https://portal.example.com:8443", true, "portal.example.com", "other"],
  ["https://portal.example.com/path", true, "portal.example.com", "other"],
  ["https://user@portal.example.com", true, "portal.example.com", "other"],
  ["ftp://portal.example.com", true, "portal.example.com", "other"],
  ["null", true, "portal.example.com", "other"],
  ["", true, "portal.example.com", "other"],
  [null, true, "portal.example.com", "other"],
  ["https://portal.example.com", true, null, "other"],
  ["https://portal.example.com", true, "portal.example.com/evil", "other"],
])("%s, asked by https: %s, of %s is %s", (origin, isHttps, host, verdict) =>
  expect(compareOrigin(origin, isHttps, host)).toBe(verdict),
);
