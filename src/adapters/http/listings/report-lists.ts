// Columns of the lists of figures and reports.

import { blocNames } from '../../../application/reports/annex-heads.ts';
import { bucketWords, categoryWords, estimateWords, lineWords } from '../../../application/words.ts';
import { type Body, type Column, column, type Listing, type Listings } from './list-export.ts';

const editionWords = { draft: 'Dự thảo', confirming: 'Đang lấy xác nhận', frozen: 'Đã chốt', issued: 'Đã phát hành' };
const holderWords = { unit: 'Đơn vị', appraiser: 'Cơ quan thẩm định', office: 'Văn phòng', province: 'UBND Tỉnh' };

const list = (body: Body, key: string): readonly Body[] => (body[key] as readonly Body[] | undefined) ?? [];
const perBucket = (of: string): readonly Column[] =>
  Object.entries(bucketWords).map(([key, name]) => column(name, 14, `${of}.${key}`));

const ledger: Listing = {
  title: 'Số ngày làm việc theo nơi xử lý',
  // By holder the rows are the four holders themselves.
  items: (body) =>
    body.by === 'holder'
      ? Object.entries(body.holders as Readonly<Record<keyof typeof holderWords, Body>>).map(([key, sum]) => ({
          unit: key,
          name: holderWords[key as keyof typeof holderWords],
          ...sum,
        }))
      : list(body, 'rows'),
  columns: ({ by }) => [
    column('Mã', 12, 'unit'),
    column(by === 'holder' ? 'Nơi xử lý' : 'Đơn vị', 34, 'name'),
    column('Số nội dung', 10, 'tasks'),
    column('Số ngày làm việc', 12, 'workingDays'),
    column('Bình quân', 10, 'average'),
    column('Lâu nhất', 10, 'longest.workingDays'),
    column('Mã nội dung lâu nhất', 20, 'longest.code'),
    ...(by === 'agency'
      ? [
          column('Thẩm định đúng hạn', 12, 'rounds.answeredInTime'),
          column('Thẩm định trễ hạn', 12, 'rounds.answeredLate'),
          column('Đang thẩm định', 12, 'rounds.open'),
          column('Đang thẩm định, quá hạn', 12, 'rounds.openLate'),
          column('Đã rút', 10, 'rounds.withdrawn'),
          column('Số ngày trễ', 10, 'rounds.workingDaysLate'),
        ]
      : []),
  ],
};

export const reportLists: Listings = {
  'get /reports/statistics': {
    title: 'Số liệu theo đơn vị',
    items: (body) => [...list(body, 'byUnit'), { ...body, unit: null, name: 'Tổng cộng', bloc: null }],
    columns: [
      column('Mã đơn vị', 12, 'unit'),
      column('Đơn vị', 34, 'name'),
      column('Khối', 26, 'bloc', blocNames),
      column('Tổng số', 10, 'total'),
      ...perBucket('counts'),
      ...Object.entries(estimateWords).map(([key, name]) => column(`Ước: ${name}`, 14, `estimate.${key}`)),
    ],
  },
  'get /reports/trend': {
    title: 'Diễn biến theo ngày',
    items: (body) => list(body, 'days'),
    columns: [column('Ngày', 12, 'day', 'day'), column('Tổng số', 10, 'total'), ...perBucket('counts')],
  },
  'get /reports/coming': {
    title: 'Đến hạn theo tuần',
    items: (body) =>
      list(body, 'weeks').map((week) => ({
        ...week,
        daysText: list(week, 'days')
          .map(({ date, name }) => `${String(date).split('-').reverse().join('/')} ${name}`)
          .join('; '),
      })),
    columns: [
      column('Từ ngày', 12, 'from', 'day'),
      column('Đến ngày', 12, 'to', 'day'),
      column('Đến hạn', 10, 'due'),
      column('Ngày nghỉ, làm bù', 50, 'daysText'),
    ],
  },
  'get /reports/urging-effect': {
    title: 'Kết quả sau đôn đốc',
    items: (body) => list(body, 'rounds'),
    columns: [
      column('Danh sách đến ngày', 12, 'asOf', 'day'),
      column('Gửi ngày', 12, 'sentOn', 'day'),
      column('Số đã đôn đốc', 10, 'urged'),
      column('Xem lại ngày', 12, 'readOn', 'day'),
      column('Vẫn chưa có hạn', 12, 'parts.undated.count'),
      column('Đã có hạn', 12, 'parts.dated.count'),
      column('Đã trình hoặc kết thúc, không có hạn', 16, 'parts.ended.count'),
    ],
  },
  'get /reports/ledger': ledger,
  'get /reports/imbalance': {
    title: 'Chênh lệch số lượng giữa các đơn vị',
    items: (body) => list(body, 'byUnit'),
    columns: [
      column('Mã đơn vị', 12, 'unit'),
      column('Đơn vị', 34, 'name'),
      column('Khối', 26, 'bloc', blocNames),
      column('Số nội dung', 10, 'total'),
    ],
  },
  'get /reports/forecast': {
    title: 'Dự báo hoàn thành cả năm',
    items: (body) => [...list(body, 'byUnit'), { ...body, unit: 'Tổng cộng' }],
    columns: [
      column('Đơn vị', 14, 'unit'),
      column('Tổng số', 10, 'total'),
      column('Đã hoàn thành', 12, 'doneAlready'),
      column('Đang mở', 10, 'open'),
      column('Kỳ vọng hoàn thành thêm', 14, 'expected'),
      column('Dự báo hoàn thành', 12, 'done.point'),
      column('Cận dưới', 10, 'done.low'),
      column('Cận trên', 10, 'done.high'),
      column('Chưa đủ lịch sử', 12, 'withoutHistory'),
    ],
  },
  'get /reports/forecast/score': {
    title: 'Chất lượng các dự báo đã lưu',
    columns: [
      column('Số liệu đến ngày', 12, 'asOf', 'day'),
      column('Lưu lúc', 24, 'madeAt', 'moment'),
      column('Phương pháp', 22, 'method'),
      column('Mã băm dữ liệu đầu vào (SHA-256)', 66, 'inputsSha256'),
      column('Điểm Brier', 12, 'score.brier'),
      column('Điểm tham chiếu', 12, 'score.reference'),
    ],
  },
  'get /reports/runs': {
    title: 'Các báo cáo đã chốt',
    columns: [
      column('Số liệu đến ngày', 12, 'asOf', 'day'),
      column('Chốt lúc', 24, 'knownAt', 'moment'),
      column('Người chốt', 38, 'createdBy'),
      column('Mã', 38, 'id'),
      column('Mã băm (SHA-256)', 66, 'sha256'),
    ],
  },
  'get /reports/editions': {
    title: 'Các báo cáo',
    columns: [
      column('Tên báo cáo', 60, 'title'),
      column('Số liệu đến ngày', 12, 'asOf', 'day'),
      column('Tình trạng', 18, 'status', editionWords),
      column('Số', 20, 'number'),
      column('Ngày phát hành', 12, 'issuedOn', 'day'),
      column('Đính chính cho', 38, 'corrects'),
      column('Được đính chính bởi', 38, 'correctedBy'),
      column('Lý do', 40, 'reason'),
      column('Lập lúc', 24, 'createdAt', 'moment'),
    ],
  },
  'get /reports/confirmations': {
    title: 'Các đợt xác nhận số liệu',
    columns: [
      column('Số liệu đến ngày', 12, 'asOf', 'day'),
      column('Theo dữ liệu ghi nhận đến', 24, 'knownAt', 'moment'),
      column('Hạn xác nhận', 12, 'dueOn', 'day'),
      column('Mở lúc', 24, 'openedAt', 'moment'),
      column('Đã chốt', 10, 'frozen'),
    ],
  },
  'get /reports/confirmations/{id}': {
    title: 'Xác nhận số liệu theo đơn vị',
    items: (body) => list(body, 'byUnit'),
    columns: [
      column('Mã đơn vị', 12, 'unit'),
      column('Đơn vị', 34, 'name'),
      ...Object.entries(lineWords).map(([key, name]) => column(name, 14, `counts.${key}`)),
    ],
  },
  'get /reports/confirmations/{id}/lines': {
    title: 'Xác nhận số liệu theo nội dung',
    columns: [
      column('Mã', 20, 'code'),
      column('Nội dung', 50, 'title'),
      column('Mã đơn vị', 12, 'unit'),
      column('Đơn vị', 34, 'unitName'),
      column('Tình trạng', 24, 'bucket', bucketWords),
      column('Ước cả năm', 18, 'estimate', estimateWords),
      column('Xác nhận', 24, 'status', lineWords),
      column('Mã xác nhận', 12, 'status'),
      column('Ý kiến', 50, 'reason'),
    ],
  },
  'get /reports/runs/{id}/tasks': {
    title: 'Nội dung của báo cáo đã chốt',
    columns: [
      column('Mã', 20, 'code'),
      column('Nội dung', 50, 'title'),
      column('Mã đơn vị', 12, 'unit'),
      column('Đơn vị', 34, 'unitName'),
      column('ĐVT', 10, 'measureUnit'),
      column('Chỉ tiêu', 12, 'target'),
      column('Kết quả', 12, 'result'),
      column('Tỷ lệ đạt (%)', 10, 'progress', 'percent'),
      column('Tình trạng', 18, 'category', categoryWords),
      column('Mã tình trạng', 18, 'category'),
      column('Thời hạn', 12, 'dueOn', 'day'),
      column('Ngày trình', 12, 'submittedOn', 'day'),
      column('Cơ quan thẩm định', 34, 'appraiserName'),
    ],
  },
  'get /reports/runs/{id}/diff': {
    title: 'Thay đổi giữa hai báo cáo',
    items: (body) => list(body, 'shifts'),
    columns: [
      column('Mã', 20, 'code'),
      column('Nội dung', 50, 'title'),
      column('Đơn vị trước', 12, 'before.unit'),
      column('Tình trạng trước', 22, 'before.bucket', bucketWords),
      column('Ước trước', 18, 'before.estimate', estimateWords),
      column('Đơn vị sau', 12, 'after.unit'),
      column('Tình trạng sau', 22, 'after.bucket', bucketWords),
      column('Ước sau', 18, 'after.estimate', estimateWords),
    ],
  },
};
