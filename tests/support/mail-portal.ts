import { test } from "./journey";
import { startPopulatedPortal, type PopulatedPortal } from "./portal-people";
import { openMailServer, type TestMailServer } from "./smtp-server";

/**
 * A populated portal that sends through a mail server of its own, for the tests of a file: its members can be read once
 * the tests run. `prepare` is called when it is up.
 */
export function providePortalWithMail(
  prepare: (portal: PopulatedPortal) => Promise<void> = async () => {},
): PopulatedPortal & { mail: TestMailServer } {
  const provided = {} as PopulatedPortal & { mail: TestMailServer };
  test.beforeAll(async () => {
    provided.mail = await openMailServer();
    const portal = await startPopulatedPortal({
      SMTP_URL: provided.mail.url,
      MAIL_FROM: "WinAuthMon <winauthmon@example.com>",
      PUBLIC_URL: "https://portal.example.com",
    });
    Object.assign(provided, portal);
    await prepare(portal);
  });
  test.afterAll(async () => {
    await provided.stop?.();
    await provided.mail?.close();
  });
  return provided;
}
