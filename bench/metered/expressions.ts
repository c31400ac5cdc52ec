import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { StoredItem } from './item-size.ts';

/** An expression with what its placeholders stand for. */
export interface Placeholders {
  readonly ExpressionAttributeNames?: Record<string, string> | undefined;
  readonly ExpressionAttributeValues?: Record<string, AttributeValue> | undefined;
}

/** Whether a condition holds for an item, of those forms that Rebound uses: no parentheses, AND before OR. */
export function holds(condition: string, item: StoredItem | undefined, placeholders: Placeholders): boolean {
  const found = item ?? {};
  return condition
    .split(' OR ')
    .some((all) => all.split(' AND ').every((term) => termHolds(term, found, placeholders)));
}

function termHolds(term: string, item: StoredItem, placeholders: Placeholders): boolean {
  const [, exists, name = ''] = /^(attribute_exists|attribute_not_exists)\((#\w+)\)$/.exec(term) ?? [];
  if (exists !== undefined) {
    return nameOf(name, placeholders) in item === (exists === 'attribute_exists');
  }
  const [, left = '', operator, right = ''] = /^(#\w+) (=|<|<=) (:\w+)$/.exec(term) ?? [];
  const value = plain(item[nameOf(left, placeholders)]);
  const other = plain(placeholders.ExpressionAttributeValues?.[right]);
  if (operator === undefined) throw new TypeError(`A condition of this form is not known: ${term}`);
  if (value === undefined || other === undefined) return false;
  return operator === '=' ? value === other : operator === '<' ? value < other : value <= other;
}

/** The item after an update with SET, REMOVE and ADD of numbers. */
export function updated(expression: string, item: StoredItem, placeholders: Placeholders): StoredItem {
  const next: Record<string, AttributeValue> = { ...item };
  for (const clause of expression.split(/ (?=SET |REMOVE |ADD )/)) {
    const [, verb, actions = ''] = /^(SET|REMOVE|ADD) (.*)$/.exec(clause) ?? [];
    for (const action of actions.split(', ')) {
      const [name = '', value = ''] = action.split(/ = | /);
      const attribute = nameOf(name, placeholders);
      const given = placeholders.ExpressionAttributeValues?.[value];
      if (verb === 'REMOVE') delete next[attribute];
      else if (given === undefined) throw new TypeError(`An update of this form is not known: ${action}`);
      else
        next[attribute] =
          verb === 'SET' ? given : { N: String(Number(next[attribute]?.N ?? 0) + Number(given.N)) };
    }
  }
  return next;
}

export function nameOf(placeholder: string, { ExpressionAttributeNames: names }: Placeholders): string {
  return names?.[placeholder] ?? placeholder;
}

function plain(value: AttributeValue | undefined): string | number | undefined {
  return value?.S ?? (value?.N === undefined ? undefined : Number(value.N));
}
