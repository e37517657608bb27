import { getMessages } from "next-intl/server";
import type { ReactNode } from "react";
import { NextIntlClientProvider, type Messages } from "next-intl";
import { MoreTexts } from "./more-texts";

export type TextArea = keyof Messages;

/** Texts that client components of every page use. */
export const SHARED_TEXTS: readonly TextArea[] = ["ui", "forms"];

async function textsOf(areas: readonly TextArea[]): Promise<Partial<Messages>> {
  const messages = await getMessages();
  return Object.fromEntries(areas.map((area) => [area, messages[area]]));
}

/** For the root layout. */
export async function SharedTexts({ children }: { children: ReactNode }) {
  return <NextIntlClientProvider messages={await textsOf(SHARED_TEXTS)}>{children}</NextIntlClientProvider>;
}

/**
 * Gives client components within it the texts of some areas of the catalog, beside those given further out. Server
 * components have them all and need none of this. A test names the areas that a page must give.
 */
export async function Texts({ of, children }: { of: readonly TextArea[]; children: ReactNode }) {
  return <MoreTexts messages={await textsOf(of)}>{children}</MoreTexts>;
}
