import { texts } from '../text/index.ts';

export const dateText = texts(
  {
    dayHint: 'Ví dụ 5/1, 05012026, hôm nay, +10 (ngày làm việc).',
    openCalendar: 'Mở lịch',
    dayLeft: (name: string, days: string) => `${name} · còn ${days} ngày làm việc`,
    /** From Monday. */
    weekdays: 'Thứ Hai|Thứ Ba|Thứ Tư|Thứ Năm|Thứ Sáu|Thứ Bảy|Chủ Nhật',
    dayPast: (name: string, days: string) => `${name} · đã qua ${days} ngày làm việc`,
    dayToday: (name: string) => `${name} · hôm nay`,
    dayProblems: {
      empty: 'Chưa nhập ngày.',
      form: 'Không đọc được ngày. Nhập theo ngày/tháng/năm, ví dụ 05/01/2026.',
      no_such_day: 'Không có ngày này trong lịch.',
      no_calendar: 'Chưa tải được lịch làm việc; hãy nhập ngày cụ thể.',
      too_early: 'Ngày này quá sớm.',
      too_late: 'Ngày này quá muộn.',
    },
  },
  {
    dayHint: 'For example 5/1, 05012026, today, +10 (working days).',
    openCalendar: 'Open the calendar',
    dayLeft: (name: string, days: string) => `${name} · ${days} working days left`,
    weekdays: 'Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday',
    dayPast: (name: string, days: string) => `${name} · ${days} working days ago`,
    dayToday: (name: string) => `${name} · today`,
    dayProblems: {
      empty: 'No date was entered.',
      form: 'This cannot be read as a date. Enter day/month/year, for example 05/01/2026.',
      no_such_day: 'The calendar has no such day.',
      no_calendar: 'The working calendar has not loaded yet; enter the date itself.',
      too_early: 'This day is too early.',
      too_late: 'This day is too late.',
    },
  },
);
