import { expect, test } from '@jest/globals';
import { domainOf, providerOf } from '../../lib/policy/provider.ts';

const DOMAINS = [
  ['gmail.com', 'gmail.com'],
  ['googlemail.com', 'gmail.com'],
  ['hotmail.co.uk', 'outlook.com'],
  ['live.fr', 'outlook.com'],
  ['msn.com', 'outlook.com'],
  ['passport.com', 'outlook.com'],
  ['yahoo.de', 'yahoo.com'],
  ['yahoo.co.jp', 'yahoo.com'],
  ['aol.com', 'yahoo.com'],
  ['ymail.com', 'yahoo.com'],
  ['me.com', 'icloud.com'],
  ['gmx.de', 'gmx.net'],
  ['web.de', 'gmx.net'],
  ['bk.ru', 'mail.ru'],
  ['yandex.com', 'yandex.ru'],
  ['yandex.com.tr', 'yandex.ru'],
  ['ya.ru', 'yandex.ru'],
  ['pm.me', 'proton.me'],
  ['protonmail.ch', 'proton.me'],
  ['qq.com', 'qq.com'],
  ['vip.qq.com', 'qq.com'],
  ['126.com', '163.com'],
  ['yeah.net', '163.com'],
  ['wanadoo.fr', 'orange.fr'],
] as const;

test.each(DOMAINS)('%s belongs to %s', (domain, provider) => {
  expect(providerOf(domain)).toBe(provider);
});

test.each(DOMAINS.flatMap(([domain]) => [`not${domain}`, `${domain}.example`]))(
  'nobody else has %s',
  (domain) => {
    expect(providerOf(domain)).toBe(domain);
  },
);

test.each(['bank.example', 'notgmail.com', 'gmail.com.example', 'live.example.com', 'mail.example'])(
  '%s is its own provider',
  (domain) => {
    expect(providerOf(domain)).toBe(domain);
  },
);

test('the domain of an address stands behind its last at sign', () => {
  expect(domainOf('"a@b"@example.com')).toBe('example.com');
});
