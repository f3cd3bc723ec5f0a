// Many tasks at once, as an office gets them: by import.

import type { Json } from './client.ts';
import { done, type Office, programmeCode } from './http-office.ts';

/** So many new tasks of SNV, appraised by STTTT, as the list shows them. @param from number of the first: codes are used once */
export const manyTasks = async (office: Office, count: number, from = 1): Promise<readonly Json[]> => {
  const prefix = `${programmeCode}-NHIEU-`;
  const lines = Array.from(
    { length: count },
    (_, index) => `${prefix}${from + index};SNV;Việc số ${from + index};STTTT`,
  );
  const sheet = ['Mã;Đơn vị;Nội dung cam kết;Cơ quan thẩm định', ...lines].join('\n');
  await done(office.as('office').post(`/imports?programme=${programmeCode}`, sheet, { type: 'text/csv' }));
  await office.workers.settle();
  const { rows } = await office.pool.query(
    `select id, code, version from task where code like $1 and substring(code from '[0-9]+$')::integer >= $2 order by code`,
    [`${prefix}%`, from],
  );
  return rows;
};

export const itemsOf = (tasks: readonly Json[]): readonly Json[] => tasks.map(({ id, version }) => ({ id, version }));
