// The page behind a link in a mail: one document without script, picture or any request of its own.

import { createHash } from 'node:crypto';
import type { DeadLink, LinkDecision, LinkPage, LinkState } from '../../application/appraisals/decision-links.ts';
import { noticeOf } from '../../domain/reporting/illustrative.ts';
import { type CivilDate, dayOf } from '../../domain/schedule/civil-date.ts';
import type { Outcome } from '../../domain/workflow/definition.ts';
import { problemTexts } from './problem-texts.ts';

export interface Rendered {
  readonly status: number;
  readonly html: string;
}

/** What a person had typed, to be shown again. */
export interface Typed {
  readonly outcome?: string | undefined;
  readonly reason?: string | undefined;
  readonly missing?: string | undefined;
}

export const renderState = (state: LinkState | LinkDecision, typed: Typed = {}): Rendered => {
  switch (state.kind) {
    case 'open':
      return { status: 200, html: formPage(state.page, [], typed) };
    case 'incomplete':
      return { status: 422, html: formPage(state.page, [incompleteText(state.missing)], typed) };
    case 'stale':
      return {
        status: 409,
        html: formPage(
          state.page,
          [
            'Nhiệm vụ đã thay đổi sau khi Ông/Bà mở trang. Dưới đây là thông tin mới nhất; đề nghị xem lại rồi chọn kết quả.',
          ],
          typed,
        ),
      };
    case 'decided':
      return {
        status: 200,
        html: message(
          state.closed ? 'Đã ghi nhận kết quả thẩm định' : 'Đã ghi nhận ý kiến thẩm định',
          state.closed
            ? `Nhiệm vụ ${state.code}: ${outcomeNames[state.outcome]}. Trạng thái hiện nay: ${state.state}.`
            : `Nhiệm vụ ${state.code}: ${outcomeNames[state.outcome]}. Kết quả được xác định khi đủ ý kiến của các thành viên theo quy trình.`,
          'Liên kết này đã hết tác dụng. Có thể đóng trang.',
        ),
      };
    case 'used':
      return {
        status: 410,
        html: message(
          'Liên kết đã được sử dụng',
          `Kết quả đã ghi nhận lúc ${moment(state.at, state.zone)}: ${outcomeNames[state.outcome]}. Mỗi liên kết chỉ dùng một lần; lần gửi này không làm thay đổi gì.`,
        ),
      };
    case 'dead':
      return { status: 410, html: message('Liên kết không còn hiệu lực', deadTexts[state.why], signInText) };
    case 'second_factor':
      return {
        status: 403,
        html: message(
          'Cần đăng nhập',
          'Tài khoản của Ông/Bà sử dụng xác thực hai lớp nên không cho kết quả qua liên kết trong thư.',
          signInText,
        ),
      };
    case 'refused': {
      const { status, title, vi } = problemTexts[state.code];
      return { status, html: message(title, vi, 'Không có thay đổi nào được ghi.') };
    }
    case 'forged':
      return {
        status: 403,
        html: message(
          'Yêu cầu không hợp lệ',
          'Biểu mẫu không được gửi từ trang của liên kết này. Đề nghị mở lại liên kết trong thư. Không có thay đổi nào được ghi.',
        ),
      };
    case 'unknown':
      return {
        status: 404,
        html: message('Không tìm thấy', 'Liên kết không đúng hoặc đã bị cắt mất một phần khi sao chép.', signInText),
      };
    default:
      return state satisfies never;
  }
};

export const tooMany = (): Rendered => ({
  status: 429,
  html: message('Quá nhiều yêu cầu', 'Đề nghị chờ một phút rồi thử lại.'),
});
export const unreadable = (): Rendered => ({
  status: 400,
  html: message('Yêu cầu không hợp lệ', 'Biểu mẫu gửi lên không đọc được. Không có thay đổi nào được ghi.'),
});
export const failed = (requestId: string): Rendered => ({
  status: 500,
  html: message('Lỗi hệ thống', `Có lỗi ngoài dự kiến. Đề nghị thử lại sau; mã yêu cầu: ${requestId}.`),
});

const signInText = 'Đề nghị đăng nhập phần mềm để xem và cho kết quả.';

const deadTexts: Readonly<Record<DeadLink, string>> = {
  expired: 'Liên kết đã quá thời hạn sử dụng.',
  replaced: 'Đã có liên kết mới hơn cho nhiệm vụ này trong thư gửi sau. Đề nghị dùng liên kết đó.',
  round:
    'Lượt thẩm định mà liên kết này dành cho đã kết thúc: hồ sơ đã được thu hồi, trình lại hoặc giao cơ quan khác.',
  decided: 'Nhiệm vụ đã có kết quả.',
  person: 'Ông/Bà hiện không tham gia thẩm định nhiệm vụ này.',
};

export const outcomeNames: Readonly<Record<Outcome, string>> = {
  achieved: 'Đạt',
  not_achieved: 'Không đạt',
  returned: 'Trả lại',
};

const incompleteText = (missing: readonly string[]): string =>
  missing.includes('reason')
    ? 'Chưa ghi lý do. Không đạt và trả lại phải có lý do.'
    : 'Còn thiếu thông tin bắt buộc của kết quả này.';

const formPage = (page: LinkPage, notes: readonly string[], typed: Typed): string => {
  const { loaded, place, reader, onBehalfOf, unitName, evidence, answers, elsewhere, link } = page;
  const { task, definition, calendar, programme } = loaded;
  const signing = place.seat?.voter?.signing;
  const who = onBehalfOf
    ? `Ông/Bà ${reader} thẩm định thay Ông/Bà ${onBehalfOf}${signing ? ` (${signing})` : ''}`
    : `Ông/Bà ${reader} thẩm định`;
  const facts: readonly (readonly [string, string | null])[] = [
    ['Mã', task.code],
    ['Nội dung', task.title],
    ['Đơn vị', unitName],
    ['Chương trình', task.programme],
    ['Chỉ tiêu', task.indicator],
    ['Người cho kết quả', who],
    ['Ngày trình', task.submittedOn && dayMonthYear(task.submittedOn)],
    ['Hạn của đơn vị', task.dueOn && dayMonthYear(task.dueOn)],
    ['Hạn thẩm định', place.appraiseBy && dayMonthYear(place.appraiseBy)],
    ['Kết quả đơn vị báo cáo', task.result === null ? null : String(task.result)],
    ...fieldsOf(page),
    ['Ý kiến đã cho', place.vote && outcomeNames[place.vote.outcome]],
  ];
  const told = [
    ...notes,
    ...(task.review?.question ? ['Đang đề nghị đơn vị cung cấp thông tin, đơn vị chưa trả lời.'] : []),
  ];
  const notice = noticeOf(programme);
  return document(
    `Thẩm định ${task.code}`,
    `<h1>Cho kết quả thẩm định</h1>
${notice ? `<p class="note">${text(notice)}</p>` : ''}
${told.map((note) => `<p class="note" role="alert">${text(note)}</p>`).join('\n')}
<dl>${facts
      .filter(([, value]) => value !== null && value !== '')
      .map(([name, value]) => `<dt>${text(name)}</dt><dd>${text(value ?? '')}</dd>`)
      .join('\n')}</dl>
<h2>Minh chứng (${evidence.length})</h2>
${evidence.length > 0 ? `<ul>${evidence.map((title) => `<li>${text(title)}</li>`).join('')}</ul>` : '<p>Không có.</p>'}
${answers.length > 0 ? form(page, typed) : `<p>Quy trình này đòi hỏi giấy tờ kèm theo. ${signInText}</p>`}
${elsewhere.length > 0 && answers.length > 0 ? `<p>Kết quả khác (${elsewhere.map(({ name }) => text(name.vi)).join(', ')}): ${signInText}</p>` : ''}
<p class="small">Liên kết dành riêng cho Ông/Bà ${text(reader)}, dùng một lần, có hiệu lực đến ${moment(link.expiresAt, calendar.zone)}. Mở trang này không làm thay đổi gì. Quy trình: ${text(definition.name.vi)}.</p>`,
  );
};

const form = ({ answers, loaded, nonce }: LinkPage, typed: Typed): string => `<form method="post" autocomplete="off">
<input type="hidden" name="version" value="${loaded.task.version}">
<input type="hidden" name="nonce" value="${text(nonce)}">
<fieldset><legend>Kết quả</legend>
${answers
  .map(
    ({ outcome, name }) =>
      `<label><input type="radio" name="outcome" value="${outcome}" required${typed.outcome === outcome ? ' checked' : ''}> ${text(name.vi)}</label>`,
  )
  .join('\n')}
</fieldset>
<label for="reason">Lý do (bắt buộc khi không đạt hoặc trả lại)</label>
<textarea id="reason" name="reason" rows="4" maxlength="4000">${text(typed.reason ?? '')}</textarea>
<label for="missing">Khi trả lại, đề nghị bổ sung (mỗi dòng một nội dung)</label>
<textarea id="missing" name="missing" rows="4" maxlength="8000">${text(typed.missing ?? '')}</textarea>
<button type="submit">Ghi nhận kết quả</button>
</form>`;

const fieldsOf = ({ loaded: { task, definition } }: LinkPage): readonly (readonly [string, string])[] => {
  const known = new Map(definition.forms.flatMap(({ fields }) => fields.map((field) => [field.key, field.name.vi])));
  return Object.entries(task.fields).map(([key, value]) => [
    known.get(key) ?? key,
    typeof value === 'boolean' ? (value ? 'Có' : 'Không') : String(value),
  ]);
};

const message = (title: string, ...lines: readonly string[]): string =>
  document(title, `<h1>${text(title)}</h1>\n${lines.map((line) => `<p>${text(line)}</p>`).join('\n')}`);

const document = (title: string, body: string): string => `<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<title>${text(title)}</title>
<style>${style}</style>
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`;

/** Text from people as text, in an element or an attribute. */
export const text = (value: string): string =>
  value.replace(
    /[&<>"'`]/gu,
    (character) =>
      ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;', '`': '&#96;' })[character] ?? '',
  );

const dayMonthYear = (day: CivilDate): string => `${day.slice(8, 10)}/${day.slice(5, 7)}/${day.slice(0, 4)}`;

const moment = (at: Date, zone: string): string => {
  const time = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' }).format(at);
  return `${time} ngày ${dayMonthYear(dayOf(at, zone))}`;
};

const style = `body{font:1.0625rem/1.6 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem;color:#1b1f24;background:#fff}
h1{font-size:1.4rem}h2{font-size:1.1rem}dt{font-weight:600;margin-top:.5rem}dd{margin:0}
.note{border-left:.3rem solid #9a6700;padding:.3rem .8rem;background:#fff8e1}.small{font-size:.9rem;color:#4a5058}
label{display:block;margin:.6rem 0 .2rem}textarea{width:100%;box-sizing:border-box;font:inherit}
button{font:inherit;margin-top:1rem;padding:.6rem 1.2rem}fieldset{border:1px solid #c6cbd1}`;

/** The one style of these pages is allowed by its hash, and nothing else at all. */
export const pagePolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');
