import { texts } from '../text/index.ts';

export const previewText = texts(
  {
    view: 'Xem',
    close: 'Đóng xem trước',
    viewOf: (name: string) => `Xem trước ${name}`,
    closeOf: (name: string) => `Đóng xem trước ${name}`,
  },
  {
    view: 'View',
    close: 'Close preview',
    viewOf: (name: string) => `Preview ${name}`,
    closeOf: (name: string) => `Close the preview of ${name}`,
  },
);
