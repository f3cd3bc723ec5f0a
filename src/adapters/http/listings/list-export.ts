// Every list as a file: `format` is added to the route that answers the screen, and the file is made of what that route answers, so
// that the two cannot say different things. Which columns a list has is said in the tables beside this file.

import { z } from 'zod';
import { type BookFormat, bookFormats, type Cell, dayText, listSheet, momentText } from '../../../application/book.ts';
import { asciiWords } from '../../../domain/documents/paper.ts';
import { Refusal } from '../../../domain/refusal.ts';
import { type BookParts, exportedBook } from '../exported-file.ts';
import type { Call, Reply, Route } from '../route.ts';

/** An answer as programs read it. */
export type Body = Readonly<Record<string, unknown>>;

/** A day, a moment, a rate in per cent, or words for codes. */
export type As = 'day' | 'moment' | 'percent' | Readonly<Record<string, string>>;

export interface Column {
  readonly title: string;
  readonly width: number;
  /** Where the value stands in an item: `counts.done`. */
  readonly of: string;
  readonly as?: As;
}

export interface Listing {
  readonly title: string;
  /** Absent: the items of the answer. */
  readonly items?: (body: Body) => readonly Body[];
  readonly columns: readonly Column[] | ((body: Body) => readonly Column[]);
}
/** By "get /path". */
export type Listings = Readonly<Record<string, Listing>>;

export const column = (title: string, width: number, of: string, as?: As): Column => ({
  title,
  width,
  of,
  ...(as === undefined ? {} : { as }),
});

export interface ListExportParts extends BookParts {
  /** In which moments are told. */
  readonly zone: string;
}

/** @throws Error when a listing names no route */
export const withExports = (parts: ListExportParts, routes: readonly Route[], listings: Listings): readonly Route[] => {
  const open = new Set(Object.keys(listings));
  const all = routes.map((spec) => {
    const listing = listings[nameOf(spec)];
    open.delete(nameOf(spec));
    return listing ? exporting(parts, spec, listing) : spec;
  });
  if (open.size > 0) throw new Error(`No route is called ${[...open].join(', ')}.`);
  return all;
};

const nameOf = ({ method, path }: Route): string => `${method} ${path}`;

const mostRows = 10_000;
const perPage = 100;

const exporting = (parts: ListExportParts, spec: Route, listing: Listing): Route => {
  const asked = (spec.query ?? z.strictObject({})) as z.ZodObject;
  const pages = 'cursor' in asked.shape;
  /** Answers with the first rows only. */
  const isBounded = 'limit' in asked.shape && !pages;
  return {
    ...spec,
    description: [
      spec.description,
      `With format=csv or xlsx the same rows as a file that says of when they are${pages ? `, all pages together, at most ${mostRows} rows` : ''}.`,
    ]
      .filter(Boolean)
      .join(' '),
    query: asked.extend({ format: z.enum(['json', ...bookFormats]).default('json') }),
    handle: async (call) => {
      const { format, ...query } = call.query as Body & { readonly format: BookFormat | 'json' };
      if (format === 'json') return spec.handle({ ...call, query });
      const read = async (more: Body): Promise<Body> =>
        bodyOf(await spec.handle({ ...call, query: { ...query, ...more } }));
      const body = await read(pages ? { limit: perPage, cursor: undefined } : isBounded ? { limit: perPage } : {});
      const items = [...itemsOf(listing, body)];
      for (let next = pages ? body.next : null; next != null; ) {
        if (items.length >= mostRows) throw new Refusal('export.too_large', { most: mostRows });
        const page = await read({ limit: perPage, cursor: next });
        items.push(...itemsOf(listing, page));
        next = page.next;
      }
      const cut = isBounded && items.length === perPage ? ` Chỉ gồm ${perPage} dòng đầu.` : '';
      return file(parts, call, spec, { format, listing, body, items, cut });
    },
  };
};

/** As it would have been sent. */
const bodyOf = ({ body }: Reply): Body => JSON.parse(JSON.stringify(body)) as Body;
const itemsOf = ({ items }: Listing, body: Body): readonly Body[] =>
  items ? items(body) : (body.items as readonly Body[]);

interface Found {
  readonly format: BookFormat;
  readonly listing: Listing;
  readonly body: Body;
  readonly items: readonly Body[];
  /** What is said where rows are left off. */
  readonly cut: string;
}

const file = (
  parts: ListExportParts,
  { actor, params, query }: Call,
  spec: Route,
  { format, listing, body, items, cut }: Found,
): Promise<Reply> => {
  const now = parts.clock.now();
  const columns = typeof listing.columns === 'function' ? listing.columns(body) : listing.columns;
  const about = Object.values((params ?? {}) as Readonly<Record<string, unknown>>).map(String);
  const object = spec.path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => String((params as Body)[name]));
  const { format: _format, limit: _limit, cursor: _cursor, ...filter } = query as Body;
  const book = {
    fileName: [asciiWords(listing.title), ...about.map(asciiWords), dayAt(now, parts.zone)].join('_'),
    sheets: [
      listSheet({
        name: 'Danh sách',
        title: listing.title,
        note: whenLine(body, now, parts.zone, items.length) + cut,
        columns: [{ title: 'STT', width: 6 }, ...columns],
        rows: items.map((item, index) => [index + 1, ...columns.map((each) => cellOf(item, each, parts.zone))]),
      }),
    ],
  };
  return exportedBook(
    parts,
    { actor, action: 'list.exported', object: `list ${object}`, detail: { rows: items.length, filter } },
    book,
    format,
  );
};

const dayAt = (now: Date, zone: string): string =>
  momentText(now.toISOString(), zone).slice(-10).split('/').reverse().join('-');

/** Of when the rows are: what the answer says of itself, and the moment at which it was asked. */
const whenLine = ({ asOf, from, to, knownAt, notice }: Body, now: Date, zone: string, rows: number): string => {
  const until = typeof asOf === 'string' ? asOf : typeof to === 'string' ? to : undefined;
  const known = momentText(typeof knownAt === 'string' ? knownAt : now.toISOString(), zone);
  const span = typeof from === 'string' && typeof to === 'string' ? `từ ngày ${dayText(from)} ` : '';
  const days = until === undefined ? '' : ` ${span}đến hết ngày ${dayText(until)},`;
  return [`Số liệu${days} theo dữ liệu ghi nhận đến ${known}: ${rows} dòng.`, notice].filter(Boolean).join(' ');
};

const cellOf = (item: Body, { of, as }: Column, zone: string): Cell => {
  const value = valueAt(item, of);
  if (value === undefined || value === null) return null;
  if (as === 'day' && typeof value === 'string') return { day: value };
  if (as === 'moment' && typeof value === 'string') return momentText(value, zone);
  if (as === 'percent' && typeof value === 'number') return { percent: value };
  if (typeof value === 'number') return value;
  if (Array.isArray(value)) return value.map((each) => worded(each, as)).join('; ') || null;
  return worded(value, as);
};

const valueAt = (item: Body, path: string): unknown =>
  path.split('.').reduce<unknown>((at, key) => {
    if (at === null || typeof at !== 'object') return undefined;
    return Object.hasOwn(at, key) ? (at as Body)[key] : undefined;
  }, item);

const worded = (value: unknown, as: As | undefined): string => {
  if (typeof value === 'boolean') return value ? 'Có' : 'Không';
  if (typeof value === 'object') return JSON.stringify(value);
  const text = String(value);
  return typeof as === 'object' && Object.hasOwn(as, text) ? (as[text] as string) : text;
};
