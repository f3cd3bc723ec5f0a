import { texts } from '../text/index.ts';

export const kitText = texts(
  {
    choose: 'Gõ để tìm, có dấu hay không dấu',
    noMatch: 'Không có mục nào khớp.',
    matches: (count: string) => `${count} mục khớp`,
    clear: 'Bỏ chọn',
    select: 'Chọn',
  },
  {
    choose: 'Type to search, with or without diacritics',
    noMatch: 'Nothing matches.',
    matches: (count: string) => `${count} matches`,
    clear: 'Clear',
    select: 'Select',
  },
);
