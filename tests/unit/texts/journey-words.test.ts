import { describe, expect, it } from "vitest";
import { translator } from "@/tests/support/journey-words";

const inGerman = translator("de");

describe("what journeys look for, in German", () => {
  it.each([
    ["Save", "Speichern"],
    ["Edit Password guessing", "Kennwörter ausprobiert bearbeiten"],
    ["API keys of HO", "API-Schlüssel von HO"],
    ["1 open alert", "1 offener Alarm"],
    ["Own Company", "Own Company"],
    ["anna", "anna"],
    ["1 h 0 min", "1 Std. 0 Min."],
    ["Minimum accounts: 5 → 12", "Mindestzahl Konten: 5 → 12"],
  ])("%s is %s", (english, german) => {
    const found = inGerman(english, true);
    expect(typeof found === "string" ? found === german : found.test(german)).toBe(true);
  });

  it.each([
    [/^\d+ alerts? in 90 days/, "3 Alarme in 90 Tagen"],
    [/^Disable key/, "Schlüssel Empfang deaktivieren"],
    [/^2 events before \d{4}-\d\d-\d\d$/, "2 Ereignisse vor dem 1. Mai 2026"],
    ["superadmin assigned the alert to superadmin", "superadmin hat den Alarm superadmin zugewiesen"],
    [
      "already used",
      "Dieser Code ist falsch oder wurde bereits verwendet. Codes ändern sich alle 30 Sekunden.",
    ],
    [/^Select Password guessing, anna/, "Kennwörter ausprobiert, anna, Alarm 7 auswählen"],
    [/^first\.person$/, "first.person"],
    ["2026-11-27 10:30:00", "27. Nov. 2026, 10:30:00"],
    ["person of 2", "person of 2"],
    ["CSV", "CSV"],
    ["user (user@example.com)", "user (user@example.com)"],
    ["none of 3", "keiner von 3"],
    [/Erased account \d+/, "Erased account 5"],
    ["left out: count", "Ein Teil der Adresse wurde nicht verstanden und daher ausgelassen: count"],
    ["Parameters of Accounts", "Parameter von Accounts"],
    [
      /companyadmin created API key “Reception”/,
      "companyadmin hat API-Schlüssel „Reception“ von Standort HO erstellt.",
    ],
    [/^confirm/i, "Neues Kennwort bestätigen"],
    ["Active5 h 0 min", "Aktiv5 Std. 0 Min."],
  ])("%s finds %s", (english, german) => {
    expect(german).toMatch(inGerman(english));
  });

  it("leaves an expression for names as it stands", () => {
    expect(inGerman(/^ida\.ivy/)).toEqual(/^ida\.ivy/);
  });

  it("finds a text that has several translations by each of them", () => {
    const found = inGerman("Import", true);
    for (const german of ["Import", "Importieren"]) expect(german).toMatch(found);
    expect("Importiert").not.toMatch(found);
  });
});

it("finds texts of the pseudo-locale", () => {
  expect(translator("en-XA")("Sign out", true)).toBe("Šííğñ óóúúť");
});
