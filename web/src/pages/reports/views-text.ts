import { texts } from '../../text/index.ts';

/** Of the readings beside the reports: two days, months, units, working days. */
export const viewsText = texts(
  {
    reading: {
      about:
        'Hai mốc độc lập: việc đã xảy ra đến ngày nào, và hệ thống đã ghi nhận đến ngày nào. Sự kiện nhập muộn chỉ có ở mốc ghi nhận muộn hơn.',
      happened: 'Đã xảy ra đến hết ngày',
      known: 'Đã ghi nhận đến hết ngày',
      empty: 'Bỏ trống: đến lúc này.',
      asOf: (day: string, at: string) => `Số liệu tạm tính đến hết ngày ${day}, theo dữ liệu ghi nhận đến ${at}`,
    },
    trend: {
      title: 'Diễn biến lũy kế trong năm',
      sentence: (day: string, done: string, awaiting: string) =>
        `Đến ngày ${day}: hoàn thành ${done}, chờ thẩm định ${awaiting}.`,
      monthly: 'Cuối mỗi tháng',
      day: 'Đến ngày',
      done: 'Hoàn thành',
      awaiting: 'chờ thẩm định',
      forecast: 'Dự báo',
      late: 'Tính theo những gì biết hiện nay: việc nhập muộn được tính từ ngày nó xảy ra.',
    },
    imbalance: {
      title: 'Số nhiệm vụ của từng đơn vị',
      about: (units: string, min: string, median: string, max: string) =>
        `${units} đơn vị: ít nhất ${min}, trung vị ${median}, nhiều nhất ${max}`,
      bloc: 'Khối',
      units: 'Số đơn vị',
      min: 'Ít nhất',
      median: 'Trung vị',
      max: 'Nhiều nhất',
      all: 'Tất cả',
      unit: 'Đơn vị',
      total: 'Số nhiệm vụ',
      far: 'lệch xa trung vị của khối',
    },
    ledger: {
      title: 'Nhiệm vụ nằm ở đâu, bao nhiêu ngày làm việc',
      about: (tasks: string, days: string, day: string) =>
        `${tasks} nhiệm vụ, ${days} ngày làm việc đến hết ngày ${day}. Ngày chuyển giao tính cho bên đang giữ.`,
      unit: 'Đơn vị giữ việc của mình',
      appraiser: 'Cơ quan thẩm định giữ hồ sơ',
      office: 'Văn phòng',
      province: 'UBND Tỉnh',
      days: 'Ngày làm việc',
      average: 'Bình quân mỗi nhiệm vụ',
      name: 'Đơn vị',
      asUnit: 'Giữ việc của mình',
      asAppraiser: 'Giữ hồ sơ thẩm định',
      onTime: 'Thẩm định đúng hạn',
      lateRounds: 'Thẩm định trễ',
      sentence: (name: string, unit: string, appraiser: string) =>
        `${name}: giữ việc của mình ${unit} ngày, giữ hồ sơ thẩm định ${appraiser} ngày.`,
    },
    blocs: {
      department: 'Sở, ban, ngành Tỉnh',
      district: 'UBND huyện, thành phố',
      commune: 'UBND xã, phường',
      central: 'Cơ quan Trung ương trên địa bàn',
      office: 'Văn phòng UBND Tỉnh',
    },
  },
  {
    reading: {
      about:
        'Two independent dates: what had happened by then, and what was recorded by then. What was entered late shows only with a later day of recording.',
      happened: 'Happened by the end of',
      known: 'Recorded by the end of',
      empty: 'Left blank: up to now.',
      asOf: (day: string, at: string) => `Provisional figures to the end of ${day}, as recorded by ${at}`,
    },
    trend: {
      title: 'Cumulative over the year',
      sentence: (day: string, done: string, awaiting: string) =>
        `By ${day}: ${done} done, ${awaiting} awaiting appraisal.`,
      monthly: 'At the end of each month',
      day: 'By',
      done: 'Done',
      awaiting: 'awaiting appraisal',
      forecast: 'Forecast',
      late: 'As known now: what was entered late counts from the day it happened.',
    },
    imbalance: {
      title: 'Tasks of each unit',
      about: (units: string, min: string, median: string, max: string) =>
        `${units} units: fewest ${min}, median ${median}, most ${max}`,
      bloc: 'Bloc',
      units: 'Units',
      min: 'Fewest',
      median: 'Median',
      max: 'Most',
      all: 'All',
      unit: 'Unit',
      total: 'Tasks',
      far: 'far from the median of its bloc',
    },
    ledger: {
      title: 'Who held the work, for how many working days',
      about: (tasks: string, days: string, day: string) =>
        `${tasks} tasks, ${days} working days to the end of ${day}. The day of a handover counts for whoever had it.`,
      unit: 'Units with their own work',
      appraiser: 'Agencies appraising',
      office: 'Office',
      province: 'Province',
      days: 'Working days',
      average: 'Average per task',
      name: 'Unit',
      asUnit: 'With its own work',
      asAppraiser: 'Appraising for others',
      onTime: 'Appraised in time',
      lateRounds: 'Appraised late',
      sentence: (name: string, unit: string, appraiser: string) =>
        `${name}: ${unit} days with its own work, ${appraiser} days appraising.`,
    },
    blocs: {
      department: 'Departments and agencies',
      district: 'Districts and cities',
      commune: 'Communes',
      central: 'Central agencies',
      office: 'Office of the province',
    },
  },
);
