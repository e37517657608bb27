import type { Metadata, Viewport } from "next";
import localFont from "next/font/local";
import { headers } from "next/headers";
import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { FirstCode } from "@/components/layout/first-code";
import { PortalTime } from "@/components/time/portal-time";
import { NonceProvider } from "@/components/ui/nonce";
import { PageReaderProvider } from "@/components/ui/page-reader";
import { SharedTexts } from "@/components/ui/texts";
import { Toaster } from "@/components/ui/toaster";
import { ThemeProvider } from "@/components/ui/theme-provider";
import { chooseLocale, directionOf, languageOf } from "@/lib/domain/locales";
import { dateOrder } from "@/lib/reader";
import "./globals.css";

// Subsets of Geist (see fonts/README.md): what is nearly always enough, and further letters where a name has them.
const sans = localFont({
  src: "./fonts/geist-latin.woff2",
  variable: "--font-geist-sans",
  weight: "400 700",
});
const furtherLetters = localFont({
  src: "./fonts/geist-rest.woff2",
  variable: "--font-geist-rest",
  weight: "400 700",
  preload: false,
  adjustFontFallback: false,
  declarations: [
    {
      prop: "unicode-range",
      value:
        "U+100-130, U+132-151, U+154-237, U+259, U+300-303, U+306-307, U+309-328, U+400-4FF, U+1E20-1EFF, U+20AA-20BD",
    },
  ],
});
const mono = localFont({
  src: "./fonts/geist-mono-latin.woff2",
  variable: "--font-geist-mono",
  weight: "400 700",
  preload: false,
  adjustFontFallback: false,
});

// Only dynamic pages receive the request's CSP nonce.
export const dynamic = "force-dynamic";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("app");
  return {
    title: { default: "WinAuthMon", template: "%s · WinAuthMon" },
    description: t("description"),
    applicationName: "WinAuthMon",
    robots: { index: false, follow: false },
  };
}

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  colorScheme: "dark light",
  themeColor: [
    { media: "(prefers-color-scheme: dark)", color: "#0a0a0a" },
    { media: "(prefers-color-scheme: light)", color: "#ffffff" },
  ],
};

export default async function RootLayout({ children }: Readonly<{ children: ReactNode }>) {
  const locale = await getLocale();
  const nonce = (await headers()).get("x-nonce") ?? undefined;
  return (
    // The theme script sets the class on <html> before React wakes up, hence the suppressed warning.
    <html
      lang={locale}
      dir={directionOf(locale)}
      data-dates={dateOrder()}
      className={`${sans.variable} ${furtherLetters.variable} ${mono.variable}`}
      suppressHydrationWarning
    >
      {/* Not among the metadata, whose links are put in anew, and fetched again, whenever a page is read again. */}
      <head>
        <link rel="icon" href="/icon.svg" type="image/svg+xml" />
      </head>
      <body className="min-h-dvh">
        <NonceProvider nonce={nonce}>
          <ThemeProvider nonce={nonce}>
            <SharedTexts>
              <PageReaderProvider locale={languageOf(chooseLocale([locale]))} dateOrder={dateOrder()}>
                <PortalTime readAt={Date.now()}>{children}</PortalTime>
              </PageReaderProvider>
              <Toaster />
              <FirstCode />
            </SharedTexts>
          </ThemeProvider>
        </NonceProvider>
      </body>
    </html>
  );
}
