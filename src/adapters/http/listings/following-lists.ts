// Columns of the lists of following, periodic reporting and appraisal.

import { stateNames } from '../../../application/obligations/annex.ts';
import { categoryWords } from '../../../application/words.ts';
import { type Body, type Column, column, type Listings } from './list-export.ts';

const addresseeWords = { office: 'Văn phòng', province: 'UBND Tỉnh', unit: 'Đơn vị khác' };
const roundWords = { proposed: 'Dự kiến', approved: 'Đã duyệt', sent: 'Đã gửi' };
const lineWords = { proposed: 'Dự kiến', taken_out: 'Đã rút', sent: 'Đã gửi', skipped: 'Không gửi' };
const completenessWords = { complete: 'Đầy đủ', incomplete: 'Chưa đầy đủ' };
const turnWords = { mine: 'Chờ tôi', others: 'Chờ người khác', unit: 'Chờ đơn vị' };

const obligationColumns: readonly Column[] = [
  column('Mã đơn vị', 12, 'unit'),
  column('Đơn vị', 34, 'unitName'),
  column('Đơn vị đang thực hiện', 14, 'heldBy'),
  column('Kỳ báo cáo', 24, 'period.name'),
  column('Ngày chốt số liệu', 12, 'period.cutOffOn', 'day'),
  column('Thời hạn', 12, 'dueOn', 'day'),
  column('Ngày gửi', 12, 'sentOn', 'day'),
  column('Số văn bản', 16, 'documentNumber'),
  column('Tình trạng', 20, 'state', stateNames),
  column('Mã tình trạng', 14, 'state'),
  column('Số ngày trễ', 10, 'daysLate'),
  column('Đầy đủ', 14, 'completeness', completenessWords),
  column('Thiếu', 30, 'missing'),
  column('Lần đôn đốc', 10, 'urgings'),
];

const list = (body: Body, key: string): readonly Body[] => (body[key] as readonly Body[] | undefined) ?? [];

export const followingLists: Listings = {
  'get /difficulties': {
    title: 'Khó khăn, vướng mắc',
    columns: [
      column('Mã', 20, 'code'),
      column('Nội dung', 50, 'title'),
      column('Chương trình', 12, 'programme'),
      column('Mã đơn vị', 12, 'unit'),
      column('Đơn vị', 34, 'unitName'),
      column('Số', 6, 'number'),
      column('Khó khăn, nguyên nhân', 50, 'cause'),
      column('Đề xuất', 40, 'proposal'),
      column('Nơi giải quyết', 16, 'addressee', addresseeWords),
      column('Đơn vị giải quyết', 14, 'addresseeUnit'),
      column('Ngày báo cáo', 12, 'on', 'day'),
      column('Đề nghị trả lời trước', 12, 'answerBy', 'day'),
      column('Trả lời', 50, 'answer'),
      column('Ngày trả lời', 12, 'answeredOn', 'day'),
    ],
  },
  'get /programmes/{code}/on-time': {
    title: 'Tỷ lệ hoàn thành đúng hạn',
    columns: [
      column('Mã đơn vị', 12, 'unit'),
      column('Đơn vị', 34, 'unitName'),
      column('Số đã xét', 10, 'judged'),
      column('Đúng hạn', 10, 'onTime'),
      column('Đúng thời hạn ban đầu', 12, 'onTimeOriginal'),
      column('Trễ hạn', 10, 'late'),
      column('Quá hạn', 10, 'overdue'),
      column('Không hoàn thành', 12, 'failed'),
      column('Chưa đến hạn', 10, 'running'),
      column('Được gia hạn', 10, 'extended'),
      column('Có nguyên nhân khách quan', 14, 'excused'),
      column('Tỷ lệ đúng hạn (%)', 12, 'rate', 'percent'),
      column('Tỷ lệ theo thời hạn ban đầu (%)', 14, 'rateOriginal', 'percent'),
      column('Đạt 100%', 10, 'met'),
    ],
  },
  'get /programmes/{code}/urging-rounds': {
    title: 'Các đợt đôn đốc',
    columns: [
      column('Ngày lập', 12, 'asOf', 'day'),
      column('Tình trạng', 12, 'status', roundWords),
      column('Người lập', 38, 'proposedBy'),
      column('Lập lúc', 24, 'proposedAt', 'moment'),
      column('Người duyệt', 38, 'approvedBy'),
      column('Duyệt lúc', 24, 'approvedAt', 'moment'),
      column('Gửi xong lúc', 24, 'sentAt', 'moment'),
    ],
  },
  'get /urging-rounds/{id}': {
    title: 'Danh sách đôn đốc định kỳ',
    items: (body) => list(body, 'lines'),
    columns: [
      column('Mã', 20, 'code'),
      column('Nội dung', 50, 'title'),
      column('Mã đơn vị', 12, 'unit'),
      column('Đơn vị', 34, 'unitName'),
      column('Ngày giao lần đầu', 12, 'assignedOn', 'day'),
      column('Số tháng', 10, 'months'),
      column('Lần đôn đốc', 10, 'n'),
      column('Tình trạng', 12, 'status', lineWords),
      column('Lý do', 40, 'reason'),
    ],
  },
  'get /programmes/{code}/common': {
    title: 'Nhiệm vụ giao chung',
    columns: [
      column('Mã', 20, 'code'),
      column('Nội dung', 60, 'title'),
      column('Số đơn vị', 10, 'copies'),
      ...Object.entries(categoryWords).map(([key, name]) => column(name, 12, `counts.${key}`)),
    ],
  },
  'get /deadline-proposals': {
    title: 'Đề xuất thời hạn chờ quyết định',
    columns: [
      column('Mã', 20, 'task.code'),
      column('Nội dung', 50, 'task.title'),
      column('Đơn vị', 12, 'task.leadUnit'),
      column('Chương trình', 12, 'task.programme'),
      column('Thời hạn đề xuất', 12, 'dueOn', 'day'),
      column('Lý do', 40, 'reason'),
      column('Ghi nhận lúc', 24, 'recordedAt', 'moment'),
    ],
  },
  'get /programmes/{code}/obligations': { title: 'Tình hình thực hiện chế độ báo cáo', columns: obligationColumns },
  'get /programmes/{code}/obligations/urging': {
    title: 'Đơn vị cần đôn đốc chế độ báo cáo',
    columns: obligationColumns,
  },
  'get /programmes/{code}/obligations/matrix': {
    title: 'Chế độ báo cáo theo đơn vị và kỳ',
    items: (body) =>
      list(body, 'units').map(({ unit, unitName, cells }) => ({
        unit,
        unitName,
        cells: Object.fromEntries(
          Object.entries(cells as Readonly<Record<string, Body>>).map(([key, cell]) => [key, cellWords(cell)]),
        ),
      })),
    columns: (body) => [
      column('Mã đơn vị', 12, 'unit'),
      column('Đơn vị', 34, 'unitName'),
      ...list(body, 'periods').map(({ key, name }) => column(String(name), 18, `cells.${String(key)}`)),
    ],
  },
  'get /appraisals': {
    title: 'Việc chờ thẩm định',
    columns: [
      column('Mã', 20, 'code'),
      column('Nội dung', 50, 'title'),
      column('Chỉ tiêu', 40, 'indicator'),
      column('Chương trình', 12, 'programme'),
      column('Mã đơn vị', 12, 'unit.code'),
      column('Đơn vị', 34, 'unit.name'),
      column('Cơ quan thẩm định', 14, 'agency'),
      column('Ngày trình', 12, 'submittedOn', 'day'),
      column('Chờ ai', 16, 'waiting', turnWords),
      column('Hạn thẩm định', 12, 'appraiseBy', 'day'),
      column('Số ngày làm việc trễ', 12, 'workingDaysLate'),
    ],
  },
};

/** Đúng hạn, đầy đủ; trễ hạn (3 ngày). */
const cellWords = ({ state, completeness, daysLate }: Body): string =>
  [
    `${stateNames[state as keyof typeof stateNames]}${Number(daysLate) > 0 ? ` (${String(daysLate)} ngày)` : ''}`,
    ...(completeness === null ? [] : [completenessWords[completeness as keyof typeof completenessWords].toLowerCase()]),
  ].join(', ');
