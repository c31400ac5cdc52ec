import type { AttributeValue } from '@aws-sdk/client-dynamodb';

export type StoredItem = Readonly<Record<string, AttributeValue>>;

/** Octets that a list or a map takes besides its members, and each member besides itself. */
const OF_COLLECTION = 3;
const OF_MEMBER = 1;

/** What an item weighs, in octets. Source: Amazon DynamoDB Developer Guide, "DynamoDB item sizes and formats". */
export function itemSize(item: StoredItem): number {
  return sumOf(Object.entries(item), ([name, value]) => octets(name) + valueSize(value));
}

function valueSize(value: AttributeValue): number {
  if (value.S !== undefined) return octets(value.S);
  if (value.N !== undefined) return numberSize(value.N);
  if (value.L !== undefined) return OF_COLLECTION + sumOf(value.L, (member) => OF_MEMBER + valueSize(member));
  if (value.M !== undefined) {
    const members = Object.entries(value.M);
    return OF_COLLECTION + sumOf(members, ([name, member]) => OF_MEMBER + octets(name) + valueSize(member));
  }
  if (value.BOOL !== undefined || value.NULL !== undefined) return 1;
  throw new TypeError(`Rebound stores nothing of the type ${Object.keys(value).join()}.`);
}

/** About one octet for two significant digits, and one more. */
function numberSize(digits: string): number {
  const significant = digits.replace(/^-|\./g, '').replace(/^0+|0+$/g, '');
  return Math.ceil(significant.length / 2) + 1 + (digits.startsWith('-') ? 1 : 0);
}

function octets(text: string): number {
  return Buffer.byteLength(text);
}

function sumOf<T>(list: readonly T[], sizeOf: (member: T) => number): number {
  return list.reduce((sum, member) => sum + sizeOf(member), 0);
}
