import { expect, it } from "vitest";
import { issue, readIssue } from "@/lib/domain/text";
import { emailText, usernameText } from "@/lib/domain/user-input";
import { inEnglish } from "@/lib/english";
import { AppError } from "@/lib/errors";

it("carries a text through an issue of zod, and leaves plain English alone", () => {
  const text = { key: "errors.tooLong", values: { max: 64 } } as const;
  expect(readIssue(issue(text.key, text.values))).toEqual(text);
  expect(readIssue("Plain words.")).toBe("Plain words.");
});

it("words an issue in English for the API", () => {
  const said = usernameText.safeParse("a".repeat(65)).error!.issues[0]!.message;
  expect(inEnglish(said)).toBe("Use 64 characters or fewer.");
  expect(inEnglish(emailText.safeParse("x").error!.issues[0]!.message)).toBe(
    "Enter an email address such as name@example.com.",
  );
});

it("an error is English to logs and the API, and its wording is not among what logs list", () => {
  const message = [
    { key: "passwordRules.not_blank" },
    { key: "errors.tooLong", values: { max: 3 } },
  ] as const;
  const error = new AppError("invalid", { key: "errors.checkFields" }, [{ field: "a", message }]);
  expect(error.message).toBe("Please fix the highlighted fields.");
  expect(error.fields).toEqual([{ field: "a", message: "Not only spaces. Use 3 characters or fewer." }]);
  expect(Object.keys(error)).not.toContain("wording");
  expect(error.wording.fields).toEqual([{ field: "a", message }]);
});

it("counts in the singular and the plural", () => {
  const wait = (minutes: number) => inEnglish({ key: "errors.tooManyTries", values: { minutes } });
  expect(wait(1)).toContain("in 1 minute.");
  expect(wait(2)).toContain("in 2 minutes.");
});
