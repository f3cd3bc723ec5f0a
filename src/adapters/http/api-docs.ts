// The API's description to read and to try, from this server alone: no page, script or font comes from elsewhere.

import { createRequire } from 'node:module';
import path from 'node:path';
import { Router } from 'express';

const files = ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png'] as const;
const folder = path.dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));

export const apiDocs = (): Router => {
  const router = Router({ strict: true });
  // Relative addresses in the page need the slash.
  router.get('/api/docs', (_req, res) => res.redirect(308, '/api/docs/'));
  router.get('/api/docs/', (_req, res) => {
    res.type('html').send(index);
  });
  router.get('/api/docs/initializer.js', (_req, res) => {
    res.type('text/javascript').send(initializer);
  });
  for (const file of files)
    router.get(`/api/docs/${file}`, (_req, res) => {
      res.setHeader('Cache-Control', 'public, max-age=3600');
      res.sendFile(file, { root: folder });
    });
  return router;
};

const index = `<!doctype html>
<html lang="vi">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>API – Đôn đốc</title>
  <link rel="icon" href="favicon-32x32.png">
  <link rel="stylesheet" href="swagger-ui.css">
</head>
<body>
  <div id="api"></div>
  <noscript>Trang này cần JavaScript. Bản mô tả API: <a href="/api/v1/openapi.json">/api/v1/openapi.json</a></noscript>
  <script src="swagger-ui-bundle.js"></script>
  <script src="initializer.js"></script>
</body>
</html>
`;

// validatorUrl: the default asks a validator on the internet. X-Requested-With: a change that relies on the cookie must
// be deliberate (see signedIn in app.ts).
const initializer = `SwaggerUIBundle({
  url: '/api/v1/openapi.json',
  dom_id: '#api',
  validatorUrl: null,
  deepLinking: true,
  docExpansion: 'none',
  persistAuthorization: false,
  requestInterceptor: (request) => {
    request.headers['X-Requested-With'] = 'api-docs';
    return request;
  },
});
`;
