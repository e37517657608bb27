"use client";

import "./globals.css";
import { IntlProvider, useTranslations, type Messages } from "next-intl";
import { useSyncExternalStore } from "react";
import { ErrorState } from "@/components/ui/error-state";
import { chooseLocale, DEFAULT_LOCALE, languageOf, type Locale } from "@/lib/domain/locales";

/** The build puts them here: the layout that would give the texts has failed. */
const TEXTS = JSON.parse(process.env.GLOBAL_ERROR_TEXTS ?? "{}") as Record<Locale, Messages>;

const nothingChanges = () => () => undefined;
const browserLocale = (): Locale => languageOf(chooseLocale(navigator.languages));
const serverLocale = (): Locale => DEFAULT_LOCALE;

interface Failed {
  error: Error & { digest?: string };
}

/** Stands in for the root layout when that itself failed, so it brings its own document and no fonts. */
export default function GlobalError(failed: Failed) {
  const locale = useSyncExternalStore(nothingChanges, browserLocale, serverLocale);
  return (
    <html lang={locale} className="dark">
      <IntlProvider locale={locale} timeZone="UTC" messages={TEXTS[locale]}>
        <Failure {...failed} />
      </IntlProvider>
    </html>
  );
}

function Failure({ error }: Failed) {
  const t = useTranslations("globalError");
  return (
    <>
      <head>
        <title>{t("title")}</title>
      </head>
      <body className="grid min-h-dvh place-items-center">
        <main>
          <h1 className="sr-only">{t("title")}</h1>
          <ErrorState
            title={t("title")}
            description={t("note")}
            requestId={error.digest}
            onRetry={() => window.location.reload()}
          />
        </main>
      </body>
    </>
  );
}
