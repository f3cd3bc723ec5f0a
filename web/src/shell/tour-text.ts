import { texts } from '../text/index.ts';

interface Step {
  readonly title: string;
  readonly about: string;
}

const vi: readonly Step[] = [
  {
    title: 'Theo dõi việc được giao, từ văn bản đến kết quả',
    about:
      'Mỗi nhiệm vụ có đơn vị chủ trì, thời hạn, minh chứng và kết quả thẩm định. Ai làm gì, khi nào, vì sao đều được ghi lại và không sửa được.',
  },
  {
    title: 'Trang theo vai trò của bạn',
    about:
      'Thanh điều hướng chỉ có những trang bạn dùng được. Gõ g rồi một phím để chuyển trang; gõ ? để xem mọi phím tắt.',
  },
  {
    title: 'Tìm nhanh, có dấu hay không dấu',
    about:
      'Bấm Ctrl K rồi gõ vài chữ của tên trang, mã hoặc nội dung nhiệm vụ, tên đơn vị: “giai ngan” cũng tìm ra “giải ngân”.',
  },
  {
    title: 'Con số nào cũng mở ra danh sách của nó',
    about:
      'Trạng thái luôn có hình và chữ; màu đỏ chỉ dành cho việc trễ hạn. Thay đổi của người khác tự hiện, không cần tải lại trang.',
  },
  {
    title: 'Cài đặt và đăng xuất',
    about:
      'Nút này đổi giao diện sáng tối, ngôn ngữ, mật khẩu và xác thực hai lớp. Phần giới thiệu này xem lại được trong Cài đặt.',
  },
];

const en: readonly Step[] = [
  {
    title: 'Assigned work, from the letter to the result',
    about:
      'Each task has a lead unit, a deadline, evidence and an appraisal. Who did what, when and why is written down and cannot be changed.',
  },
  {
    title: 'Pages for your role',
    about:
      'The navigation has the pages that you can use, and no others. Press g and a key to change pages, ? for all keys.',
  },
  {
    title: 'Quick search, with or without diacritics',
    about: 'Press Ctrl K and type a few letters of a page, a task or a unit: “giai ngan” finds “giải ngân”.',
  },
  {
    title: 'Every figure opens its list',
    about: 'States have a shape and a word; red is for lateness alone. What others change appears without a reload.',
  },
  {
    title: 'Settings and signing out',
    about: 'Theme, language, password and the second factor are here. Settings shows this introduction again.',
  },
];

export const tourText = texts(
  {
    title: 'Làm quen với Đôn đốc',
    about: 'Năm bước, chưa đầy một phút. Bỏ qua lúc nào cũng được.',
    position: (step: string, of: string) => `Bước ${step}/${of}`,
    steps: vi,
    next: 'Tiếp theo',
    back: 'Quay lại',
    skip: 'Bỏ qua giới thiệu',
    finish: 'Bắt đầu làm việc',
  },
  {
    title: 'A first look at Dondoc',
    about: 'Five steps, less than a minute. Leave whenever you like.',
    position: (step: string, of: string) => `Step ${step} of ${of}`,
    steps: en,
    next: 'Next',
    back: 'Back',
    skip: 'Skip the introduction',
    finish: 'Begin',
  },
);
