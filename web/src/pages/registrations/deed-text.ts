import { texts } from '../../text/index.ts';

/** Of the deeds: what each does and what cannot be undone. */
export const registrationDeeds = texts(
  {
    open: {
      open: 'Mở đợt đăng ký',
      about: 'Mở việc đăng ký cho chương trình của năm sau. Mỗi chương trình có một đợt, không xóa được.',
      programme: 'Chương trình năm sau',
      source: 'Chuyển tiếp từ chương trình',
      choose: 'Chọn chương trình',
      submit: 'Mở đợt',
      said: 'Đã mở đợt đăng ký.',
    },
    carry: {
      open: 'Chuyển tiếp cam kết năm nay',
      about:
        'Chép các cam kết năm nay thành nội dung đăng ký để sửa tiếp. Làm lại không chép trùng; nội dung đã dừng và mật không chuyển tiếp.',
      all: 'Tất cả đơn vị',
      unit: 'Đơn vị',
      submit: 'Chuyển tiếp',
      said: 'Đã chuyển tiếp.',
    },
    propose: {
      open: 'Đề xuất nội dung mới',
      about: 'Đơn vị đề xuất thì còn là bản soạn cho đến khi thủ trưởng trình; Văn phòng đề xuất thì trình ngay.',
      unit: 'Đơn vị thực hiện',
      title: 'Nội dung cam kết',
      target: 'Chỉ tiêu',
      measureUnit: 'Đơn vị tính',
      submit: 'Ghi đề xuất',
      said: 'Đã ghi đề xuất.',
    },
    edit: {
      open: 'Sửa',
      about: 'Đổi chỉ tiêu của nội dung chuyển tiếp phải nêu văn bản làm căn cứ.',
      basis: 'Căn cứ',
      submit: 'Lưu',
      said: 'Đã lưu.',
    },
    drop: {
      open: 'Không tiếp tục',
      about: 'Nội dung không được đăng ký cho năm sau; vẫn nêu trong phụ lục IV là “Giảm”, với lý do.',
      reason: 'Lý do',
      submit: 'Ghi là giảm',
      said: 'Đã ghi là giảm.',
    },
    submit: {
      open: 'Trình nội dung của đơn vị',
      about: (count: string) =>
        `Thủ trưởng trình ${count} nội dung đang soạn. Sau khi trình, đơn vị không sửa được nữa trừ khi bị trả lại.`,
      unit: 'Đơn vị',
      submit: 'Trình',
      said: 'Đã trình.',
    },
    opinion: {
      open: 'Cho ý kiến',
      about: 'Ý kiến của cơ quan tổng hợp về nội dung này, in trong phụ lục IV. Ý kiến sau thay ý kiến trước.',
      text: 'Ý kiến',
      submit: 'Ghi ý kiến',
      said: 'Đã ghi ý kiến.',
    },
    bloc: {
      open: 'Cho ý kiến theo khối',
      about: 'Ý kiến chung cho cả khối, in trong báo cáo và phụ lục IV. Ý kiến sau thay ý kiến trước.',
      bloc: 'Khối',
    },
    back: {
      open: 'Trả lại',
      about: 'Trả về đơn vị để sửa, nêu rõ lý do. Thủ trưởng đơn vị phải trình lại.',
      reason: 'Lý do trả lại',
      submit: 'Trả lại',
      said: 'Đã trả lại.',
    },
    decide: {
      open: 'Quyết định',
      about: (approved: string, rejected: string) =>
        `Đồng ý ${approved} nội dung đã trình, không đồng ý ${rejected}. Nội dung được đồng ý thành nhiệm vụ của năm sau ngay; quyết định không rút lại được.`,
      reason: 'Lý do không đồng ý',
      submit: 'Quyết định',
      said: 'Đã quyết định.',
    },
    due: {
      label: 'Thời hạn của các nhiệm vụ được tạo',
      default: 'Để trống là theo thời hạn chung của chương trình.',
      defaultDay: (day: string) => `Để trống là theo thời hạn chung của chương trình: ${day}.`,
      needed: 'Chương trình chưa có thời hạn chung nên phải đặt ở đây.',
    },
    rest: {
      open: 'Tạo nốt nhiệm vụ còn thiếu',
      about: (missing: string) => `Còn ${missing} nội dung đã đồng ý mà chưa thành nhiệm vụ.`,
      said: 'Đã tạo nốt nhiệm vụ.',
    },
    document: 'Văn bản làm căn cứ',
  },
  {
    open: {
      open: 'Open registration',
      about: 'Opens the registration of next year’s programme. A programme has one round, which cannot be deleted.',
      programme: 'Next year’s programme',
      source: 'Carried forward from',
      choose: 'Choose a programme',
      submit: 'Open the round',
      said: 'The round is open.',
    },
    carry: {
      open: 'Carry this year’s forward',
      about:
        'Copies this year’s commitments as rows to continue. Doing it again copies nothing twice; stopped and secret work is not carried.',
      all: 'All units',
      unit: 'Unit',
      submit: 'Carry forward',
      said: 'Carried forward.',
    },
    propose: {
      open: 'Propose something new',
      about: 'What a unit proposes is a draft until its head submits; what the office proposes is submitted at once.',
      unit: 'Unit',
      title: 'Commitment',
      target: 'Target',
      measureUnit: 'Unit of measure',
      submit: 'Propose',
      said: 'Proposed.',
    },
    edit: {
      open: 'Change',
      about: 'A changed target of what is carried forward names the document it follows from.',
      basis: 'Basis',
      submit: 'Save',
      said: 'Saved.',
    },
    drop: {
      open: 'Drop',
      about: 'It is not registered for next year; annex IV still lists it as dropped, with the reason.',
      reason: 'Reason',
      submit: 'Drop it',
      said: 'Dropped.',
    },
    submit: {
      open: 'Submit for the unit',
      about: (count: string) =>
        `The head submits ${count} rows in draft. After that the unit cannot change them unless they come back.`,
      unit: 'Unit',
      submit: 'Submit',
      said: 'Submitted.',
    },
    opinion: {
      open: 'Give opinion',
      about: 'The aggregating body’s opinion on this row, printed in annex IV. A later one replaces it.',
      text: 'Opinion',
      submit: 'Record the opinion',
      said: 'Recorded.',
    },
    bloc: {
      open: 'Opinion on a bloc',
      about: 'On a whole bloc, printed in the report and in annex IV. A later one replaces it.',
      bloc: 'Bloc',
    },
    back: {
      open: 'Return',
      about: 'Back to the unit to change, with the reason. Its head has to submit again.',
      reason: 'Reason',
      submit: 'Return',
      said: 'Returned.',
    },
    decide: {
      open: 'Decide',
      about: (approved: string, rejected: string) =>
        `Approves ${approved} submitted rows, rejects ${rejected}. What is approved becomes next year’s tasks at once; a decision cannot be taken back.`,
      reason: 'Reason for the rejection',
      submit: 'Decide',
      said: 'Decided.',
    },
    due: {
      label: 'Deadline of the tasks that are made',
      default: 'Empty: the default of the programme.',
      defaultDay: (day: string) => `Empty: the default of the programme, ${day}.`,
      needed: 'The programme has no default, so it is set here.',
    },
    rest: {
      open: 'Create the missing tasks',
      about: (missing: string) => `${missing} approved rows are not tasks yet.`,
      said: 'The missing tasks were created.',
    },
    document: 'The document it rests on',
  },
);
