import { expect, test } from '@jest/globals';
import { domainOf, providerOf } from '../../lib/policy/provider.ts';

test.each([
  ['gmail.com', 'gmail.com'],
  ['googlemail.com', 'gmail.com'],
  ['hotmail.co.uk', 'outlook.com'],
  ['live.fr', 'outlook.com'],
  ['msn.com', 'outlook.com'],
  ['yahoo.co.jp', 'yahoo.com'],
  ['aol.com', 'yahoo.com'],
  ['me.com', 'icloud.com'],
  ['web.de', 'gmx.net'],
  ['ya.ru', 'yandex.ru'],
  ['pm.me', 'proton.me'],
  ['vip.qq.com', 'qq.com'],
  ['126.com', '163.com'],
  ['wanadoo.fr', 'orange.fr'],
])('%s belongs to %s', (domain, provider) => {
  expect(providerOf(domain)).toBe(provider);
});

test.each(['bank.example', 'notgmail.com', 'gmail.com.example', 'live.example.com', 'mail.example'])(
  '%s is its own provider',
  (domain) => {
    expect(providerOf(domain)).toBe(domain);
  },
);

test('the domain of an address stands behind its last at sign', () => {
  expect(domainOf('"a@b"@example.com')).toBe('example.com');
});
