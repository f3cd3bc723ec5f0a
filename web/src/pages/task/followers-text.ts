import { texts } from '../../text/index.ts';

export const followersText = texts(
  {
    title: 'Người theo dõi',
    nobody: 'Chưa phân công ai theo dõi nhiệm vụ này.',
    mine: (day: string, unit: string) =>
      `Bạn được ${unit} phân công theo dõi nhiệm vụ này từ ngày ${day}: nắm tình hình và báo khó khăn, vướng mắc kịp thời.`,
    since: (day: string) => `từ ngày ${day}`,
    you: 'bạn',
    name: 'Phân công người theo dõi',
    nameFor: (unit: string) => `Phân công người theo dõi của ${unit}`,
    change: 'Đổi người theo dõi',
    end: 'Thôi phân công',
    about: (unit: string) =>
      `Chọn một người của ${unit}. Người được phân công nhận thông báo, xem được nhiệm vụ và báo được khó khăn, vướng mắc.`,
    endAbout: (unit: string) =>
      `Từ nay không còn ai của ${unit} theo dõi nhiệm vụ này; người đang theo dõi có thể không xem được nhiệm vụ nữa.`,
    person: 'Người theo dõi',
    following: (count: string) => `đang theo dõi ${count}`,
    noPeople: 'Đơn vị chưa có ai khác để chọn; người quản trị thêm tài khoản cho đơn vị.',
    optional: '(nếu có)',
    ended: 'Nhiệm vụ đã kết thúc.',
  },
  {
    title: 'Who follows it',
    nobody: 'Nobody was named to follow this task.',
    mine: (day: string, unit: string) =>
      `${unit} named you to follow this task from ${day}: know how it stands and report difficulties in time.`,
    since: (day: string) => `from ${day}`,
    you: 'you',
    name: 'Name a follower',
    nameFor: (unit: string) => `Name a follower of ${unit}`,
    change: 'Name somebody else',
    end: 'Nobody any more',
    about: (unit: string) =>
      `Choose one of the people of ${unit}. They are told, see the task and can report difficulties of it.`,
    endAbout: (unit: string) =>
      `Nobody of ${unit} follows this task from now on; whoever does may no longer see the task.`,
    person: 'Who follows it',
    following: (count: string) => `follows ${count}`,
    noPeople: 'The unit has nobody else; administrators add accounts.',
    optional: '(if any)',
    ended: 'The task has ended.',
  },
);
