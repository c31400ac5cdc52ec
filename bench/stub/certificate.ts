import { createHash, generateKeyPairSync, sign } from 'node:crypto';

export interface Certificate {
  /** PEM. */
  readonly cert: string;
  /** PEM. */
  readonly key: string;
}

const DAY_IN_MS = 86_400_000;
const ECDSA_WITH_SHA256 = sequence(objectId('2a8648ce3d040302'));

/**
 * A certificate for 127.0.0.1 that signs itself, valid for two days around now; made anew for every run.
 * RFC 5280 section 4.1.
 */
export function createCertificate(now = Date.now()): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const publicKeyInfo = publicKey.export({ type: 'spki', format: 'der' });
  const name = sequence(der(0x31, sequence(objectId('550403'), utf8('rebound bench'))));
  const toBeSigned = sequence(
    der(0xa0, integer(2)),
    der(0x02, createHash('sha256').update(publicKeyInfo).digest().subarray(0, 8).fill(1, 0, 1)),
    ECDSA_WITH_SHA256,
    name,
    sequence(utcTime(now - DAY_IN_MS), utcTime(now + DAY_IN_MS)),
    name,
    publicKeyInfo,
    der(0xa3, sequence(subjectAltName())),
  );
  const signature = sign('sha256', toBeSigned, privateKey);
  const certificate = sequence(toBeSigned, ECDSA_WITH_SHA256, der(0x03, Buffer.of(0), signature));
  return {
    cert: pem('CERTIFICATE', certificate),
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
  };
}

function subjectAltName(): Buffer {
  const localhost = der(0x87, Buffer.of(127, 0, 0, 1));
  return sequence(objectId('551d11'), der(0x04, sequence(localhost)));
}

/** One value in DER: tag, length, content. ITU-T X.690 section 8.1. */
function der(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(contents);
  const { length } = content;
  const size =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.of(tag, ...size), content]);
}

function sequence(...contents: readonly Uint8Array[]): Buffer {
  return der(0x30, ...contents);
}

function objectId(hex: string): Buffer {
  return der(0x06, Buffer.from(hex, 'hex'));
}

function integer(value: number): Buffer {
  return der(0x02, Buffer.of(value));
}

function utf8(text: string): Buffer {
  return der(0x0c, Buffer.from(text));
}

/** `261231235959Z`. */
function utcTime(instant: number): Buffer {
  const digits = new Date(instant).toISOString().replace(/\D/g, '');
  return der(0x17, Buffer.from(`${digits.slice(2, 14)}Z`));
}

function pem(label: string, content: Buffer): string {
  const lines = content.toString('base64').match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}
