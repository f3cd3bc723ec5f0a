// Columns of the lists of organisation, documents, registration and audit.

import { blocNames } from '../../../application/reports/annex-heads.ts';
import { kindWords } from '../../../application/words.ts';
import { type Body, column, type Listings } from './list-export.ts';

const list = (body: Body, key: string): readonly Body[] => (body[key] as readonly Body[] | undefined) ?? [];

const documentKindWords = { letter: 'Công văn', decision: 'Quyết định', report: 'Báo cáo', plan: 'Kế hoạch' };
const documentWords = { draft: 'Dự thảo', issued: 'Đã phát hành' };
const changeWords = {
  carried: 'Chuyển tiếp',
  target_changed: 'Điều chỉnh chỉ tiêu',
  added: 'Bổ sung',
  dropped: 'Giảm',
};
const proposalWords = {
  draft: 'Dự thảo',
  submitted: 'Đã gửi',
  returned: 'Trả lại',
  approved: 'Đồng ý',
  rejected: 'Không đồng ý',
};
const uniformityWords = {
  kept: 'Giữ nguyên',
  target_changed: 'Điều chỉnh chỉ tiêu',
  dropped: 'Giảm',
  added: 'Bổ sung',
  rejected: 'Không đồng ý',
  missing: 'Chưa đề xuất',
  absent: 'Không có',
};

export const organisationLists: Listings = {
  'get /units': {
    title: 'Danh sách đơn vị',
    columns: [
      column('Mã', 12, 'code'),
      column('Tên đơn vị', 50, 'name'),
      column('Khối', 30, 'bloc', blocNames),
      column('Thứ tự', 10, 'officialOrder'),
      column('Trực thuộc', 12, 'parent'),
      column('Từ ngày', 12, 'validFrom', 'day'),
      column('Đến trước ngày', 12, 'validTo', 'day'),
      column('Kế thừa bởi', 12, 'successor'),
    ],
  },
  'get /programmes': {
    title: 'Danh sách chương trình',
    columns: [
      column('Mã', 12, 'code'),
      column('Tên chương trình', 60, 'name'),
      column('Năm', 8, 'year'),
      column('Cơ quan tổng hợp', 14, 'aggregator'),
      column('Quy trình', 20, 'workflow'),
    ],
  },
  'get /accounts': {
    title: 'Danh sách tài khoản',
    columns: [
      column('Tên', 34, 'name'),
      column('Thư điện tử', 34, 'email'),
      column('Đang hoạt động', 10, 'active'),
      column('Xác thực hai bước', 10, 'secondFactor'),
      column('Lập lúc', 24, 'createdAt', 'moment'),
    ],
  },
  'get /absences': {
    title: 'Danh sách vắng mặt',
    columns: [
      column('Người vắng mặt', 30, 'accountName'),
      column('Từ ngày', 12, 'from', 'day'),
      column('Đến trước ngày', 12, 'until', 'day'),
      column('Người thay', 30, 'substituteName'),
      column('Ký', 8, 'signing'),
    ],
  },
  'get /reorganisations': {
    title: 'Các lần sắp xếp tổ chức',
    columns: [
      column('Loại', 16, 'kind'),
      column('Từ ngày', 12, 'effectiveOn', 'day'),
      column('Đơn vị trước', 30, 'predecessors'),
      column('Đơn vị sau', 30, 'successors'),
      column('Tình trạng', 12, 'status'),
      column('Tổng số việc', 10, 'total'),
      column('Đã chuyển', 10, 'processed'),
    ],
  },
  'get /documents': {
    title: 'Danh sách văn bản',
    columns: [
      column('Số', 24, 'number'),
      column('Ngày', 12, 'date', 'day'),
      column('Loại', 12, 'kind', documentKindWords),
      column('Cơ quan ban hành', 34, 'issuer'),
      column('Trích yếu', 60, 'abstract'),
      column('Người ký', 26, 'signer.name'),
      column('Tình trạng', 14, 'status', documentWords),
    ],
  },
  'get /programmes/{code}/scope': {
    title: 'Rà soát nhiệm vụ của chương trình',
    items: (body) => list(body, 'units'),
    columns: [
      column('Mã đơn vị', 12, 'unit'),
      column('Đơn vị', 34, 'name'),
      column('Số lần rà soát', 10, 'reviews'),
      column('Ngày rà soát', 12, 'review.reviewedOn', 'day'),
      column('Nhiệm vụ thuộc đơn vị', 40, 'review.applies'),
      column('Ghi chú', 40, 'review.note'),
    ],
  },
  'get /registrations': {
    title: 'Các đợt đăng ký',
    columns: [
      column('Chương trình', 12, 'programme'),
      column('Từ chương trình', 12, 'sourceProgramme'),
      column('Năm', 8, 'year'),
      column('Mở lúc', 24, 'openedAt', 'moment'),
    ],
  },
  'get /registrations/{id}': {
    title: 'Nội dung đăng ký',
    items: (body) => list(body, 'proposals'),
    columns: [
      column('Đơn vị', 12, 'unit'),
      column('Nội dung', 60, 'title'),
      column('ĐVT', 10, 'measureUnit'),
      column('Chỉ tiêu năm trước', 12, 'targetFrom'),
      column('Chỉ tiêu đăng ký', 12, 'target'),
      column('Loại', 18, 'change', changeWords),
      column('Giao chung / riêng', 16, 'kind', kindWords),
      column('Tình trạng', 14, 'status', proposalWords),
      column('Không thay đổi so với năm trước', 14, 'unchanged'),
      column('Ý kiến', 40, 'opinion'),
      column('Ghi chú', 40, 'note'),
    ],
  },
  'get /registrations/{id}/uniformity': {
    title: 'So sánh nội dung đăng ký giữa các đơn vị',
    items: (body) =>
      list(body, 'items').flatMap(({ bloc, units, items }) => {
        const names = new Map((units as readonly Body[]).map(({ code, name }) => [code, name]));
        return (items as readonly Body[]).flatMap(({ item, uniform, cells }) =>
          Object.entries(cells as Readonly<Record<string, unknown>>).map(([unit, cell]) => ({
            bloc,
            item,
            uniform,
            unit: names.get(unit) ?? unit,
            cell,
          })),
        );
      }),
    columns: [
      column('Khối', 26, 'bloc', blocNames),
      column('Nội dung', 60, 'item'),
      column('Thống nhất', 10, 'uniform'),
      column('Đơn vị', 34, 'unit'),
      column('Đăng ký', 20, 'cell', uniformityWords),
    ],
  },
  'get /audit/entries': {
    title: 'Nhật ký hệ thống',
    columns: [
      column('Lúc', 24, 'at', 'moment'),
      column('Tài khoản', 38, 'actor'),
      column('Tên', 30, 'actorName'),
      column('Việc', 26, 'action'),
      column('Đối tượng', 50, 'object'),
      column('Lý do', 40, 'reason'),
      column('Chi tiết', 60, 'detail'),
    ],
  },
};
