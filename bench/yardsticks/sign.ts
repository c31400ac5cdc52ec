import { createHmac, hash } from 'node:crypto';

const REGION = process.env['AWS_REGION'] ?? '';
const ACCESS_KEY_ID = process.env['AWS_ACCESS_KEY_ID'] ?? '';
const SECRET_ACCESS_KEY = process.env['AWS_SECRET_ACCESS_KEY'] ?? '';
const SESSION_TOKEN = process.env['AWS_SESSION_TOKEN'] ?? '';
const SIGNED_HEADERS = 'host;x-amz-date;x-amz-security-token;x-amz-target';

let keyDay = '';
let key: Buffer;

/** The headers of a signed DynamoDB call (SigV4), and nothing that is not needed. */
export function signedHeaders(host: string, target: string, body: string): Record<string, string> {
  const date = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
  const day = date.slice(0, 8);
  const scope = `${day}/${REGION}/dynamodb/aws4_request`;
  const canonical = `POST\n/\n\nhost:${host}\nx-amz-date:${date}\nx-amz-security-token:${SESSION_TOKEN}\nx-amz-target:${target}\n\n${SIGNED_HEADERS}\n${hash('sha256', body)}`;
  const signature = createHmac('sha256', signingKey(day))
    .update(`AWS4-HMAC-SHA256\n${date}\n${scope}\n${hash('sha256', canonical)}`)
    .digest('hex');
  return {
    host,
    'x-amz-date': date,
    'x-amz-security-token': SESSION_TOKEN,
    'x-amz-target': target,
    'content-type': 'application/x-amz-json-1.0',
    'content-length': String(Buffer.byteLength(body)),
    authorization: `AWS4-HMAC-SHA256 Credential=${ACCESS_KEY_ID}/${scope}, SignedHeaders=${SIGNED_HEADERS}, Signature=${signature}`,
  };
}

function signingKey(day: string): Buffer {
  if (day !== keyDay) {
    keyDay = day;
    key = [day, REGION, 'dynamodb', 'aws4_request'].reduce<Buffer>(
      (secret, part) => createHmac('sha256', secret).update(part).digest(),
      Buffer.from(`AWS4${SECRET_ACCESS_KEY}`),
    );
  }
  return key;
}
