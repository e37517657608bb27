"use client";

import { IntlProvider, type Messages, useLocale, useMessages } from "next-intl";
import { type ReactNode, useMemo } from "react";

interface MoreTextsProps {
  messages: Partial<Messages>;
  children: ReactNode;
}

/** Drawn by Texts: next-intl's own provider would replace the outer texts. */
export function MoreTexts({ messages, children }: MoreTextsProps) {
  const outer = useMessages();
  const all = useMemo(() => ({ ...outer, ...messages }), [outer, messages]);
  return (
    <IntlProvider locale={useLocale()} messages={all}>
      {children}
    </IntlProvider>
  );
}
