// What keeps a definition from being published: where it is, what it is and the way out, in both languages.
// Codes are stable; texts may change.

export interface Problem {
  /** JSON pointer to the value at fault, or to where a missing one belongs. */
  readonly pointer: string;
  readonly code: ProblemCode;
  readonly vi: string;
  readonly en: string;
}

export const problem = (code: ProblemCode, pointer: string, ...names: readonly (string | number)[]): Problem => {
  const [vi, en] = texts[code];
  return { pointer, code, vi: filled(vi, names), en: filled(en, names) };
};

/** In the order of the document: /states/2 stands before /states/10. */
export const byPointer = (a: Problem, b: Problem): number => {
  const [left, right] = [a.pointer.split('/'), b.pointer.split('/')];
  for (let i = 0; i < Math.min(left.length, right.length); i += 1) {
    const order = compareSegments(left[i] ?? '', right[i] ?? '');
    if (order !== 0) return order;
  }
  return left.length - right.length || compareTexts(a.code, b.code);
};

/** JSON pointer of a path (RFC 6901). */
export const pointerOf = (path: readonly PropertyKey[]): string =>
  path.map((segment) => `/${String(segment).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

const compareSegments = (a: string, b: string): number =>
  digits.test(a) && digits.test(b) ? Number(a) - Number(b) : compareTexts(a, b);

const digits = /^\d{1,9}$/;

const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const filled = (text: string, names: readonly (string | number)[]): string =>
  text.replace(/\{(\d)\}/g, (_, index: string) => String(names[Number(index)] ?? ''));

/** Vietnamese and English; {0}, {1} stand for names. */
const texts = {
  // Shape
  'shape.too_deep': [
    'Lồng nhau quá {0} cấp. Hãy làm phẳng cấu trúc.',
    'Nested more than {0} levels deep. Flatten the structure.',
  ],
  'shape.too_long': [
    'Danh sách có {1} phần tử, tối đa {0}. Hãy bớt đi.',
    'The list has {1} items; at most {0} are allowed. Remove some.',
  ],
  'shape.unknown_key': [
    'Không có khóa "{0}" ở đây. Hãy xóa khóa hoặc sửa chính tả: khóa không được đọc thì không có tác dụng.',
    'There is no key "{0}" here. Remove it or correct its spelling: a key that nothing reads has no effect.',
  ],
  'shape.missing': ['Thiếu giá trị bắt buộc. Hãy bổ sung ({0}).', 'A required value is missing. Add it ({0}).'],
  'shape.type': ['Sai kiểu giá trị. Hãy dùng: {0}.', 'The value has the wrong type. Use: {0}.'],
  'shape.choice': ['Giá trị không hợp lệ. Hãy chọn một trong: {0}.', 'This value is unknown. Choose one of: {0}.'],
  'shape.size': [
    'Độ dài hoặc số lượng ngoài giới hạn: {0}. Hãy sửa cho đúng giới hạn.',
    'Length or number is out of bounds: {0}. Bring it within them.',
  ],
  'shape.key': [
    'Khóa chỉ gồm chữ thường không dấu, số, gạch dưới, gạch nối; bắt đầu bằng chữ; tối đa 64 ký tự.',
    'Keys are lower-case ASCII letters, digits, _ and -, begin with a letter and have at most 64 characters.',
  ],
  'shape.text': ['Văn bản có ký tự điều khiển. Hãy xóa chúng.', 'The text contains control characters. Remove them.'],

  // Names within lists
  'key.repeated': [
    'Khóa "{0}" đã được dùng ở trên. Hãy đặt khóa khác.',
    'The key "{0}" is already used above. Choose another.',
  ],
  'list.repeated': ['"{0}" đã có trong danh sách. Hãy bỏ một lần.', '"{0}" is already in the list. Remove one.'],

  // States
  'initial.missing': [
    'Chưa có trạng thái đầu. Hãy đặt "initial": true cho đúng một trạng thái.',
    'No state is the first one. Set "initial": true on exactly one state.',
  ],
  'initial.several': [
    'Trạng thái đầu đã là "{0}". Chỉ giữ "initial" ở một trạng thái.',
    'The first state is already "{0}". Keep "initial" on one state only.',
  ],
  'initial.category': [
    'Trạng thái đầu phải thuộc nhóm assigned hoặc in_progress. Hãy đổi nhóm hoặc chọn trạng thái đầu khác.',
    'The first state must be of category assigned or in_progress. Change its category or choose another first state.',
  ],
  'state.holder_missing': [
    'Trạng thái mở "{0}" chưa nêu ai đang giữ việc. Hãy thêm holder: unit, appraiser, office hoặc province.',
    'The open state "{0}" does not say who holds the task. Add holder: unit, appraiser, office or province.',
  ],
  'state.holder_unexpected': [
    'Trạng thái kết thúc "{0}" không do ai giữ. Hãy xóa holder.',
    'Nobody holds a task in the final state "{0}". Remove holder.',
  ],
  'state.unreachable': [
    'Không có đường từ trạng thái đầu tới "{0}". Hãy thêm một bước chuyển tới đó hoặc xóa trạng thái.',
    'No way leads from the first state to "{0}". Add a transition to it or remove the state.',
  ],
  'state.dead_end': [
    'Từ "{0}" không thể đi tới trạng thái kết thúc nào. Hãy thêm một bước chuyển ra.',
    'From "{0}" no final state can be reached. Add a transition that leads out.',
  ],
  'review.no_appraisal': [
    'Trạng thái chờ thẩm định "{0}" chưa gắn thẩm định. Hãy thêm vào appraisals hoặc đổi nhóm.',
    'No appraisal belongs to the review state "{0}". Add one to appraisals or change the category.',
  ],
  'review.holder': [
    'Trạng thái chờ thẩm định "{0}" không thể do đơn vị giữ. Hãy chọn appraiser, office hoặc province.',
    'The review state "{0}" cannot be held by the unit. Choose appraiser, office or province.',
  ],

  // Appraisals
  'appraisal.unknown_state': ['Không có trạng thái "{0}".', 'There is no state "{0}". Name an existing review state.'],
  'appraisal.not_review': [
    'Trạng thái "{0}" không thuộc nhóm awaiting_appraisal. Hãy đổi nhóm hoặc gắn thẩm định vào trạng thái khác.',
    'The state "{0}" is not of category awaiting_appraisal. Change its category or attach the appraisal elsewhere.',
  ],
  'appraisal.repeated': [
    'Trạng thái "{0}" đã có thẩm định. Mỗi trạng thái chỉ có một.',
    'The state "{0}" already has an appraisal. Keep one per state.',
  ],
  'appraisal.unknown_transition': [
    'Không có bước chuyển "{0}". Hãy nêu khóa của một bước chuyển.',
    'There is no transition "{0}". Name the key of a transition.',
  ],
  'appraisal.outcome_from': [
    'Bước chuyển "{0}" phải đi từ đúng một trạng thái là "{1}". Hãy sửa from.',
    'The transition "{0}" must leave from the state "{1}" and no other. Correct its from.',
  ],
  'appraisal.achieved_target': [
    '"{0}" là kết quả Đạt nên phải dẫn tới trạng thái nhóm done, hoặc tới trạng thái chờ thẩm định tiếp theo.',
    '"{0}" answers achieved, so it must lead to a state of category done, or on to another review state.',
  ],
  'appraisal.not_achieved_target': [
    '"{0}" là kết quả Không đạt nên phải dẫn tới trạng thái nhóm not_done, hoặc tới trạng thái chờ thẩm định tiếp theo.',
    '"{0}" answers not achieved, so it must lead to a state of category not_done, or on to another review state.',
  ],
  'appraisal.returned_target': [
    '"{0}" là kết quả Trả lại nên phải dẫn tới trạng thái mở do đơn vị giữ (holder unit).',
    '"{0}" answers returned, so it must lead to an open state held by the unit.',
  ],
  'appraisal.reason': [
    'Bước chuyển "{0}" (Không đạt hoặc Trả lại) phải đòi hỏi lý do. Hãy thêm require.reason: true.',
    'The transition "{0}" (not achieved or returned) must ask for a reason. Add require.reason: true.',
  ],
  'appraisal.quorum': [
    'Quy tắc quorum cần số phiếu (quorum từ 2 đến 20); các quy tắc khác không dùng quorum.',
    'The rule quorum needs its number of votes (quorum, 2 to 20); no other rule reads it.',
  ],
  'appraisal.per_group_votes': [
    'Quy tắc per_group lấy ý kiến biểu quyết của từng cơ quan. Hãy xóa participants: opinion.',
    'With the rule per_group every agency votes. Remove participants: opinion.',
  ],
  'appraisal.veto_unused': [
    'Quy tắc any đã quyết định bằng một phiếu nên veto không có tác dụng. Hãy xóa veto.',
    'With the rule any one vote decides already; veto has no effect. Remove it.',
  ],
  'appraisal.beside_panel': [
    'Bước "{0}" là kết quả biểu quyết của hội đồng thẩm định, chỉ appraising_agency được thực hiện.',
    'Transition "{0}" answers for a panel that votes; only appraising_agency may take it.',
  ],
  'appraisal.own_work': [
    'Đơn vị không được tự thẩm định: hãy bỏ "{0}" khỏi by của "{1}".',
    'A unit must not appraise itself: remove "{0}" from by of "{1}".',
  ],
  'appraisal.bypassed': [
    '"{0}" đưa việc từ chờ thẩm định tới kết thúc mà không phải là kết quả thẩm định. Hãy nêu nó trong outcomes hoặc đổi đích.',
    '"{0}" ends a task under appraisal without being the appraiser\'s answer. Name it in outcomes or change its target.',
  ],
  'appraisal.skipped': [
    'Có thẩm định thì "{0}" không được tự đưa việc tới hoàn thành qua "{1}". Chỉ office hoặc province_leader được kết thúc trực tiếp.',
    'Where there is an appraisal, "{0}" must not complete work by "{1}". Only office or province_leader may complete it directly.',
  ],
  'appraisal.within_unused': [
    'Không có hẹn giờ appraise_by nào dùng hạn thẩm định này ở trạng thái "{0}". Hãy thêm hẹn giờ hoặc xóa within.',
    'No timer counts from this appraisal deadline in the state "{0}". Add one anchored appraise_by or remove within.',
  ],

  // Transitions
  'transition.no_from': ['Bước chuyển "{0}" chưa có from.', 'The transition "{0}" leaves from nowhere. Fill in from.'],
  'transition.unknown_state': [
    'Không có trạng thái "{0}". Hãy nêu khóa của một trạng thái.',
    'There is no state "{0}". Name the key of a state.',
  ],
  'transition.no_role': [
    'Không ai được thực hiện "{0}". Hãy thêm ít nhất một vai trò vào by.',
    'Nobody may take the transition "{0}". Add at least one role to by.',
  ],
  'transition.administrator': [
    'Quản trị hệ thống soạn quy trình nên không thực hiện bước "{0}": hãy bỏ administrator khỏi by.',
    'Administrators write the rules and take no transition under them: remove administrator from by of "{0}".',
  ],
  'reopen.role': [
    'Chỉ office hoặc province_leader được mở lại việc đã kết thúc: hãy bỏ "{0}" khỏi by của "{1}".',
    'Only office or province_leader may reopen what has ended: remove "{0}" from by of "{1}".',
  ],
  'reopen.requirement': [
    'Mở lại ("{0}") phải đòi hỏi lý do và văn bản. Hãy thêm reason: true và document: true.',
    'Reopening ("{0}") must ask for a reason and a document. Add reason: true and document: true.',
  ],
  'reopen.target': [
    'Mở lại ("{0}") phải dẫn tới trạng thái mở do đơn vị giữ, không phải chờ thẩm định.',
    'Reopening ("{0}") must lead to an open state held by the unit, not to a review or another ending.',
  ],
  'stop.role': [
    'Chỉ UBND Tỉnh được cho dừng: hãy bỏ "{0}" khỏi by của "{1}" (chỉ office, province_leader).',
    'Only the province stops work: remove "{0}" from by of "{1}" (office and province_leader only).',
  ],
  'stop.document': [
    'Dừng thực hiện ("{0}") phải có văn bản quyết định. Hãy thêm require.document: true.',
    'Stopping ("{0}") needs the deciding document. Add require.document: true.',
  ],
  'requirement.evidence': [
    'Số minh chứng phải là số nguyên từ 1 đến 20. Không cần minh chứng thì xóa khóa này.',
    'The number of pieces of evidence is a whole number from 1 to 20. Remove the key if none is needed.',
  ],

  // Forms
  'form.unknown': ['Không có biểu mẫu "{0}". Hãy thêm vào forms.', 'There is no form "{0}". Add it to forms.'],
  'form.unused': [
    'Không bước chuyển nào dùng biểu mẫu "{0}". Hãy dùng hoặc xóa.',
    'No transition asks for the form "{0}". Use it or remove it.',
  ],
  'form.empty': [
    'Biểu mẫu "{0}" chưa có trường nào. Hãy thêm hoặc xóa biểu mẫu.',
    'The form "{0}" has no fields. Add some or remove the form.',
  ],
  'field.choices_missing': [
    'Trường lựa chọn "{0}" chưa có choices. Hãy liệt kê các lựa chọn.',
    'The choice field "{0}" has no choices. List them.',
  ],
  'field.choices_unexpected': [
    'Trường "{0}" không phải kiểu choice. Hãy xóa choices hoặc đổi kiểu.',
    'The field "{0}" is not of type choice. Remove choices or change the type.',
  ],
  'field.type_differs': [
    'Trường "{0}" đã có ở biểu mẫu khác với kiểu {1}. Hãy dùng cùng kiểu hoặc khóa khác.',
    'The field "{0}" is of type {1} in another form. Use the same type or another key.',
  ],

  // Timers
  'offset.invalid': [
    'Khoảng thời gian không hợp lệ. Viết "P3D", "-P7D", "P3M" hoặc {"workingDays": 5}.',
    'Not an offset. Write "P3D", "-P7D", "P3M" or {"workingDays": 5}.',
  ],
  'offset.negative': [
    'Hạn không thể ở trước ngày bắt đầu. Hãy bỏ dấu trừ.',
    'A deadline cannot lie before the day it counts from. Remove the minus sign.',
  ],
  'timer.no_states': ['Hẹn giờ "{0}" chưa nêu trạng thái.', 'The timer "{0}" applies in no state. Fill in states.'],
  'timer.unknown_state': [
    'Không có trạng thái "{0}". Hãy nêu khóa của một trạng thái.',
    'There is no state "{0}". Name the key of a state.',
  ],
  'timer.final_state': [
    '"{0}" là trạng thái kết thúc nên không nhắc nữa. Hãy bỏ khỏi states.',
    '"{0}" is final, nothing is urged there. Remove it from states.',
  ],
  'timer.nothing': [
    'Hẹn giờ "{0}" không có bậc nào. Hãy thêm steps hoặc repeat.',
    'The timer "{0}" never does anything. Add steps or repeat.',
  ],
  'timer.at': ['Giờ phải viết HH:MM, từ 00:00 đến 23:59.', 'Write the time of day as HH:MM, from 00:00 to 23:59.'],
  'timer.max': ['max phải từ 1 đến 100.', 'max must be from 1 to 100.'],
  'timer.too_many_steps': [
    'Có {0} bậc nhưng max là {1}: các bậc sau không bao giờ chạy. Hãy tăng max hoặc bớt bậc.',
    'There are {0} steps but max is {1}: the last ones would never fire. Raise max or remove steps.',
  ],
  'timer.repeat_never': [
    'max là {0} nên repeat không bao giờ chạy. Hãy tăng max hoặc xóa repeat.',
    'With max {0} the repetition never fires. Raise max or remove repeat.',
  ],
  'timer.repeat_every': [
    'Chu kỳ lặp phải lớn hơn 0, ví dụ "P7D".',
    'The repetition must go forward in time, for example "P7D".',
  ],
  'timer.no_recipient': ['Chưa nêu người nhận. Hãy thêm vai trò vào to.', 'Nobody is addressed. Add roles to to.'],
  'timer.step_order': [
    'Bậc này không sau bậc trước. Hãy xếp các bậc theo thời gian tăng dần.',
    'This step is not later than the one before. Order the steps by time.',
  ],
  'timer.acknowledge_within': [
    'Định nghĩa chưa có acknowledgeWithin để tính. Hãy thêm hoặc đổi anchor.',
    'There is no acknowledgeWithin to count from. Add it or change the anchor.',
  ],
  'timer.appraise_within': [
    'Trạng thái "{0}" không có hạn thẩm định (within) để tính. Hãy thêm hoặc bỏ trạng thái.',
    'The state "{0}" has no appraisal deadline (within) to count from. Add one or remove the state.',
  ],
  'acknowledge.unused': [
    'Không có hẹn giờ acknowledge_by nào dùng hạn tiếp nhận này. Hãy thêm hẹn giờ hoặc xóa acknowledgeWithin.',
    'No timer counts from this deadline. Add one anchored acknowledge_by or remove acknowledgeWithin.',
  ],

  // Conditions
  'condition.too_deep': [
    'Điều kiện lồng quá {0} cấp.',
    'The condition is nested more than {0} levels deep. Simplify it.',
  ],
  'condition.too_large': ['Điều kiện có quá {0} phần.', 'The condition has more than {0} parts. Simplify it.'],
  'condition.empty': [
    'Danh sách điều kiện trống. Hãy thêm hoặc xóa điều kiện.',
    'The list of conditions is empty. Add some or remove it.',
  ],
  'condition.field': [
    'Không có dữ liệu "{0}". Hãy dùng: {1}, hoặc form.<trường>.',
    'There is nothing called "{0}" to test. Use: {1}, or form.<field>.',
  ],
  'condition.op': [
    'Phép "{0}" không dùng được với "{1}". So sánh lớn nhỏ chỉ dùng cho số và ngày.',
    'The operator "{0}" does not fit "{1}". Only numbers and days have an order.',
  ],
  'condition.value': [
    'Giá trị không hợp với "{0}" và phép "{1}". Cần: {2}.',
    'The value does not fit "{0}" and the operator "{1}". Needed: {2}.',
  ],
} as const satisfies Readonly<Record<string, readonly [vi: string, en: string]>>;

export type ProblemCode = keyof typeof texts;
export const problemCodes = Object.keys(texts) as readonly ProblemCode[];
