// Why something cannot be done, where the API names only the code because nobody has tried yet. What was tried and
// refused comes with its own sentence (api/problem.ts).

import { texts, useText } from './index.ts';

export const refusals = texts(
  {
    'permission.denied': 'Vai trò của bạn không được làm việc này.',
    conflict_of_interest:
      'Bạn thuộc đơn vị được thẩm định, đã trình hồ sơ hoặc cung cấp minh chứng, nên không được tự thẩm định.',
    'appraisal.not_open': 'Nhiệm vụ hiện không ở bước thẩm định.',
    'appraisal.opinion_only': 'Cơ quan của bạn chỉ tham gia ý kiến, không quyết định ở lượt này.',
    'appraisal.absent': 'Bạn đang được ghi là vắng mặt, hoặc đã có người khác thay.',
    'appraisal.has_votes': 'Đã có người biểu quyết.',
    'appraisal.question_open': 'Đang chờ đơn vị trả lời câu hỏi trước.',
    'task.wrong_state': 'Trạng thái hiện nay không cho phép việc này.',
    'transition.guard_failed': 'Chưa đủ điều kiện của bước này trong quy trình.',
    'reopening.frozen': 'Kết quả đã nằm trong báo cáo đã chốt số liệu.',
    'reopening.window_closed': 'Đã quá thời gian được mở lại.',
    'reopening.second_person': 'Bạn đã đề nghị; cần một người khác đồng ý.',
    other: 'Hiện không thực hiện được.',
  },
  {
    'permission.denied': 'Your role may not do this.',
    conflict_of_interest:
      'You belong to the unit under appraisal, submitted the work or gave its evidence, so you may not appraise it.',
    'appraisal.not_open': 'No appraisal is open.',
    'appraisal.opinion_only': 'Your agency gives its opinion here and does not decide.',
    'appraisal.absent': 'You are recorded as absent, or somebody stands in for you.',
    'appraisal.has_votes': 'Somebody has voted.',
    'appraisal.question_open': 'The unit has not answered the question before.',
    'task.wrong_state': 'The present state does not allow this.',
    'transition.guard_failed': 'The workflow’s condition for this step does not hold.',
    'reopening.frozen': 'The result stands in frozen figures.',
    'reopening.window_closed': 'The time within which it may be reopened is over.',
    'reopening.second_person': 'You asked for it; a second person has to agree.',
    other: 'This cannot be done at present.',
  },
);

/** The sentence for the code of a refusal; undefined: nothing is refused. */
export const useRefusal = (): ((code: string | null | undefined) => string | undefined) => {
  const text = useText(refusals);
  return (code) => (code == null ? undefined : (text[code as keyof typeof text] ?? text.other));
};
