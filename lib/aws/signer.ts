import { createHmac, hash } from 'node:crypto';
import type { Instant } from '../policy/time.ts';
import type { AwsCredentials } from './aws-settings.ts';

export interface SignerOptions {
  /** The service's name in signatures: `dynamodb`. */
  readonly service: string;
  readonly region: string;
  readonly credentials: AwsCredentials;
}

export interface UnsignedRequest {
  readonly method: string;
  /** As it is sent: each segment encoded once. */
  readonly path: string;
  readonly query?: Query;
  /** All that are signed, `host` and every `x-amz-` one among them; names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The values of each name in a query, not encoded. */
export type Query = Readonly<Record<string, string[]>>;

/** Signs a request as sent at a moment: answers its headers with those that the signature adds. */
export type Signer = (request: UnsignedRequest, now: Instant) => Record<string, string>;

/**
 * Creates a signer of requests (Signature Version 4). Its key, four hashes deep, is derived once a day.
 * Source: AWS Identity and Access Management User Guide, "Create a signed AWS API request".
 */
export function createSigner({ service, region, credentials }: SignerOptions): Signer {
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  let key = { day: '', bytes: Buffer.alloc(0) };

  const keyOf = (day: string): Buffer => {
    if (key.day !== day) {
      const bytes = [day, region, service, 'aws4_request'].reduce(
        (secret, part) => createHmac('sha256', secret).update(part).digest(),
        Buffer.from(`AWS4${secretAccessKey}`),
      );
      key = { day, bytes };
    }
    return key.bytes;
  };

  return ({ method, path, query = {}, headers, body }, now) => {
    const time = new Date(now).toISOString().replace(/[-:]|\.\d+/g, '');
    const day = time.slice(0, 8);
    const scope = `${day}/${region}/${service}/aws4_request`;
    const signed: Record<string, string> = { ...headers, 'x-amz-date': time };
    if (sessionToken !== undefined) {
      signed['x-amz-security-token'] = sessionToken;
    }
    const names = Object.keys(signed).sort();
    const lines = names.map((name) => `${name}:${signed[name]}\n`).join('');
    const list = names.join(';');
    const canonical = `${method}\n${encodePath(path)}\n${encodeQuery(query)}\n${lines}\n${list}\n${hash('sha256', body)}`;
    const signature = createHmac('sha256', keyOf(day))
      .update(`AWS4-HMAC-SHA256\n${time}\n${scope}\n${hash('sha256', canonical)}`)
      .digest('hex');
    signed['authorization'] =
      `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${list}, Signature=${signature}`;
    return signed;
  };
}

/** Encodes a text as one segment of a path: everything but the unreserved characters of RFC 3986 section 2.3. */
export function encodeSegment(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** Sorted by the encoded names: `a` before `a-b`, though `-` comes before `=`. */
export function encodeQuery(query: Query): string {
  const values = new Map(Object.entries(query).map(([name, given]) => [encodeSegment(name), given]));
  return [...values.keys()]
    .sort()
    .flatMap((name) =>
      (values.get(name) ?? [])
        .map(encodeSegment)
        .sort()
        .map((value) => `${name}=${value}`),
    )
    .join('&');
}

/** In a signature the segments of a path are encoded once more than on the wire. */
function encodePath(path: string): string {
  return path === '/' ? path : path.split('/').map(encodeSegment).join('/');
}
