import { expect } from 'chai';
import { cleanFileName, extensionOf } from '../../src/domain/file-name.ts';

describe('The name of a file', () => {
  for (const [given, kept] of [
    ['Báo cáo.pdf', 'Báo cáo.pdf'],
    ['/etc/passwd.pdf', 'passwd.pdf'],
    ['..\\..\\a.pdf', 'a.pdf'],
    ['  a  b .pdf ', 'a b.pdf'],
    ['a\u0000b\u001bc.pdf', 'abc.pdf'],
    ['\u202Efdp.a\u202C.pdf', 'fdp.a.pdf'],
    ['a\u061c\u200b\ufeffb.pdf', 'ab.pdf'],
    ['Tệp'.normalize('NFD'), 'Tệp'],
    ['a.tar.gz', 'a.tar.gz'],
    [`${'ữ'.repeat(300)}.docx`, `${'ữ'.repeat(195)}.docx`],
    [`a.${'x'.repeat(300)}`, `a.${'x'.repeat(198)}`],
    ['😀'.repeat(300), '😀'.repeat(200)],
  ] as const)
    it(`makes ${JSON.stringify(given.slice(0, 20))} presentable`, () => {
      const name = cleanFileName(given);
      expect(name).to.equal(kept);
      expect([...(name ?? '')].length).to.be.at.most(200);
      expect(cleanFileName(name ?? '')).to.equal(name);
    });

  it('is none when nothing is left of it', () => {
    for (const given of ['', ' ', '.', '..', '...', '/', 'a/', '.pdf', ' .pdf', '\u202e', '../..'])
      expect(cleanFileName(given), JSON.stringify(given)).to.equal(undefined);
  });

  it('has the extension after its last dot, in lower case', () => {
    expect(['a.PDF', 'a.b.docx', 'a', 'a.'].map(extensionOf)).to.deep.equal(['pdf', 'docx', '', '']);
  });
});
