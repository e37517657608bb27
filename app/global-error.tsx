"use client";

import "./globals.css";
import { IntlProvider } from "next-intl";
import { ErrorState } from "@/components/ui/error-state";

/** What ErrorState says, in English: the layout that would give the texts has failed. */
const UI = {
  requestId: "Request ID",
  copyRequestId: "Copy request ID",
  copied: "Copied",
  copyFailed: "Couldn't copy. Select the text and copy it yourself.",
  tryAgain: "Try again",
};

/** Stands in for the root layout when that itself failed, so it brings its own document and no fonts. */
export default function GlobalError({ error }: { error: Error & { digest?: string } }) {
  return (
    <html lang="en" className="dark">
      <head>
        <title>WinAuthMon could not be shown</title>
      </head>
      <body className="grid min-h-dvh place-items-center">
        <main>
          <h1 className="sr-only">WinAuthMon could not be shown</h1>
          <IntlProvider locale="en" timeZone="UTC" messages={{ ui: UI }}>
            <ErrorState
              title="WinAuthMon couldn't be shown"
              description="The server didn't respond. Reload the page in a moment. If it keeps happening, give your administrator the request ID."
              requestId={error.digest}
              onRetry={() => window.location.reload()}
            />
          </IntlProvider>
        </main>
      </body>
    </html>
  );
}
