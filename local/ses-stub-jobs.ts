import type { StubLists } from './ses-stub-lists.ts';

/** What was written to S3, by `/bucket/key`. */
export interface StubObjects {
  put(place: string, text: string): void;
  find(place: string): string | undefined;
  /** In the order in which they were first written. */
  readonly places: readonly string[];
}

export function createStubObjects(): StubObjects {
  const texts = new Map<string, string>();
  return {
    put: (place, text) => void texts.set(place, text),
    find: (place) => texts.get(place),
    get places() {
      return [...texts.keys()];
    },
  };
}

interface Jobs {
  readonly region: string;
  readonly lists: StubLists;
  readonly objects: StubObjects;
}

/**
 * Takes an import job that deletes, and does it at once: every line by exact case. A job whose object is missing is taken too,
 * and comes to nothing. Source: Amazon SES API v2 Reference, "CreateImportJob".
 */
export function answerToJob(body: string, { region, lists, objects }: Jobs) {
  const { ImportDestination, ImportDataSource } = JSON.parse(body);
  const action = ImportDestination?.SuppressionListDestination?.SuppressionListImportAction;
  const place = /^s3:\/(\/.+)$/.exec(ImportDataSource?.S3Url)?.[1];
  if (action !== 'DELETE' || ImportDataSource.DataFormat !== 'JSON' || place === undefined) {
    return { status: 400, error: 'BadRequestException', body: { message: 'Only DELETE of JSON is known.' } };
  }
  const lines = (objects.find(place) ?? '').split('\n').filter((line) => line !== '');
  for (const line of lines) {
    lists.remove({ region, tenant: null }, JSON.parse(line).emailAddress);
  }
  return { status: 200, body: { JobId: place } };
}
