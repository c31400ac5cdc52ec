import type { ExampleRow } from './examples.ts';

/** The account that the examples belong to, and what they register for it. */
export const EXAMPLE_ACCOUNT = 'default';
export const EXAMPLE_SETTINGS = { contacts: 1200, sendingIdentities: ['example.com'] } as const;

const UNBOUNCEABLE = 'mia.falk@bank.example';
const RECIPIENTS = ['nora.lind@example.net', UNBOUNCEABLE, 'tom.berg@example.org', 'ada@example.com'];

/** The rows in columns; a file that tells of several addresses is named once. */
export function formatRows(rows: readonly ExampleRow[]): string {
  const fileWidth = Math.max(...rows.map(({ file }) => file.length));
  const addressWidth = Math.max(...rows.map(({ address }) => address.length));
  return rows
    .map(({ file, address, effect }, index) => {
      const shownFile = rows[index - 1]?.file === file ? '' : file;
      return `  ${shownFile.padEnd(fileWidth)}  ${address.padEnd(addressWidth)}  ${effect}`;
    })
    .join('\n');
}

/** Three calls to paste: filter, look at one address, unbounce it. */
export function curlLines(apiUrl: string): { readonly title: string; readonly line: string }[] {
  const account = `${apiUrl}/v1/accounts/${EXAMPLE_ACCOUNT}`;
  const post = (url: string, body: object) =>
    `curl -s ${url} -H 'content-type: application/json' -d '${JSON.stringify(body)}'`;
  const evidence = { kind: 'replied', note: 'Mia wrote to us from this address' };
  return [
    {
      title: 'Whom may this mail go to?',
      line: post(`${account}/recipients/filter`, { recipients: RECIPIENTS }),
    },
    { title: 'Why not to this one?', line: `curl -s ${account}/suppressions/${UNBOUNCEABLE}` },
    {
      title: 'Give it its second chance',
      line: post(`${account}/suppressions/${UNBOUNCEABLE}/unbounce`, { confirmedValid: true, evidence }),
    },
  ];
}
