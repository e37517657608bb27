import { readFile } from "node:fs/promises";
import type { NextConfig } from "next";
import { PHASE_PRODUCTION_SERVER } from "next/constants";

const NO_SNIFFING = { key: "X-Content-Type-Options", value: "nosniff" };

const nextConfig: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  compress: true,
  // No page uses the optimiser, which would resize pictures for anybody who asks: /_next/image answers 404.
  images: { unoptimized: true },
  // `npm test` checks the types. To check them in the build as well would take half a minute of the first start.
  typescript: { ignoreBuildErrors: true },
  // These load native files or spawn workers, so they stay out of the bundles.
  serverExternalPackages: [
    "postgres",
    "bcrypt",
    "pino",
    "jspdf",
    "jspdf-autotable",
    "ioredis",
    "prom-client",
    "tar-stream",
    "maxmind",
  ],
  // The middleware sees pages only; these are files that a browser must take for what they say they are.
  headers: async () => [
    { source: "/_next/:path*", headers: [NO_SNIFFING] },
    // Their addresses stay when they change, which they hardly ever do.
    ...["/icon.svg", "/favicon.ico"].map((source) => ({
      source,
      headers: [NO_SNIFFING, { key: "Cache-Control", value: "public, max-age=604800" }],
    })),
  ],
  // Read at run time, where hosting such as Vercel's copies only the files a function is known to need.
  outputFileTracingIncludes: {
    "/*": [
      "db/migrations/**",
      "agent/dist/**",
      "package.json",
      "node_modules/dejavu-fonts-ttf/ttf/DejaVuSans*.ttf",
      "node_modules/@ip-location-db/geo-whois-asn-country-mmdb/geo-whois-asn-country.mmdb",
      "node_modules/@ip-location-db/geo-whois-asn-country-mmdb/NRO_LICENSE",
    ],
  },
  // `next` runs in the project's folder; import.meta.dirname is not in every Node 20.
  turbopack: { root: process.cwd() },
  experimental: {
    serverActions: { bodySizeLimit: "1mb" },
    // A refused role answers 403 with a page of its own.
    authInterrupts: true,
  },
};

const GLOBAL_ERROR_UI = new Set(["requestId", "copyRequestId", "copied", "copyFailed", "tryAgain"]);

/** The few texts of the page that stands in for a failed layout, by language, as JSON. Browsers get no more of them. */
async function globalErrorTexts(): Promise<string> {
  const texts = ["en", "de"].map(async (locale) => {
    const file = await readFile(`messages/${locale}.json`, "utf8");
    const { ui, globalError } = JSON.parse(file) as Record<"ui" | "globalError", Record<string, string>>;
    const known = Object.entries(ui).filter(([name]) => GLOBAL_ERROR_UI.has(name));
    return [locale, { ui: Object.fromEntries(known), globalError }] as const;
  });
  return JSON.stringify(Object.fromEntries(await Promise.all(texts)));
}

/** With the catalog of texts, compiled to what a small formatter reads. A built server has it already. */
export default async function config(phase: string): Promise<NextConfig> {
  if (phase === PHASE_PRODUCTION_SERVER) return nextConfig;
  const { default: createNextIntlPlugin } = await import("next-intl/plugin");
  const withTexts = createNextIntlPlugin({
    requestConfig: "./lib/server/texts/request.ts",
    experimental: {
      messages: { path: "./messages", format: "json", locales: "infer", precompile: true },
    },
  });
  const config = withTexts({ ...nextConfig, env: { GLOBAL_ERROR_TEXTS: await globalErrorTexts() } });
  return { ...config, turbopack: withRequirableLoader(config.turbopack!) };
}

/** With our loader of catalogs instead of next-intl's, which older releases of Node.js 20 and 22 can't load. */
function withRequirableLoader(turbopack: NonNullable<NextConfig["turbopack"]>): NextConfig["turbopack"] {
  const text = JSON.stringify(turbopack);
  const name = JSON.stringify("next-intl/extractor/catalogLoader");
  if (!text.includes(name)) throw new Error("next-intl no longer names its loader of catalogs as expected.");
  return JSON.parse(text.replaceAll(name, JSON.stringify("./scripts/lib/catalog-loader.cjs")));
}
