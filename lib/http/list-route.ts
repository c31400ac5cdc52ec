import { negotiate } from './accept.ts';
import { writeCsv } from './csv.ts';
import { writeNdjson } from './ndjson.ts';
import { type Answer, ProblemError } from './problem.ts';
import { isTooLarge } from './reply.ts';
import type { ApiRequest } from './request.ts';

/** A page of a list; without a cursor it is the last one. */
export interface ListPage<T> {
  readonly items: readonly T[];
  readonly cursor: string | null;
}

/** How a list is put into a file. */
export interface ListFile<T> {
  /** Without an ending. Letters, digits and `_.@-` only. */
  readonly name: (request: ApiRequest) => string;
  /** The columns of CSV, each a member of an item or, after a dot, a member of that. Rows of one list never differ in them. */
  readonly columns: readonly MemberPath<T>[];
}

/** The members of an object by their names, those of nested objects after a dot. */
export type MemberPath<T> = {
  [K in keyof T & string]: NonNullable<T[K]> extends Leaf ? K : `${K}.${MemberPath<NonNullable<T[K]>>}`;
}[keyof T & string];

type Leaf = string | number | boolean;

const OFFERS = ['application/json', 'text/csv', 'application/x-ndjson'] as const;
type Offer = (typeof OFFERS)[number];

/**
 * A route that answers a list as the caller wants it: JSON, CSV or NDJSON. Each page names the next one in `Link`
 * (RFC 8288). A page that would be too large to be answered is read again, shorter.
 */
export function listRoute<T extends object, D>(
  file: ListFile<T>,
  readPage: (request: ApiRequest, deps: D) => Promise<ListPage<T>>,
): (request: ApiRequest, deps: D) => Promise<Answer> {
  return async (request, deps) => {
    const offer = wantedFormat(request);
    const read = async (asked: ApiRequest): Promise<Answer> => {
      const page = await readPage(asked, deps);
      const answer = pageAnswer(offer, { request, page, file });
      const fewer = Math.floor(page.items.length / 2);
      return fewer > 0 && isTooLarge(answer.text)
        ? await read({ ...asked, query: { ...asked.query, limit: String(fewer) } })
        : answer;
    };
    return await read(request);
  };
}

function wantedFormat({ headers }: ApiRequest): Offer {
  const offer = negotiate(headers['accept'], OFFERS);
  if (offer === null) {
    throw new ProblemError('not_acceptable', `Let "Accept" take one of ${OFFERS.join(', ')}.`);
  }
  return offer;
}

interface PageAnswer<T> {
  readonly request: ApiRequest;
  readonly page: ListPage<T>;
  readonly file: ListFile<T>;
}

function pageAnswer<T extends object>(offer: Offer, { request, page, file }: PageAnswer<T>) {
  const { items, cursor } = page;
  const link = cursor === null ? {} : { link: `<${pathOfPage(request, cursor)}>; rel="next"` };
  const attached = (ending: string) => ({
    'content-disposition': `attachment; filename="${file.name(request)}.${ending}"`,
  });
  switch (offer) {
    case 'application/json': {
      const text = JSON.stringify({ items, ...(cursor !== null && { cursor }) });
      return { status: 200, contentType: offer, headers: link, text };
    }
    case 'text/csv': {
      const isFirst = request.query['cursor'] === undefined;
      const rows = items.map((item) => file.columns.map((column) => cellAt(item, column)));
      const contentType = `text/csv; charset=utf-8; header=${isFirst ? 'present' : 'absent'}`;
      const text = writeCsv(isFirst ? [file.columns, ...rows] : rows);
      return { status: 200, contentType, headers: { ...link, ...attached('csv') }, text };
    }
    case 'application/x-ndjson': {
      const headers = { ...link, ...attached('ndjson') };
      return { status: 200, contentType: offer, headers, text: writeNdjson(items) };
    }
  }
}

/** The path of the next page, with whatever else the query says. */
function pathOfPage({ routeKey, path, query }: ApiRequest, cursor: string): string {
  const [, template = ''] = routeKey.split(' ');
  const target = template.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(path[name] ?? ''));
  return `${target}?${new URLSearchParams({ ...query, cursor } as Record<string, string>)}`;
}

/** The text of a member; empty for what is null or not there. */
function cellAt(item: object, column: string): string {
  const value = column
    .split('.')
    .reduce<unknown>((node, name) => (node as Record<string, unknown> | null | undefined)?.[name], item);
  return String(value ?? '');
}
