import { texts } from '../../text/index.ts';

export const calendarText = texts(
  {
    title: 'Lịch và chương trình',
    tabs: { calendar: 'Lịch làm việc', programmes: 'Chương trình' },
    kept: 'Chỉ xem: lịch do người vận hành nạp bằng lệnh migrate khi cài đặt hoặc nâng cấp, theo thông báo nghỉ lễ hằng năm.',
    year: 'Năm',
    earlier: (year: string) => `Năm ${year}, trước`,
    later: (year: string) => `Năm ${year}, sau`,
    calendar: 'Lịch',
    version: (version: string, zone: string) => `Phiên bản ${version}, múi giờ ${zone}`,
    workingDays: (count: string) => `${count} ngày làm việc`,
    legend: 'Ký hiệu',
    listed: (year: string) => `Ngày nghỉ và ngày làm bù năm ${year}`,
    columns: { day: 'Ngày', kind: 'Loại', name: 'Tên', source: 'Căn cứ' },
  },
  {
    title: 'Calendar and programmes',
    tabs: { calendar: 'Working calendar', programmes: 'Programmes' },
    kept: 'Read only: operators load it with the migrate command at installation or upgrade, by each year’s announcement.',
    year: 'Year',
    earlier: (year: string) => `${year}, earlier`,
    later: (year: string) => `${year}, later`,
    calendar: 'Calendar',
    version: (version: string, zone: string) => `Version ${version}, time zone ${zone}`,
    workingDays: (count: string) => `${count} working days`,
    legend: 'Signs',
    listed: (year: string) => `Days off and make-up days of ${year}`,
    columns: { day: 'Day', kind: 'Kind', name: 'Name', source: 'Source' },
  },
);
