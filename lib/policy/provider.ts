/** The domains of one mail provider, by its name: the most used of them. Only those that are plain from the domain itself. */
const PROVIDERS: Readonly<Record<string, RegExp>> = {
  'gmail.com': /^(?:gmail|googlemail)\.com$/,
  'outlook.com': /^(?:(?:outlook|hotmail|live)\.(?:[a-z]{2,3}|com?\.[a-z]{2})|msn\.com|passport\.com)$/,
  'yahoo.com': /^(?:yahoo\.(?:[a-z]{2,3}|com?\.[a-z]{2})|(?:ymail|rocketmail|aol|aim)\.com)$/,
  'icloud.com': /^(?:icloud|me|mac)\.com$/,
  'gmx.net': /^(?:gmx\.[a-z]{2,3}|web\.de|mail\.com)$/,
  'mail.ru': /^(?:mail|bk|inbox|list|internet)\.ru$/,
  'yandex.ru': /^(?:yandex\.(?:[a-z]{2,3}|com\.tr)|ya\.ru|narod\.ru)$/,
  'proton.me': /^(?:proton\.me|protonmail\.(?:com|ch)|pm\.me)$/,
  'qq.com': /^(?:(?:vip\.)?qq|foxmail)\.com$/,
  '163.com': /^(?:163|126)\.com$|^yeah\.net$/,
  'orange.fr': /^(?:orange|wanadoo)\.fr$/,
};

/** Who runs the mailboxes of a recipient domain, by the provider's best known domain; else the domain itself. */
export function providerOf(domain: string): string {
  return Object.entries(PROVIDERS).find(([, domains]) => domains.test(domain))?.[0] ?? domain;
}

/** The domain of a canonical address. */
export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1);
}
