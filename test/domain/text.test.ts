import { expect } from 'chai';
import fc from 'fast-check';
import { fold, normalise } from '../../src/domain/text.ts';

describe('Text to keep', () => {
  it('is composed, so that one name has one spelling', () => {
    expect(normalise('Th\u0061\u0302\u0309m đi\u0323nh')).to.equal('Thẩm định');
  });

  it('has no spaces around it and no marks that nobody sees', () => {
    expect(normalise('\uFEFF  \u202ESở\u202C \u200BNội\u2066 vụ\u2069\u00A0')).to.equal('Sở Nội vụ');
  });

  it('composes letters that an invisible mark kept apart', () => {
    expect(normalise('a\u200B\u0302')).to.equal('â');
  });

  it('keeps line breaks, which a long content may need', () => {
    expect(normalise('một\nhai')).to.equal('một\nhai');
  });

  it('does not change when normalised again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(normalise(normalise(text))).to.equal(normalise(text));
      }),
    );
  });
});

describe('Text to search by', () => {
  it('is the same for HOÀ and HÒA, whatever the case', () => {
    expect([fold('Thẩm định HOÀ'), fold('thẩm định HÒA')]).to.deep.equal(['tham dinh hoa', 'tham dinh hoa']);
  });

  it('writes every Vietnamese letter with a plain one', () => {
    expect(fold('Đ đ Ă ă Â â Ê ê Ô ô Ơ ơ Ư ư Ỵ ỹ ặ ệ ợ ự')).to.equal('d d a a a a e e o o o o u u y y a e o u');
  });

  it('has single spaces', () => {
    expect(fold(' Văn\u00A0 phòng\t\nUBND\u200B Tỉnh ')).to.equal('van phong ubnd tinh');
  });

  it('does not depend on how the letters were composed', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'aăâđeêoôơuưyẵậểợựỳ HCM') }), (text) => {
        expect(fold(text.normalize('NFD'))).to.equal(fold(text.normalize('NFC')));
      }),
    );
  });

  it('does not change when folded again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(fold(fold(text))).to.equal(fold(text));
      }),
      { numRuns: 1_000 },
    );
  });
});
