import { useLocale, useTranslations } from "next-intl";
import { useMemo } from "react";
import { wordText, type Reader, type Text } from "@/lib/domain/text";
import type { TextArea } from "./texts";

type WriteTime = Reader["writeTime"];

/**
 * Words texts that rules and services give, in the reader's language. A client component names the areas that the texts
 * come from, so that the page can give them (`<Texts of={[…]}>`); a server component has all areas.
 */
export function useWords(
  ..._areas: readonly TextArea[]
): (text: string | Text, writeTime?: WriteTime) => string {
  const translate = useTranslations() as Reader["translate"];
  const locale = useLocale();
  return useMemo(
    () =>
      (text, writeTime = (at) => new Date(at).toISOString()) =>
        wordText(text, { locale, translate, writeTime }),
    [locale, translate],
  );
}
