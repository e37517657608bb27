import { expect, it } from "vitest";
import { countryOf, openCountries, publicAddressOf } from "@/lib/services/detections/country-of";

it("knows no country where its file cannot be read, and fails nobody", () => {
  expect(openCountries("/nowhere/countries.mmdb")).toBeNull();
  expect(openCountries("package.json")).toBeNull();
});

it("knows the country of a public address, and of no other", () => {
  expect(countryOf("193.0.6.139")).toBe("NL");
  expect(countryOf("2001:67c:2e8:22::c100:68b")).toBe("NL");
  expect(countryOf("240.0.0.1")).toBeNull();
  expect(publicAddressOf("::ffff:193.0.6.139")).toBe("193.0.6.139");
  expect(["10.0.0.1", "127.0.0.1", "fe80::1", "nonsense", null].map(publicAddressOf)).toEqual([
    null,
    null,
    null,
    null,
    null,
  ]);
});
