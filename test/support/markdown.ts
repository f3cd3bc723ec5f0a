// Markdown as the tests of the documentation read it.

import { readdirSync } from 'node:fs';
import path from 'node:path';

/** The documents of the project, relative to its root. */
export const filesUnder = (root: string): readonly string[] => [
  ...readdirSync(root).filter((name) => name.endsWith('.md')),
  ...readdirSync(path.join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => path.join('docs', name)),
];

export interface Example {
  /** From 1, as an editor counts. */
  readonly line: number;
  readonly script: string;
  /** What the text block right after it shows; … stands for anything. */
  readonly shown?: string;
}

const fence = /^```(\w+)\n([\s\S]*?)^```$/gm;

/** The bash blocks of a document in their order, each with its output. */
export const examplesOf = (markdown: string): readonly Example[] => {
  const blocks = [...markdown.matchAll(fence)].map((match) => ({
    from: match.index,
    to: match.index + match[0].length,
    language: match[1] ?? '',
    body: match[2] ?? '',
  }));
  return blocks.flatMap(({ from, to, language, body }, index) => {
    if (language !== 'bash') return [];
    const next = blocks[index + 1];
    const follows = next?.language === 'text' && markdown.slice(to, next.from).trim() === '';
    return [
      {
        line: markdown.slice(0, from).split('\n').length,
        script: body,
        ...(follows ? { shown: next.body } : {}),
      },
    ];
  });
};

/** Whether an output is the one shown, line ends and trailing blanks aside. */
export const looksLike = (shown: string, output: string): boolean => {
  const pattern = shown
    .trim()
    .split('…')
    .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('[\\s\\S]*?');
  return new RegExp(`^${pattern}$`).test(output.trim());
};
