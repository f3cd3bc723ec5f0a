/** Stands on everything that shows demonstration data, because the names of its units are real. */
const illustrativeNotice = 'Dữ liệu minh họa – không phản ánh kết quả thực tế của đơn vị.';

export const noticeOf = ({ illustrative }: { readonly illustrative: boolean }): string | null =>
  illustrative ? illustrativeNotice : null;
