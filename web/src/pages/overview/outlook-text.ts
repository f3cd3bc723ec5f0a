import { texts } from '../../text/index.ts';

export const outlookText = texts(
  {
    coming: 'Sắp đến hạn: 12 tuần tới',
    comingSentence: (total: string, from: string, to: string, most: string, week: string) =>
      `Từ ${from} đến ${to} có ${total} nhiệm vụ đang mở đến hạn; nhiều nhất là ${most} trong tuần bắt đầu ngày ${week}.`,
    comingNone: (from: string, to: string) => `Từ ${from} đến ${to} không có nhiệm vụ đang mở nào đến hạn.`,
    later: (later: string) => `Sau đó còn ${later} nhiệm vụ đến hạn.`,
    counted: 'Tuần tính từ thứ Hai đến Chủ Nhật; chỉ tính nhiệm vụ chưa trình, chưa quá hạn.',
    calendarEnds: (day: string) => `Lịch mới có ngày nghỉ lễ đến ${day}.`,
    signs: { off: 'có ngày nghỉ lễ, nghỉ bù', makeUp: 'có ngày làm bù' },
    week: (from: string, to: string) => `${from} – ${to}`,
    opensWeek: (from: string, to: string, due: string, days: string) =>
      `Từ ${from} đến ${to}: ${due} nhiệm vụ đến hạn${days === '' ? '' : ` (${days})`}. Mở danh sách`,
    kinds: { holiday: 'nghỉ lễ', in_lieu: 'nghỉ bù', swapped_off: 'nghỉ hoán đổi', make_up: 'làm bù' },
    weekColumns: { week: 'Tuần', due: 'Đến hạn', days: 'Ngày nghỉ, làm bù' },
    urging: 'Đôn đốc có kết quả không',
    urgingSentence: (count: string, sent: string, urged: string, read: string, undated: string) =>
      `${count} đợt đôn đốc. Đợt gần nhất gửi ngày ${sent}: ${urged} nhiệm vụ chưa có hạn; đến ngày ${read} còn ${undated} chưa có hạn.`,
    urgingNone: 'Chưa có đợt đôn đốc nào được gửi.',
    method: (days: string) =>
      `Mỗi đợt gửi những nhiệm vụ chưa có hạn; xem lại sau ${days} ngày kể từ ngày gửi cuối cùng. So sánh trước và sau, không có nhóm đối chứng: chưa kết luận được là nhờ đôn đốc.`,
    notYet: (days: string) => `Đợt gần nhất mới qua ${days} ngày.`,
    newest: (count: string) => `Hình vẽ ${count} đợt gần nhất; bảng số liệu có đủ các đợt.`,
    before: 'khi đôn đốc',
    after: 'còn chưa có hạn',
    opensBefore: (sent: string, count: string) => `Đợt gửi ${sent}: ${count} nhiệm vụ được đôn đốc. Mở danh sách`,
    opensAfter: (sent: string, count: string, read: string) =>
      `Đợt gửi ${sent}: đến ${read} còn ${count} nhiệm vụ chưa có hạn. Mở danh sách`,
    roundColumns: {
      sent: 'Gửi ngày',
      urged: 'Được đôn đốc, chưa có hạn',
      read: 'Xem lại ngày',
      undated: 'Còn chưa có hạn',
      dated: 'Đã có hạn',
      ended: 'Đã trình hoặc kết thúc, không có hạn',
    },
    late: 'Đơn vị có nhiều việc quá hạn nhất',
    noneLate: 'Không đơn vị nào có việc quá hạn.',
    opensLate: (unit: string, late: string, total: string) => `${unit}: ${late}/${total} quá hạn. Mở danh sách`,
    allUnits: 'Xem tất cả đơn vị',
  },
  {
    coming: 'Coming: the next 12 weeks',
    comingSentence: (total: string, from: string, to: string, most: string, week: string) =>
      `From ${from} to ${to}, ${total} open tasks fall due; the most, ${most}, in the week beginning ${week}.`,
    comingNone: (from: string, to: string) => `From ${from} to ${to}, no open task falls due.`,
    later: (later: string) => `Another ${later} fall due after that.`,
    counted: 'Weeks run from Monday to Sunday; only tasks not yet submitted and not overdue are counted.',
    calendarEnds: (day: string) => `The calendar has public holidays up to ${day} only.`,
    signs: { off: 'has a public holiday or a day in lieu', makeUp: 'has a make-up working day' },
    week: (from: string, to: string) => `${from} – ${to}`,
    opensWeek: (from: string, to: string, due: string, days: string) =>
      `From ${from} to ${to}: ${due} tasks fall due${days === '' ? '' : ` (${days})`}. Open the list`,
    kinds: { holiday: 'holiday', in_lieu: 'day in lieu', swapped_off: 'swapped day off', make_up: 'make-up day' },
    weekColumns: { week: 'Week', due: 'Fall due', days: 'Holidays, make-up days' },
    urging: 'Did urging work?',
    urgingSentence: (count: string, sent: string, urged: string, read: string, undated: string) =>
      `${count} urging rounds. The latest was sent on ${sent}: ${urged} tasks had no deadline; on ${read}, ${undated} still had none.`,
    urgingNone: 'No urging round has been sent yet.',
    method: (days: string) =>
      `Each round urges tasks without a deadline; it is read ${days} days after its last letter. Before and after, without a control group: this does not prove that the urging did it.`,
    notYet: (days: string) => `Only ${days} days have passed since the latest round.`,
    newest: (count: string) => `The picture shows the latest ${count} rounds; the figures have them all.`,
    before: 'when urged',
    after: 'still without a deadline',
    opensBefore: (sent: string, count: string) => `Round of ${sent}: ${count} tasks were urged. Open the list`,
    opensAfter: (sent: string, count: string, read: string) =>
      `Round of ${sent}: ${count} tasks still without a deadline on ${read}. Open the list`,
    roundColumns: {
      sent: 'Sent on',
      urged: 'Urged, without a deadline',
      read: 'Read on',
      undated: 'Still without a deadline',
      dated: 'Have a deadline',
      ended: 'Submitted or ended without one',
    },
    late: 'Units with the most overdue work',
    noneLate: 'No unit has overdue work.',
    opensLate: (unit: string, late: string, total: string) => `${unit}: ${late} of ${total} overdue. Open the list`,
    allUnits: 'Show all units',
  },
);
