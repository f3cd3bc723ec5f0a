// The colours of the console, reckoned from its style sheet: contrast by WCAG 2, and how far apart the colours of
// states stay for people who see colours otherwise (Machado, Oliveira and Fernandes 2009, at full severity).

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';

type Rgb = readonly [number, number, number];

const sheet = readFileSync(path.join(import.meta.dirname, '../../web/src/styles/tokens.css'), 'utf8');
const tokensIn = (selector: string): Record<string, string> => {
  const start = sheet.indexOf(`${selector} {`);
  const block = sheet.slice(start, sheet.indexOf('}', start));
  return Object.fromEntries(
    [...block.matchAll(/--([\w-]+): (#[0-9a-f]{3,6});/g)].map(([, name, value]) => [name, value]),
  );
};
const light = tokensIn(':root');
const themes = { light, dark: { ...light, ...tokensIn(':root[data-theme="dark"]') } };

/** 0 to 1 each, as it lights up. */
const linear = (hex: string): Rgb => {
  const long = hex.length === 4 ? hex.replace(/[0-9a-f]/g, '$&$&') : hex;
  return [1, 3, 5].map((at) => {
    const value = Number.parseInt(long.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as unknown as Rgb;
};

const times = (matrix: readonly Rgb[], [a, b, c]: Rgb): Rgb =>
  matrix.map(([x, y, z]) => x * a + y * b + z * c) as unknown as Rgb;

const contrast = (one: string, other: string): number => {
  const [most = 0, least = 0] = [one, other]
    .map(linear)
    .map(([red, green, blue]) => 0.2126 * red + 0.7152 * green + 0.0722 * blue)
    .toSorted((a, b) => b - a);
  return (most + 0.05) / (least + 0.05);
};

const oklab = (rgb: Rgb): Rgb => {
  const [l, m, s] = times(
    [
      [0.4122214708, 0.5363325363, 0.0514459929],
      [0.2119034982, 0.6806995451, 0.1073969566],
      [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    rgb,
  ).map(Math.cbrt) as unknown as Rgb;
  return times(
    [
      [0.2104542553, 0.793617785, -0.0040720468],
      [1.9779984951, -2.428592205, 0.4505937099],
      [0.0259040371, 0.7827717662, -0.808675766],
    ],
    [l, m, s],
  );
};

const sights: Readonly<Record<string, readonly Rgb[]>> = {
  'ordinary sight': [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

const within = (value: number): number => Math.min(1, Math.max(0, value));
const distance = (one: string, other: string, sight: readonly Rgb[]): number => {
  const [a, b] = [one, other].map((hex) => oklab(times(sight, linear(hex)).map(within) as unknown as Rgb)) as [
    Rgb,
    Rgb,
  ];
  return 100 * Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
};

const states = ['assigned', 'in_progress', 'awaiting_appraisal', 'done', 'not_done', 'stopped'];

describe('C8: The colours of the console', () => {
  for (const [theme, tokens] of Object.entries(themes)) {
    const colour = (name: string): string => {
      const value = tokens[name];
      if (value === undefined) throw new Error(`There is no --${name}.`);
      return value;
    };
    const least = (pairs: readonly (readonly [string, string])[], wanted: number): void => {
      expect(
        pairs
          .map(([one, other]) => ({ pair: `${one} on ${other}`, ratio: contrast(colour(one), colour(other)) }))
          .filter(({ ratio }) => ratio < wanted)
          .map(({ pair, ratio }) => `${pair}: ${ratio.toFixed(2)}`),
      ).to.deep.equal([]);
    };

    it(`are read easily, ${theme}: texts at least 4.5 : 1`, () => {
      const grounds = ['bg', 'surface', 'surface-2'];
      least(
        [
          ...grounds.flatMap((ground) => ['text', 'text-2', 'danger', 'accent'].map((text) => [text, ground] as const)),
          ...['accent-soft', 'danger-soft', 'warn-soft', 'ok-soft'].map((ground) => ['text', ground] as const),
          ['danger', 'danger-soft'],
          ['accent', 'accent-soft'],
          ['accent-text', 'accent'],
          ...states.map((state) => [`on-${state}`, `st-${state}`] as const),
        ],
        4.5,
      );
    });

    it(`are seen easily, ${theme}: marks of states, edges of fields and the focus at least 3 : 1`, () => {
      least(
        [
          ...states.map((state) => [`st-${state}`, 'surface'] as const),
          ['line-2', 'surface'],
          ['focus', 'surface'],
          ['focus', 'bg'],
        ],
        3,
      );
    });

    for (const [sight, matrix] of Object.entries(sights))
      it(`stay apart, ${theme}, with ${sight}: any two states at least 10 in OKLab`, () => {
        const close = states.flatMap((one, index) =>
          states
            .slice(index + 1)
            .map((other) => ({ one, other, far: distance(colour(`st-${one}`), colour(`st-${other}`), matrix) }))
            .filter(({ far }) => far < 10)
            .map(({ other, far }) => `${one} and ${other}: ${far.toFixed(1)}`),
        );
        expect(close).to.deep.equal([]);
      });
  }

  it('are reckoned rightly: known contrasts, and a pair that nobody with protanopia tells apart', () => {
    expect(contrast('#000', '#fff')).to.equal(21);
    expect(contrast('#777', '#fff').toFixed(2)).to.equal('4.48');
    expect(distance('#c00000', '#5a4a00', sights.protanopia ?? [])).to.be.below(10);
    expect(distance('#c00000', '#5a4a00', sights['ordinary sight'] ?? [])).to.be.greaterThan(15);
  });
});
