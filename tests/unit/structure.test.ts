import { expect, it } from "vitest";
import { PRODUCT_FOLDERS, sourceFiles } from "../support/source-files";

const product = sourceFiles(PRODUCT_FOLDERS);

it("keeps state of the process in lib/process-state alone", () => {
  const users = [...product].filter(([, text]) => /\bglobalThis\b/.test(text)).map(([name]) => name);
  expect(users).toEqual(["lib/process-state.ts"]);
});

it("uses each key of process state in one place", () => {
  const keys = [...product.values()].flatMap((text) =>
    [...text.matchAll(/processState(?:<[^(]*>)?\(\s*"([^"]+)"/g)].map(([, key]) => key!),
  );
  expect(keys.length).toBeGreaterThan(15);
  expect(keys.toSorted()).toEqual([...new Set(keys)].toSorted());
});

/** Thrown and caught within one bundle, so that both sides have the same class. */
const JUDGED_BY_CLASS = [
  "BlockedAddress",
  "BodyBrokenOff",
  "BodyTooLarge",
  "BodyTooSlow",
  "CompaniesFailed",
  "EmbeddedPostgresError",
  "ErasedAccount",
  "ImportError",
  "LeaseLost",
  "PartlyFailed",
  "ProofNeeded",
];

it("recognizes own errors by name where the server's bundle may throw what a page catches", () => {
  const texts = [...product].filter(([name]) => /^(lib|db)\//.test(name)).map(([, text]) => text);
  const own = texts.flatMap((text) =>
    [...text.matchAll(/\bclass (\w+) extends (?:Error|AppError)\b/g)].map(([, name]) => name!),
  );
  expect(own).toContain("QueueFull");
  const judged = own.filter((name) => texts.some((text) => new RegExp(`instanceof ${name}\\b`).test(text)));
  expect(judged.toSorted()).toEqual(JUDGED_BY_CLASS);
});

/**
 * Variables of modules, which the server's bundle and the pages' each have: right where two copies do no harm. Everything
 * else that one of them changes and the other reads belongs into processState.
 */
const TWICE: Readonly<Record<string, string>> = {
  "db/embedded/postmaster.ts": "only the server starts PostgreSQL",
  "db/queries/events/insert-events.ts": "never changes",
  "lib/env.ts": "both read the same environment",
  "lib/secret-box.ts": "keys derived from the secrets",
  "lib/secrets-in-force.ts": "ids derived from the secrets",
  "lib/server/client-address.ts": "parsed from the environment",
  "lib/server/rate-limit/limiter.ts": "refused guesses that a bundle holds back at present",
  "lib/services/access/record-denied.ts": "only pages refuse visits",
  "lib/services/agent-package/read-agent-binary.ts": "read anew when the file changes",
  "lib/services/jobs/read-jobs.ts": "never changes",
  "lib/services/mail/mail-pool.ts": "only the server sends mail",
  "lib/services/passwords/hash-password.ts": "a decoy is as good as another",
  "lib/services/queue/start-work.ts": "only the server works on queues",
  "lib/services/reports/take-turns.ts": "how long a bundle has put long work off",
  "lib/services/settings/read-settings.ts": "read anew after two seconds",
  "lib/services/system/app-version.ts": "never changes",
  "lib/services/watch/watch-disk.ts": "only the server works on queues",
  "lib/texts.ts": "translators of the same messages",
};

it("keeps what one bundle changes and the other reads out of variables of modules", () => {
  const state = /^(?:export )?(?:let |const \w+(?:: [^=]+)? = new (?:Map|LRUCache)\b)/m;
  const found = [...product]
    .filter(([name, text]) => /^(lib|db)\//.test(name) && !name.startsWith("lib/domain/") && state.test(text))
    .map(([name]) => name);
  expect(found.toSorted()).toEqual(Object.keys(TWICE).toSorted());
});

it("lets tests that share a process change nothing that lasts in it", () => {
  const lasting =
    /\bvi\.(?:mock|doMock|stub\w+|spyOn)\b|process\.env\S* \??\??=[^=]|(?:delete |assign\()process\.env|process\.chdir/;
  const shared = [...sourceFiles(["tests"])].filter(([name]) =>
    /^tests\/unit\/(?:components|db|domain|texts)\/.*\.test\.ts$/.test(name),
  );
  expect(shared.length).toBeGreaterThan(80);
  expect(shared.filter(([, text]) => lasting.test(text)).map(([name]) => name)).toEqual([]);
});

/** Forms and parameters whose names a client chooses: to look each one up looks at all of them each time. */
const LOOKED_UP = /\.getAll\(\s*(?!["'`\s])/;

it("looks up no field after the other by a name that the client gave", () => {
  expect(LOOKED_UP.test("names.map((name) => form.getAll(name))")).toBe(true);
  expect(LOOKED_UP.test('form.getAll("role")')).toBe(false);
  expect([...product].filter(([, text]) => LOOKED_UP.test(text)).map(([name]) => name)).toEqual([]);
});

it("ends in order also when its terminal is closed, wherever a signal ends it", () => {
  const listening = [...product].flatMap(([name, text]) =>
    [...text.matchAll(/process\.(?:on|once)\(\s*"SIG|\[("SIG\w+"(?:, )?)+\]/g)].map(([list]) => ({
      name,
      list,
    })),
  );
  expect(listening.length).toBeGreaterThan(3);
  expect(listening.filter(({ list }) => !list.includes('"SIGHUP"'))).toEqual([]);
});
