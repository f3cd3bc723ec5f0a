import { expect } from 'chai';
import fc from 'fast-check';
import { builtInDefinitions } from '../../../src/domain/workflow/built-in.ts';
import { type Category, categories, type Definition } from '../../../src/domain/workflow/definition.ts';
import { mermaid, svg } from '../../../src/domain/workflow/diagram.ts';
import { layoutOf } from '../../../src/domain/workflow/diagram-layout.ts';
import { changed, commitment } from '../../support/builders.ts';

const hostile = `"><script>alert('1')</script>&amp;%%{init}%% ]]> --> [*]; \u0000\u0007\uD800 x`;

const hostileDefinition = changed(commitment, (d) => {
  d.name = { vi: hostile, en: hostile };
  for (const item of [...d.states, ...d.transitions]) item.name = { vi: hostile, en: hostile };
});

/** Enough of a reader of XML to know that tags nest, attributes are quoted and no sign is left bare. */
const wellFormed = (text: string): boolean => {
  const open: string[] = [];
  const rest = text.replace(
    /<(\/?)([a-z]+)((?: [a-z-:A-Z]+="[^"<>&]*(?:&(?:amp|lt|gt|quot|#39);[^"<>&]*)*")*)(\/?)>/g,
    (_, close, name, __, alone) => {
      if (close) {
        if (open.pop() !== name) open.push('wrong');
      } else if (!alone) open.push(name);
      return '';
    },
  );
  return open.length === 0 && !/[<>]/.test(rest) && !/&(?!(?:amp|lt|gt|quot|#39);)/.test(rest);
};

describe('the diagram of a definition', () => {
  for (const definition of builtInDefinitions)
    for (const language of ['vi', 'en'] as const) {
      it(`is well-formed XML with every name in it: ${definition.key}, ${language}`, () => {
        const picture = svg(definition, language);

        expect(wellFormed(picture)).to.equal(true);
        for (const { name } of definition.transitions) expect(picture).to.contain(`>${name[language]}<`);
        for (const { key, name } of definition.states) {
          expect(picture).to.contain(`data-state="${key}"`);
          expect(picture).to.contain(`<title>${name[language]} – `);
        }
      });

      it(`has a line of Mermaid for every state and every step: ${definition.key}, ${language}`, () => {
        const lines = mermaid(definition, language).split('\n');
        const steps = definition.transitions.reduce((sum, { from }) => sum + from.length, 0);

        expect(lines[0]).to.equal('stateDiagram-v2');
        expect(lines.filter((line) => /^ {2}state "[^"]+" as s\d+$/.test(line))).to.have.lengthOf(
          definition.states.length,
        );
        expect(lines.filter((line) => /^ {2}s\d+ --> s\d+ : /.test(line))).to.have.lengthOf(steps);
        expect(lines.filter((line) => line === '  [*] --> s0')).to.have.lengthOf(1);
      });
    }

  it('is the same every time', () => {
    expect(svg(commitment, 'vi')).to.equal(svg(structuredClone(commitment), 'vi'));
  });

  it('names each category in words beside its colour', () => {
    const picture = svg(commitment, 'vi');

    for (const word of [
      'Mới giao',
      'Đang thực hiện',
      'Chờ thẩm định',
      'Hoàn thành',
      'Không hoàn thành',
      'Dừng thực hiện',
    ])
      expect(picture.split(`>${word}</text>`).length, word).to.be.greaterThan(2);
    expect(picture).to.contain('Giữ việc: Cơ quan thẩm định');
  });

  it('escapes names that try to break out of the picture', () => {
    const picture = svg(hostileDefinition, 'vi');

    expect(wellFormed(picture)).to.equal(true);
    expect(picture).not.to.match(/<script|javascript:|\p{Cc}(?<!\n)|\p{Cs}|href|url\(/u);
  });

  it('escapes names that try to break out of the Mermaid text', () => {
    const lines = mermaid(hostileDefinition, 'vi').split('\n');

    expect(lines).to.have.lengthOf(mermaid(commitment, 'vi').split('\n').length);
    for (const line of lines.filter((text) => text.includes('script'))) {
      const [, label = ''] = /(?:state "|: )(.*?)(?:" as s\d+)?$/.exec(line) ?? [];
      expect(label.replace(/#\d+;/g, '')).not.to.match(/["<>;:{}[\]#&'\p{Cc}]|%%|-->/u);
    }
  });

  const measures = {
    boxWidth: 200,
    boxHeight: () => 80,
    gapLabel: () => ({ above: ['a'], below: ['b', 'c'], width: 120 }),
    laneLabel: () => ({ above: ['a'], below: ['b'], width: 160 }),
    lineHeight: 16,
  };

  const overlap = (a: readonly number[], b: readonly number[]): boolean => {
    const [left = 0, top = 0, right = 0, bottom = 0] = a;
    const [otherLeft = 0, otherTop = 0, otherRight = 0, otherBottom = 0] = b;
    return left < otherRight && otherLeft < right && top < otherBottom && otherTop < bottom;
  };

  const areas = (definition: Definition): readonly (readonly number[])[] => {
    const { boxes, lines } = layoutOf(definition, measures);
    return [
      ...boxes.map(({ x, y, width, height }) => [x, y, x + width, y + height]),
      ...lines.map(({ label: { x, y, width, anchor, above, below } }) => {
        const left = anchor === 'middle' ? x - width / 2 : x - width;
        return [left, y - above.length * 16, left + width, y + below.length * 16];
      }),
    ];
  };

  const clashes = (definition: Definition): number => {
    const all = areas(definition);
    return all.reduce(
      (sum, area, index) => sum + all.slice(index + 1).filter((other) => overlap(area, other)).length,
      0,
    );
  };

  for (const definition of builtInDefinitions)
    it(`lets no label lie on another or on a state: ${definition.key}`, () => {
      expect(clashes(definition)).to.equal(0);
    });

  const state = fc.record({
    category: fc.constantFrom<Category>(...categories),
    initial: fc.boolean(),
  });
  const anyDefinition = fc
    .tuple(
      fc.array(state, { maxLength: 9 }),
      fc.array(fc.tuple(fc.array(fc.nat(9), { maxLength: 4 }), fc.nat(9)), { maxLength: 14 }),
      fc.string(),
    )
    .map(([states, transitions, word]): Definition => {
      const name = { vi: word, en: word };
      return {
        ...commitment,
        states: states.map(({ category, initial }, index) => ({
          key: `s${index}`,
          name,
          category,
          ...(initial ? { initial: true as const } : {}),
        })),
        transitions: transitions.map(([from, to], index) => ({
          key: `t${index}`,
          name,
          from: from.map((source) => `s${source}`),
          to: `s${to}`,
          by: ['office'],
        })),
      };
    });

  it('can be drawn of anything, published or not, without labels on one another', () => {
    fc.assert(
      fc.property(anyDefinition, (definition) => {
        const picture = svg(definition, 'en');
        mermaid(definition, 'en');

        expect(picture).not.to.match(/NaN|Infinity|undefined/);
        expect(wellFormed(picture)).to.equal(true);
        expect(clashes(definition)).to.equal(0);
      }),
      { numRuns: 150 },
    );
  });
});
