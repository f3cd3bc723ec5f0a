import { expect } from 'chai';
import { unstorableText } from '../../../src/adapters/http/unstorable-text.ts';

describe('A text that cannot be stored', () => {
  it('is found wherever it stands, by its JSON pointer', () => {
    expect(unstorableText(JSON.parse('{"fields": {"a/b": ["x", "\\u0000"]}}'))).to.equal('/fields/a~1b/1');
    expect(unstorableText(JSON.parse('{"title": "\\ud800"}'))).to.equal('/title');
    expect(unstorableText(JSON.parse('{"fields": {"\\udc00": 1}}'))).to.equal('/fields');
    expect(unstorableText('\0')).to.equal('');
  });

  it('is not seen in what people write', () => {
    expect(unstorableText({ title: 'Đề án 06 😀\n', n: 1, list: [null, true, 'é'] })).to.equal(undefined);
    expect(unstorableText(undefined)).to.equal(undefined);
  });
});
