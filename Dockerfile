# syntax=docker/dockerfile:1
# jobmon as an image: `docker build -t jobmon .`. It listens on loopback of its network namespace, as everywhere:
# see compose.yaml for how to reach it.

FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
RUN node_modules/.bin/react-router build && node_modules/.bin/vite build -c vite.node.config.ts

FROM node:24-bookworm-slim AS modules
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund

FROM node:24-bookworm-slim
ENV NODE_ENV=production JOBMON_DATA_DIR=/data
WORKDIR /app
RUN install -d -o node -g node /data
COPY --from=modules /app/node_modules node_modules
COPY --from=build /app/build build
COPY package.json ./
COPY cli/jobmon.js cli/jobmon.js
USER node
VOLUME /data
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 4500}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "/app/cli/jobmon.js"]
CMD ["serve"]
