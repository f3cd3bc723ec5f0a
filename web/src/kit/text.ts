import { texts } from '../text/index.ts';

export const kitText = texts(
  {
    choose: 'Gõ để tìm, có dấu hay không dấu',
    noMatch: 'Không có mục nào khớp.',
    matches: (count: string) => `${count} mục khớp`,
    clear: 'Bỏ chọn',
    select: 'Chọn',
    documentNumber: 'Số, ký hiệu',
    documentDate: 'Ngày ban hành',
    documentIssuer: 'Cơ quan ban hành',
    documentItem: 'Điều, khoản (nếu có)',
    documentMissing: 'Bắt buộc nhập.',
  },
  {
    choose: 'Type to search, with or without diacritics',
    noMatch: 'Nothing matches.',
    matches: (count: string) => `${count} matches`,
    clear: 'Clear',
    select: 'Select',
    documentNumber: 'Number and symbol',
    documentDate: 'Date',
    documentIssuer: 'Issued by',
    documentItem: 'Article, clause (if any)',
    documentMissing: 'Required.',
  },
);
