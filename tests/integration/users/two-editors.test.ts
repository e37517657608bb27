import { beforeAll, expect, it } from "vitest";
import { database } from "@/db/client";
import { lockSettings } from "@/db/queries/global/settings";
import { findUsers } from "@/db/queries/global/users";
import { operatorScope, readWithin, writeWithin } from "@/db/scope";
import { findCompany } from "@/db/queries/companies/company";
import { lockKey } from "@/db/queries/companies/keys";
import { operatorActor } from "@/lib/services/audit/actor";
import { companyChangeInput } from "@/lib/services/companies/company-input";
import { createCompany } from "@/lib/services/companies/create-company";
import { updateCompany } from "@/lib/services/companies/update-company";
import { operatorContext, type CompanyContext } from "@/lib/services/context";
import { updateSettings } from "@/lib/services/settings/update-settings";
import { settingsInput } from "@/lib/services/settings/settings-input";
import { changeKey, createKey, disableKey, enableKey } from "@/lib/services/sites/change-key";
import { keyChangeInput } from "@/lib/services/sites/site-input";
import { readSites } from "@/lib/services/sites/read-sites";
import { updateAccount } from "@/lib/services/users/change-account";
import { userChangeInput } from "@/lib/services/users/user-input";
import { provideOwnDatabase } from "../../support/own-database";
import { preparePeople } from "../../support/sign-in-people";
import { makeUser } from "../../support/people";

provideOwnDatabase();

const operator = operatorContext("command line");
let company: CompanyContext;

beforeAll(async () => {
  await preparePeople();
  const made = await createCompany(operatorActor("command line"), { name: "Two editors" });
  company = { ...operator, scope: operatorScope(made.id) };
});

it("keeps a key disabled that another person disabled while its description was edited", async () => {
  const [site] = await readSites(company, "UTC");
  const { id } = await createKey(company, {
    siteId: site!.id,
    description: "gate",
    scopes: ["ingest"],
    expiresInDays: null,
  });
  await disableKey(company, { keyId: id });
  const form = {
    keyId: String(id),
    description: "front gate",
    scopes: "ingest",
    isActive: "on",
    touched: "description",
  };
  await changeKey(company, keyChangeInput.parse(form));
  const stored = await writeWithin(company.scope, (tx) => lockKey(tx, company.scope, id));
  expect(stored).toMatchObject({ description: "front gate", isActive: false });
  await enableKey(company, { keyId: id });
  expect(await writeWithin(company.scope, (tx) => lockKey(tx, company.scope, id))).toMatchObject({
    isActive: true,
  });
});

it("keeps both changes of two people who edit one user", async () => {
  const person = await makeUser("User");
  const loaded = {
    userId: String(person.id),
    username: person.username,
    email: `${person.username}@example.com`,
  };
  await updateAccount(
    operator,
    userChangeInput.parse({ ...loaded, email: `moved-${loaded.email}`, touched: "email" }),
  );
  await updateAccount(
    operator,
    userChangeInput.parse({ ...loaded, username: `x${loaded.username}`, touched: "username" }),
  );
  const [stored] = await findUsers([person.id]);
  expect(stored).toMatchObject({ email: `moved-${loaded.email}`, username: `x${loaded.username}` });
});

it("keeps both changes of two people who edit one company", async () => {
  const loaded = { name: "Two editors", description: "", timeZone: "", silentAfterMinutes: "1440" };
  const first = { ...loaded, timeZone: "Asia/Tokyo", touched: "timeZone" };
  await updateCompany(company, companyChangeInput.parse(first));
  const second = { ...loaded, description: "harbour", touched: "description" };
  await updateCompany(company, companyChangeInput.parse(second));
  const stored = await readWithin(company.scope, (tx) => findCompany(tx, company.scope));
  expect(stored).toMatchObject({ timeZone: "Asia/Tokyo", description: "harbour" });
});

it("keeps both changes of two people who edit the settings, and refuses what does not fit together", async () => {
  await updateSettings(
    operator,
    settingsInput.parse({ allowRegistration: "on", touched: "allowRegistration" }),
  );
  await updateSettings(operator, settingsInput.parse({ rememberMeDays: "9", touched: "rememberMeDays" }));
  const stored = () => database().transaction(lockSettings);
  expect(await stored()).toMatchObject({ allowRegistration: true, rememberMeDays: 9 });

  await updateSettings(operator, { passwordRequireSpecialChars: true });
  const emptied = settingsInput.parse({ passwordSafeSpecialChars: "", touched: "passwordSafeSpecialChars" });
  await expect(updateSettings(operator, emptied)).rejects.toMatchObject({ code: "invalid" });
  expect((await stored()).passwordSafeSpecialChars).not.toBe("");
});
