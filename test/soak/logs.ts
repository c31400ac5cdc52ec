import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { ROUTES } from '../../infra/routes.ts';
import { localClient } from '../../local/aws-clients.ts';
import { ADDRESSES } from '../fuzz/wild-values.ts';
import { startInstance } from '../local/instance.ts';
import { ROUTE_ROWS } from '../security/route-rows.ts';
import { bounce, failed } from '../ses/build.ts';
import { readableAddressesIn } from '../support/readable-addresses.ts';

// The stack on this machine, asked by every route about every address, and told of bounces; then all that it printed and
// logged is searched for each address, as it is written, in capitals, in a link and in base64.
// node test/soak/logs.ts

const instance = startInstance(['--empty']);
try {
  process.exitCode = await run();
} finally {
  await instance.clear();
}

async function run(): Promise<number> {
  const { apiUrl, topicArn, endpoints } = await instance.ready();
  await tell(endpoints.sns, topicArn);
  let asked = 0;
  for (const address of ADDRESSES) {
    for (const { method, path } of ROUTES) {
      await ask(`${apiUrl}${pathOf(path, address)}`, method, `${method} ${path}`, address);
      asked += 1;
    }
  }
  // What is in the queues is worked off meanwhile.
  await sleep(5_000);
  const printed = [instance.stdout(), instance.stderr(), ...logsIn(instance.stateDir)].join('\n');
  const found = [...readableAddressesIn(printed), ...ADDRESSES.filter((address) => holds(printed, address))];
  const lines = printed.split('\n').length;
  console.log(
    `logs: ${asked} requests about ${ADDRESSES.length} addresses, ${lines} lines printed, ${found.length} hits`,
  );
  for (const one of found.slice(0, 20)) console.error(`  ${one}`);
  return lines > asked && found.length === 0 ? 0 : 1;
}

async function tell(endpoint: string, TopicArn: string): Promise<void> {
  const sns = new SNSClient(localClient(endpoint));
  for (const address of ADDRESSES) {
    const told = bounce(
      { feedbackId: `about ${address}`, bouncedRecipients: [failed(address)] },
      { destination: [address], tags: { campaign: ['spring'] } },
    );
    await sns.send(new PublishCommand({ TopicArn, Message: JSON.stringify(told) }));
  }
  await sns.send(new PublishCommand({ TopicArn, Message: `Not JSON, from ${ADDRESSES[0]}` }));
  sns.destroy();
}

async function ask(url: string, method: string, key: string, address: string): Promise<void> {
  const { query = '', body } = ROUTE_ROWS[key] ?? {};
  const named = JSON.stringify(body ?? {}).replaceAll(
    /[\w.+-]+@example\.com/g,
    JSON.stringify(address).slice(1, -1),
  );
  const response = await fetch(`${url}?${query}`, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(method !== 'GET' && { body: named }),
  });
  await response.arrayBuffer();
}

function pathOf(path: string, address: string): string {
  return path
    .replace('{account}', 'default')
    .replace('{campaign}', 'spring')
    .replace('{address}', `~${Buffer.from(address).toString('base64url')}`);
}

function logsIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.log'))
    .map((name) => readFileSync(join(folder, name), 'utf8'));
}

function holds(printed: string, address: string): boolean {
  const forms = [address, encodeURIComponent(address), Buffer.from(address).toString('base64url')];
  return forms.some((form) => printed.toLowerCase().includes(form.toLowerCase()));
}
