// Công văn đôn đốc: drafted from the lists, finished by people (letters 002 and 004; Nghị định 30/2020/NĐ-CP, Phụ lục I).

import { expect } from 'chai';
import type { Json } from '../support/client.ts';
import { docxParts, docxRows, docxText } from '../support/docx.ts';
import { done, suiteOffice } from '../support/http-office.ts';
import { fewUnits } from '../support/province.ts';
import { acknowledged, moved, submission } from '../support/tasks.ts';

const central = { code: 'BHXH', name: 'Bảo hiểm xã hội Tỉnh', class: 'central', bloc: 'central' };
const by = (day: string) => ({ due: { kind: 'on_or_before', day } });
const draft = {
  kind: 'letter',
  sign: 'UBND-KSTT',
  issuer: 'UBND tỉnh Bình Định',
  authority: 'chairman',
  signer: { name: 'Nguyễn Văn Ký', position: 'Phó Chủ tịch', capacity: 'KT.', signsFor: 'Chủ tịch' },
  recipients: [
    { name: 'CT, các PCT UBND tỉnh', purpose: 'report' },
    { name: 'VT, KSTT', purpose: 'file' },
  ],
};

describe('The letter that urges', function () {
  this.timeout(60_000);
  const office = suiteOffice({
    day: '2022-01-10',
    units: [...fewUnits, central],
    accounts: [
      ...['snv', 'tpcl', 'bhxh'].map((code) => ({
        name: `unit.${code}`,
        memberships: [{ role: 'focal_point' as const, unit: code.toUpperCase() }],
      })),
      { name: 'appraiser.stttt', memberships: [{ role: 'appraiser' as const, unit: 'STTTT' }] },
    ],
  });
  const as = (name: string) => office().as(name);
  const fileOf = async (path: string, name = 'office'): Promise<Buffer> => {
    const response = await fetch(`${office().address}${path}`, {
      headers: { Authorization: `Bearer ${await as(name).token()}` },
    });
    if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`);
    expect(response.headers.get('content-type')).to.match(/wordprocessingml\.document/);
    expect(response.headers.get('content-disposition')).to.match(/^attachment; filename="[A-Za-z0-9_.-]+\.docx"/);
    return Buffer.from(await response.arrayBuffer());
  };
  const said = (file: Buffer): string => docxText(file).join('\n');
  let document: Json;

  before(async () => {
    await acknowledged(office(), { ...by('2022-02-28'), title: 'Việc tồn đọng của Sở' });
    await acknowledged(office(), { ...by('2022-02-28'), leadUnit: 'TPCL', title: 'Việc tồn đọng của thành phố' });
    await acknowledged(office(), { ...by('2022-02-28'), leadUnit: 'BHXH', title: 'Việc của cơ quan Trung ương' });
    await acknowledged(office(), { due: { kind: 'none', reason: 'Thường xuyên' }, title: 'Việc không có thời hạn' });
    const late = await acknowledged(office(), { ...by('2022-02-10'), title: 'Việc trễ hạn' });
    office().clock.moveTo('2022-02-15');
    const sent = await moved(as('unit.snv'), late, 'submit', submission);
    await moved(as('appraiser.stttt'), sent, 'approve');
    office().clock.moveTo('2022-03-14');
    document = await done(as('office').post('/documents', draft));
  });

  it('has the heads of the decree, blanks for number and day, and says that it is a draft', async () => {
    const query = `document=${document.id}&place=Bình Định`;
    const file = await fileOf(`/programmes/CK/urging-letter?${encodeURI(query)}&answerBy=2022-03-31`);
    const lines = docxText(file);
    const heads = [...docxParts(file)].filter(([name]) => /header\d/.test(name));

    expect(lines.slice(0, 4)).to.deep.equal([
      'UBND TỈNH BÌNH ĐỊNH',
      'Số:         /UBND-KSTT',
      'V/v đôn đốc thực hiện nội dung cam kết quá thời hạn thuộc Cam kết hành động (CK)',
      'DỰ THẢO',
    ]);
    expect(lines).to.include.members([
      'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
      'Độc lập - Tự do - Hạnh phúc',
      'Bình Định, ngày      tháng      năm 2022',
      'Kính gửi:',
      '- Sở Nội vụ;',
      '- UBND thành phố Cao Lãnh;',
      'KT. CHỦ TỊCH',
      'PHÓ CHỦ TỊCH',
      'Nguyễn Văn Ký',
      'Nơi nhận:',
      '- Như trên (thực hiện);',
      '- CT, các PCT UBND tỉnh (báo cáo);',
      '- Lưu: VT, KSTT.',
    ]);
    expect(heads.some(([, xml]) => xml.includes('DỰ THẢO'))).to.equal(true);
  });

  it('demands with the verb of its sender: a people’s committee orders, a department asks, a central agency is asked politely', async () => {
    const ordered = said(await fileOf(`/programmes/CK/urging-letter?document=${document.id}`));
    const asked = said(await fileOf('/programmes/CK/urging-letter'));

    expect(ordered).to.include(
      '1. Yêu cầu Thủ trưởng các đơn vị thuộc tỉnh có tên tại Phụ lục 1 khẩn trương chỉ đạo rà soát, hoàn thành 02 nội dung cam kết',
    );
    expect(ordered).to.include(
      '2. Yêu cầu Thủ trưởng các đơn vị thuộc tỉnh có tên tại Phụ lục 2 nghiêm túc rút kinh nghiệm',
    );
    expect(ordered).to.include(
      'Đối với Bảo hiểm xã hội Tỉnh (01 nội dung cam kết): UBND tỉnh Bình Định kính đề nghị quan tâm, phối hợp',
    );
    expect(asked)
      .to.include('1. Đề nghị Thủ trưởng')
      .and.not.match(/yêu cầu/iu);
    expect(asked).to.include('SỞ KẾ HOẠCH VÀ ĐẦU TƯ');
  });

  it('counts what the lists count, and has their rows in its annexes, unit by unit, with how often each was urged', async () => {
    const file = await fileOf('/programmes/CK/urging-letter?asOf=2022-03-13');
    const overdue = await done(as('office').get('/programmes/CK/urging/overdue?asOf=2022-03-13'));
    const lateDone = await done(as('office').get('/programmes/CK/urging/late-done?asOf=2022-03-13'));
    const rows = docxRows(file);

    expect([overdue.total, lateDone.total]).to.deep.equal([3, 1]);
    expect(said(file)).to.include(
      'có 03 nội dung cam kết đã quá thời hạn giải quyết nhưng còn tồn đọng (Phụ lục 1) và 01 nội dung cam kết đã hoàn thành nhưng trễ hạn (Phụ lục 2)',
    );
    expect(said(file)).to.match(/Số liệu tính đến hết ngày 13\/03\/2022, theo dữ liệu ghi nhận đến/);
    for (const { title, daysLate, urgings } of overdue.items) {
      const row = rows.find((cells) => cells[1] === title);
      expect(row?.slice(5), title).to.deep.equal([String(daysLate), urgings === 0 ? '–' : `Lần ${urgings}`]);
    }
    expect(rows.map((cells) => cells[1])).to.include.members([
      'Sở Nội vụ: 01 nội dung cam kết',
      'UBND thành phố Cao Lãnh: 01 nội dung cam kết',
      'Việc trễ hạn',
    ]);
    expect(rows.filter(([first]) => first === 'STT')).to.have.length(2);
    expect(docxParts(file).get('word/document.xml')?.split('<w:tblHeader').slice(1)).to.have.length(2);
  });

  it('has number and day once its document has them, and is no draft any more', async () => {
    await done(
      as('office').post(
        `/documents/${document.id}/issue`,
        { number: '5', date: '2022-03-14' },
        { ifMatch: document.version },
      ),
    );

    const file = await fileOf(`/programmes/CK/urging-letter?document=${document.id}&place=B`);

    expect(docxText(file)).to.include.members(['Số: 05/UBND-KSTT', 'B, ngày 14 tháng 3 năm 2022']);
    expect([...docxParts(file).values()].join('')).to.not.include('DỰ THẢO');
  });

  it('of a round names work without a deadline, and leaves room for the unit to propose one', async () => {
    office().clock.moveTo('2022-04-11');
    const round = await done(as('office').post('/programmes/CK/urging-rounds'));

    const file = await fileOf(`/urging-rounds/${round.id}/letter`);
    const rows = docxRows(file);

    expect(said(file)).to.include('định kỳ 03 tháng/lần').and.to.include('01 nội dung cam kết');
    expect(rows.find((cells) => cells[1] === 'Việc không có thời hạn')).to.deep.equal([
      '1',
      'Việc không có thời hạn',
      '10/01/2022',
      '3',
      'Lần 1',
      '',
    ]);
  });

  it('is for those who urge, and every draft taken away is on record', async () => {
    const refused = await as('unit.snv').get('/programmes/CK/urging-letter');
    const unknown = await as('office').get(
      '/programmes/CK/urging-letter?document=00000000-0000-4000-8000-000000000000',
    );
    const { rows } = await office().pool.query(
      `select detail from audit_entry where action = 'paper.drafted' order by id`,
    );

    expect([refused.status, unknown.status, unknown.body.code]).to.deep.equal([403, 404, 'document.not_found']);
    expect(rows.length).to.equal(6);
    expect(rows[0]?.detail).to.include({ format: 'docx', draft: true, document: document.id });
  });
});
