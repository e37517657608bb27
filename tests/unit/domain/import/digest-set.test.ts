import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { DigestSet } from "@/lib/domain/import/digest-set";

const digestOf = (number: number) => createHash("sha256").update(String(number)).digest("hex").slice(0, 32);

it("tells what it has from what it hasn't, as a Set does, while it grows", () => {
  const [digests, expected] = [new DigestSet(), new Set<string>()];
  for (let number = 0; number < 200_000; number += 1) {
    // Every third one was there long before.
    const digest = digestOf(number % 3 === 2 ? number >> 2 : number);
    const isNew = !expected.has(digest);
    expected.add(digest);
    if (digests.add(digest) !== isNew) throw new Error(`Number ${number} was told wrongly.`);
  }
  expect(digests.size).toBe(expected.size);
});

it("keeps apart digests that differ in any of the first 16 digits, also where they begin with the same", () => {
  const digests = new DigestSet();
  const alike = [
    "0000000000000000",
    "0000000000000002",
    "ffffffff00000000",
    "fffffffffffffffe",
    "ffffffffffffffff",
  ];
  expect(alike.map((digest) => digests.add(`${digest}0123456789abcdef`))).toEqual(alike.map(() => true));
  expect(alike.map((digest) => digests.add(`${digest}0123456789abcdef`))).toEqual(alike.map(() => false));
  expect(digests.size).toBe(5);
});
