import { texts } from '../../text/index.ts';

/** Kinds of events, for saying why a task is counted elsewhere. */
export const eventText = texts(
  {
    assigned: 'giao nhiệm vụ',
    moved: 'chuyển trạng thái',
    progress_reported: 'đơn vị cập nhật tiến độ',
    deadline_decided: 'quyết định thời hạn',
    vote_cast: 'bỏ phiếu thẩm định',
    recalled: 'rút lại',
    information_requested: 'yêu cầu bổ sung',
    information_given: 'bổ sung thông tin',
    opinion_given: 'cho ý kiến',
    reassigned: 'giao thẩm định lại',
    move_proposed: 'đề nghị chuyển trạng thái',
    transferred: 'chuyển đơn vị',
    timer_fired: 'đến mốc nhắc',
    timer_skipped: 'bỏ mốc nhắc',
    other: 'sự kiện khác',
  },
  {
    assigned: 'assigned',
    moved: 'state changed',
    progress_reported: 'progress reported by the unit',
    deadline_decided: 'deadline decided',
    vote_cast: 'appraisal vote',
    recalled: 'recalled',
    information_requested: 'information requested',
    information_given: 'information given',
    opinion_given: 'opinion given',
    reassigned: 'appraisal reassigned',
    move_proposed: 'move proposed',
    transferred: 'transferred to another unit',
    timer_fired: 'reminder came due',
    timer_skipped: 'reminder skipped',
    other: 'another event',
  },
);
