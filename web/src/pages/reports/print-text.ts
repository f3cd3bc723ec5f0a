import { texts } from '../../text/index.ts';

/** Around the paper, for whoever prepares it. */
export const printText = texts(
  {
    back: 'Về báo cáo',
    head: 'Phần đầu và chữ ký',
    upper: 'Cơ quan chủ quản',
    agency: 'Cơ quan ban hành',
    place: 'Địa danh',
    title: 'Chức vụ người ký',
    signer: 'Họ tên người ký',
    print: 'In báo cáo',
    docx: 'Tải văn bản (.docx)',
    kept: 'Được nhớ trong trình duyệt này cho lần sau.',
    paper: 'Bản in báo cáo',
  },
  {
    back: 'Back to the report',
    head: 'Head and signature',
    upper: 'Parent body',
    agency: 'Issuing body',
    place: 'Place',
    title: 'Capacity of the signer',
    signer: 'Name of the signer',
    print: 'Print',
    docx: 'The text (.docx)',
    kept: 'Remembered in this browser for the next time.',
    paper: 'The printed report',
  },
);

/** The paper itself: an official document is in Vietnamese whatever language the console speaks. */
export const paper = {
  nation: 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
  motto: 'Độc lập - Tự do - Hạnh phúc',
  draft: 'DỰ THẢO',
  kind: 'BÁO CÁO',
  dots: '……………',
  number: (number: string | null) => `Số: ${number ?? '        /BC-'}`,
  undated: (year: string) => `ngày       tháng       năm ${year}`,
  abstract: (title: string, day: string, year: number, next: number | null) =>
    /lũy kế|luỹ kế/iu.test(title)
      ? title
      : `${title}, lũy kế tính đến ngày ${day}, ước cả năm ${year}${next === null ? '' : ` và nội dung đăng ký năm ${next}`}`,
  basis: 'Căn cứ báo cáo của các cơ quan, đơn vị, địa phương (sau đây gọi chung là đơn vị);',
  begins: (agency: string) => `${agency} báo cáo kết quả như sau:`,
  corrects: (number: string | null, reason: string | null) =>
    `Báo cáo này đính chính ${number === null ? 'báo cáo trước' : `Báo cáo số ${number}`}. Lý do: ${reason ?? ''}.`,
  results: (year: number) => `I. KẾT QUẢ THỰC HIỆN NĂM ${year}`,
  cumulative: (day: string) => `1. Kết quả thực hiện lũy kế tính đến ngày ${day}`,
  estimate: (year: number) => `2. Kết quả thực hiện ước cả năm ${year}`,
  letters: ['a', 'b', 'c', 'd', 'đ', 'e'],
  line: (letter: string, count: string, total: string, noun: string, saying: string, share: string) =>
    `${letter}) Có ${count}/${total} ${noun} ${saying} (chiếm ${share}).`,
  noLine: (letter: string, noun: string, saying: string) => `${letter}) Không có ${noun} ${saying}.`,
  sayings: {
    in_progress: 'chưa hoàn thành, đang tiếp tục tổ chức thực hiện',
    done: 'hoàn thành',
    not_done: 'không hoàn thành',
    awaiting_appraisal: 'đang chờ cơ quan chuyên môn thẩm định',
    stopped: 'được UBND Tỉnh cho dừng thực hiện',
    undeclared: 'đơn vị chưa ước kết quả cả năm',
  },
  annexes: '(Kết quả chung và cụ thể tại các Phụ lục I, II, III)',
  frozen: (day: string, at: string) => `Số liệu lũy kế đến hết ngày ${day}, chốt lúc ${at}.`,
  provisional: (day: string, at: string) => `Số liệu tạm tính đến hết ngày ${day}, theo dữ liệu ghi nhận đến ${at}.`,
  rate: (name: string, count: string, of: string, denominator: string, share: string) =>
    `${name}: ${count}/${of} ${denominator}${share}.`,
  order: (number: string, day: string) => `Căn cứ Văn bản số ${number} ${day};`,
  unasked: 'Số liệu chưa được xác nhận với đơn vị.',
  disputes: (count: string, noun: string, each: string) =>
    `Có ${count} ${noun} đơn vị có ý kiến khác, chưa thống nhất: ${each}.`,
  next: (year: number) => `II. NỘI DUNG ĐĂNG KÝ NĂM ${year}`,
  nextNone: (noun: string, year: number) => `Chưa tổ chức đăng ký ${noun} năm ${year}.`,
  registered: (year: number) => `1. Nội dung đăng ký năm ${year} của các đơn vị (Phụ lục IV – gửi đính kèm)`,
  opinions: '2. Ý kiến đối với nội dung đăng ký',
  opinion: (n: number, bloc: string, text: string) => `2.${n}. Đối với ${bloc}: ${text.replace(/[.\s]+$/u, '')}.`,
  ends: (agency: string) => `${agency} kính báo cáo UBND Tỉnh xem xét, cho ý kiến chỉ đạo thực hiện./.`,
  recipients: 'Nơi nhận:',
  recipientLines: [
    '- UBND Tỉnh (báo cáo);',
    '- Các sở, ban, ngành Tỉnh;',
    '- UBND các huyện, thành phố;',
    '- Lưu: VT.',
  ],
  annexTitle: 'Phụ lục I',
  annexName: (programme: string) => `TỔNG HỢP KẾT QUẢ THEO ĐƠN VỊ – ${programme}`,
  annexOf: (number: string | null, day: string) => `(Kèm theo Báo cáo số ${number ?? '        /BC-'} ${day})`,
  columns: {
    order: 'STT',
    unit: 'Đơn vị',
    total: 'Tổng số',
    cumulative: 'Lũy kế',
    estimate: 'Ước cả năm',
    in_progress: 'Chưa hoàn thành, đang thực hiện',
    done: 'Hoàn thành',
    not_done: 'Không hoàn thành',
    awaiting_appraisal: 'Chờ thẩm định',
    stopped: 'Dừng',
  },
  sum: 'Tổng cộng',
  share: 'Tỷ lệ (%)',
  blocs: {
    department: 'Sở, ban, ngành Tỉnh',
    district: 'UBND huyện, thành phố',
    commune: 'UBND xã, phường',
    central: 'Cơ quan Trung ương đóng trên địa bàn',
    office: 'Văn phòng UBND Tỉnh',
  },
  roman: ['I', 'II', 'III', 'IV', 'V', 'VI'],
} as const;
