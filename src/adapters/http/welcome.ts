import { Router } from 'express';

/** GET / where the console was not built. */
export const welcome = (): Router => {
  const router = Router();
  router.get('/', (_req, res) => {
    res.type('html').send(page);
  });
  return router;
};

const page = `<!doctype html>
<html lang="vi">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>Đôn đốc</title>
  <style>
    body { font: 1.0625rem/1.6 system-ui, sans-serif; max-width: 40rem; margin: 4rem auto; padding: 0 1rem; color: #1b1f24; }
    h1 { font-size: 1.5rem; }
    a { color: #0b57a4; }
  </style>
</head>
<body>
  <h1>Đôn đốc</h1>
  <p>Hệ thống theo dõi, đôn đốc nhiệm vụ được giao: thời hạn, nhắc việc, thẩm định và số liệu báo cáo.</p>
  <ul>
    <li><a href="/api/docs/">Tài liệu API</a> – xem và gọi thử</li>
    <li><a href="/api/v1/openapi.json">Bản mô tả OpenAPI</a></li>
    <li><a href="/readyz">Tình trạng dịch vụ</a></li>
  </ul>
</body>
</html>
`;
