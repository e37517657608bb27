"use client";

import "./globals.css";
import { ErrorState } from "@/components/ui/error-state";

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
          <ErrorState
            title="The portal could not be shown"
            description="The server could not answer. Load the page again in a moment; if it keeps happening, give your administrator the request id."
            requestId={error.digest}
            onRetry={() => window.location.reload()}
          />
        </main>
      </body>
    </html>
  );
}
