import { hash } from 'node:crypto';
import { isIP } from 'node:net';
import { type CallOptions, createSignedCaller, type ServiceOptions } from './signed-caller.ts';

/** Writes texts into one bucket. */
export interface ObjectWriter {
  readonly bucket: string;
  /** Throws what S3 refuses under the name `UnknownError` with its status: its faults are XML. */
  put(object: WrittenObject, options?: CallOptions): Promise<void>;
}

export interface WrittenObject {
  /** Of letters, digits and `-_.~/` alone: S3 signs any other character in another way. */
  readonly key: string;
  readonly body: string;
  readonly contentType: string;
}

/**
 * Creates what writes into a bucket of S3. Source: Amazon S3 API Reference, "PutObject" and "Authenticating Requests:
 * Using the Authorization Header".
 */
export function createObjectWriter(options: ServiceOptions, bucket: string): ObjectWriter {
  const { endpoint, prefix } = placeOf(bucket, options.endpoint);
  const call = createSignedCaller({ ...options, endpoint });
  return {
    bucket,
    async put({ key, body, contentType }, callOptions) {
      const headers = { 'content-type': contentType, 'x-amz-content-sha256': hash('sha256', body) };
      await call({ method: 'PUT', path: `${prefix}/${key}`, headers, body }, callOptions);
    },
  };
}

/** A bucket is named by the host; where the host is a number, as on one machine, by the path. */
export function placeOf(
  bucket: string,
  given: string,
): { readonly endpoint: string; readonly prefix: string } {
  const endpoint = new URL(given);
  if (isIP(endpoint.hostname) !== 0) {
    return { endpoint: given, prefix: `/${bucket}` };
  }
  endpoint.hostname = `${bucket}.${endpoint.hostname}`;
  return { endpoint: endpoint.href, prefix: '' };
}
