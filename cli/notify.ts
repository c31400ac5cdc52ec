import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { localClient } from '../local/aws-clients.ts';
import { stateDirOf } from '../local/options.ts';
import { readState } from '../local/state-file.ts';
import { NotificationFileError, parseNotifications } from './notification-file.ts';
import {
  NOTIFY_HELP,
  type NotifyOptions,
  NotifyUsageError,
  parseNotifyOptions,
  regionOf,
} from './notify-options.ts';

interface Target {
  readonly sns: SNSClient;
  readonly topicArn: string;
}

/** Nothing could be published; the message says why. */
class NotifyError extends Error {
  override readonly name = 'NotifyError';
}

process.exitCode = await main().catch((error: unknown) => {
  const isExpected = error instanceof NotifyError || error instanceof NotificationFileError;
  console.error(isExpected ? error.message : error);
  return 1;
});

async function main(): Promise<number> {
  let options: NotifyOptions | 'help';
  try {
    options = parseNotifyOptions(process.argv.slice(2));
  } catch (error) {
    if (!(error instanceof NotifyUsageError)) throw error;
    console.error(`${error.message}\n\n${NOTIFY_HELP}`);
    return 2;
  }
  if (options === 'help') {
    console.log(NOTIFY_HELP);
    return 0;
  }
  await publishFiles(options);
  return 0;
}

/** Reads every file before the first message is published, so a bad one publishes nothing. */
async function publishFiles({ files, topicArn, raw }: NotifyOptions): Promise<void> {
  const parsed = files.map((file) => {
    const text = readText(file);
    return { file, messages: raw ? [text] : parseNotifications(text, file) };
  });
  const target = topicArn === null ? localTarget() : remoteTarget(topicArn);
  for (const { file, messages } of parsed) {
    for (const message of messages) await publish(target, message, file);
    console.log(`${file}: published ${messages.length} ${messages.length === 1 ? 'message' : 'messages'}`);
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new NotifyError(`${file} cannot be read: ${(error as Error).message}`);
  }
}

function localTarget(): Target {
  const state = readState(stateDirOf(process.env, resolve(import.meta.dirname, '..')));
  if (state === null)
    throw new NotifyError('Nothing runs here: start it with npm start, or give --topic-arn.');
  return {
    sns: new SNSClient({ ...localClient(state.endpoints.sns), maxAttempts: 1 }),
    topicArn: state.topicArn,
  };
}

function remoteTarget(topicArn: string): Target {
  return { sns: new SNSClient({ region: regionOf(topicArn) }), topicArn };
}

async function publish({ sns, topicArn }: Target, message: string, file: string): Promise<void> {
  try {
    await sns.send(new PublishCommand({ TopicArn: topicArn, Message: message }));
  } catch (error) {
    throw new NotifyError(`${file} was not published to ${topicArn}: ${(error as Error).message}`);
  }
}
