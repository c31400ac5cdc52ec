import { expect, test } from '@jest/globals';
import { type Page, pagesOf } from '../../client/index.ts';

test('pages follow each other to the last, short and empty ones too', async () => {
  const pages: Readonly<Record<string, Page & { readonly items: readonly number[] }>> = {
    first: { items: [1, 2], cursor: 'b' },
    b: { items: [], cursor: 'c' },
    c: { items: [3] },
  };
  const asked: unknown[] = [];
  const items: number[] = [];
  const read = async (position: { readonly cursor?: string }) => {
    asked.push(position);
    return pages[position.cursor ?? 'first'] ?? { items: [] };
  };
  for await (const page of pagesOf(read)) items.push(...page.items);
  expect(items).toEqual([1, 2, 3]);
  expect(asked).toEqual([{}, { cursor: 'b' }, { cursor: 'c' }]);
});
