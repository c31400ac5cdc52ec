import {
  type AttributeValue,
  BatchGetItemCommand,
  type BatchGetItemCommandInput,
  type BatchGetItemCommandOutput,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';

type Key = Record<string, AttributeValue>;

export interface Tear {
  /** Which keys are read before `meanwhile`; the others are read after it. */
  readonly isReadFirst: (key: Key) => boolean;
  readonly meanwhile: () => Promise<unknown>;
}

/**
 * Makes the client's first BatchGetItem a torn one, as it may be: each item is read consistently, but not all
 * at the same moment.
 */
export function tearFirstRead(client: DynamoDBClient, { isReadFirst, meanwhile }: Tear): void {
  let isTorn = false;
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        if (isTorn || commandName !== BatchGetItemCommand.name) {
          return await next(args);
        }
        isTorn = true;
        const read = async (keep: (key: Key) => boolean) => {
          const input = withKeys(args.input as BatchGetItemCommandInput, keep);
          const answer = await next({ ...args, input });
          return { answer, output: answer.output as BatchGetItemCommandOutput };
        };
        const first = await read(isReadFirst);
        await meanwhile();
        const second = await read((key) => !isReadFirst(key));
        const [[table = '', items = []] = []] = Object.entries(first.output.Responses ?? {});
        const Responses = { [table]: [...items, ...(second.output.Responses?.[table] ?? [])] };
        return { ...second.answer, output: { ...second.output, Responses } };
      },
    { step: 'initialize', name: 'tearFirstRead' },
  );
}

function withKeys(input: BatchGetItemCommandInput, keep: (key: Key) => boolean): BatchGetItemCommandInput {
  const tables = Object.entries(input.RequestItems ?? {});
  return {
    RequestItems: Object.fromEntries(
      tables.map(([table, { Keys = [], ...options }]) => [table, { ...options, Keys: Keys.filter(keep) }]),
    ),
  };
}
