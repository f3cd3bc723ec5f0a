import { expect } from 'chai';
import { passwordProblem } from '../../../src/domain/organisation/password.ts';

describe('A password', () => {
  const owner = { email: 'lan.nguyen@skhdt.gov.vn', name: 'Nguyễn Thị Lan' };
  const problem = (password: string) => passwordProblem(password, owner);

  it('S11: has 12 to 128 characters, counted as people count them', () => {
    expect(problem('kE7wpl02mcv')).to.equal('too_short');
    expect(problem('trời mưa tôi')).to.equal(undefined);
    expect(problem(`kE7wpl02mcvq${'xz3'.repeat(39)}`)).to.equal('too_long');
    expect(problem('🐘🐅🦌🐃🐒🐍'.repeat(1))).to.equal('too_short');
  });

  for (const [what, passwords] of Object.entries({
    'a common word and digits': ['matkhau123456', 'Mật khẩu 12345', 'password1234', 'P@ssword2024!', 'iloveyou1234'],
    'the owner’s name or address': ['NguyenThiLan1990', 'lan.nguyen@skhdt', 'skhdt.gov.vn1', 'nguyễn-thị-lan-1'],
    repetition: ['aaaaaaaaaaaa', 'abababababab', 'passwordpassword', '121212121212'],
    'a run of letters or digits': ['abcdefghijkl', '123456789012', '987654321098', 'abcdef123456'],
    'rows of the keyboard': ['qwertyuiop12', '1qaz2wsx3edc', 'asdfghjkl123', '1q2w3e4r5t6y', 'zxcvbnm12345'],
  }))
    it(`S11: is not made of ${what}`, () => {
      expect(passwords.map((password) => [password, problem(password)])).to.deep.equal(
        passwords.map((password) => [password, 'guessable']),
      );
    });

  it('may be a sentence, a random text, and hold a common word beside others', () => {
    for (const password of [
      'con mèo trèo cây cau',
      'x9$kLm2!pQ7z',
      'mat-khau-rat-dai',
      'một hai ba bốn',
      'admin của cái chum vại',
    ])
      expect(problem(password), password).to.equal(undefined);
  });
});
