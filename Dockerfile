# syntax=docker/dockerfile:1
# WinAuthMon in a container; docs/deployment.md tells how to run it.
ARG NODE_IMAGE=node:24-bookworm-slim

# The Windows agent, from its source. Debian's Go gives the very bytes of the executable in agent/dist.
FROM ${NODE_IMAGE} AS agent
RUN apt-get update \
    && apt-get install -y --no-install-recommends golang-go \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /build
COPY agent agent
COPY scripts/build-agent.mjs scripts/
RUN node scripts/build-agent.mjs

FROM ${NODE_IMAGE} AS build
WORKDIR /build
ENV NEXT_TELEMETRY_DISABLED=1
COPY package.json package-lock.json ./
RUN npm ci --include=dev --no-audit --no-fund
COPY . .
RUN npm run build
RUN npm prune --omit=dev --no-audit --no-fund
RUN rm -rf .next/cache

FROM ${NODE_IMAGE}
ARG GIT_COMMIT=
ENV NODE_ENV=production \
    NODE_OPTIONS=--enable-source-maps \
    NEXT_TELEMETRY_DISABLED=1 \
    HOST=0.0.0.0 \
    PORT=8000 \
    DATA_DIR=/data \
    GIT_COMMIT=${GIT_COMMIT}
WORKDIR /app
RUN install -d -m 0700 -o node -g node /data
COPY --from=build /build/node_modules node_modules
COPY --from=build /build/package.json /build/next.config.ts ./
COPY --from=build /build/.next .next
COPY --from=build /build/public public
COPY --from=build /build/dist dist
COPY --from=build /build/db/migrations db/migrations
COPY --from=build /build/scripts/health-check.mjs scripts/
COPY --from=agent /build/agent/dist agent/dist
# The account "node" by its number, so that an orchestrator can tell that it is not root. It owns nothing but /data.
USER 1000
VOLUME ["/data"]
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=120s --retries=3 CMD ["node", "scripts/health-check.mjs"]
CMD ["node", "dist/server.mjs"]
