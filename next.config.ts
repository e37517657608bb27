import type { NextConfig } from "next";

const nextConfig: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  compress: true,
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
  ],
  turbopack: { root: import.meta.dirname },
  experimental: {
    serverActions: { bodySizeLimit: "1mb" },
    // A refused role answers 403 with a page of its own.
    authInterrupts: true,
  },
};

export default nextConfig;
