import { randomBytes } from "node:crypto";
import { expect, it } from "vitest";
import { mailingNewAddress } from "@/lib/server/mailing-new-address";
import { operatorContext } from "@/lib/services/context";
import { provideMail } from "../../support/mailing";
import { provideOwnDatabase } from "../../support/own-database";
import { provideUnheldRefusals } from "../../support/unheld-refusals";

provideUnheldRefusals();
provideOwnDatabase();
provideMail();

it("gives an address to accounts five times in an hour, however spelled, and changes the rest of them", async () => {
  const given: (string | undefined)[] = [];
  const change = mailingNewAddress(async (_, { email }: { email?: string }) => given.push(email));
  const operator = operatorContext("command line");
  const address = `n${randomBytes(6).toString("hex")}@example.net`;
  for (let i = 0; i < 5; i += 1) await change(operator, { email: address });
  const sixth = change(operator, { email: address.toUpperCase() });
  await expect(sixth).rejects.toMatchObject({ code: "limited" });
  await change(operator, {});
  await change(operator, { email: `x${address}` });
  expect(given).toEqual([...Array(5).fill(address), undefined, `x${address}`]);
});
