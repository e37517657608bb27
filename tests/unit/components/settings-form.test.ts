import {
  AppRouterContext,
  type AppRouterInstance,
} from "next/dist/shared/lib/app-router-context.shared-runtime";
import { NextIntlClientProvider } from "next-intl";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { SettingsForm } from "@/components/settings/settings-form";
import { ofEachSetting, SETTING_NAMES, SETTINGS } from "@/lib/domain/settings";
import { inEnglish } from "@/lib/english";
import type { EditableSettings } from "@/lib/services/settings/read-settings";
import messages from "@/messages/en.json";

const stored: EditableSettings = {
  ...ofEachSetting({
    flag: ({ usual }) => usual,
    number: ({ usual }) => usual,
    optionalNumber: ({ usual }) => usual,
  }),
  id: 1,
  passwordSafeSpecialChars: "!?",
  logLevel: "ERROR",
  timeZone: null,
  backupHour: 17,
  toldMigrationCount: null,
  updatedAt: new Date(0),
};

function markupOf(): string {
  const never = () => Promise.reject(new Error("nothing is sent"));
  const form = createElement(SettingsForm, {
    settings: stored,
    fallbackZone: "Europe/London",
    zones: ["Europe/London"],
    action: never,
    previewAction: never,
  });
  const texts = { locale: "en" as const, timeZone: "UTC", messages, children: form };
  const worded = createElement(NextIntlClientProvider, texts);
  return renderToStaticMarkup(
    createElement(AppRouterContext.Provider, { value: {} as AppRouterInstance }, worded),
  );
}

/** What the form shows of a field, by the field's name. */
function shownFields(): [name: string, shown: string][] {
  const fields = markupOf().split('data-slot="field" ');
  return fields.slice(1).map((field) => {
    const [name, label] = [/ name="(\w+)"/, /<label[^>]*>([^<]+)</].map((part) => part.exec(field)?.[1]);
    const value = field.includes('type="checkbox"')
      ? String(field.includes(' checked=""'))
      : / value="([^"]*)"/.exec(field)?.[1];
    return [name!, `${label}: ${value}`];
  });
}

it("shows each declared setting once, with its label and the stored value", () => {
  const declared = SETTING_NAMES.map((name) => {
    const { label, usual } = SETTINGS[name];
    return [name, `${inEnglish({ key: label })}: ${usual ?? ""}`];
  });
  const shown = shownFields().filter(([name]) => Object.hasOwn(SETTINGS, name));
  expect(shown.toSorted()).toEqual(declared.toSorted());
});
