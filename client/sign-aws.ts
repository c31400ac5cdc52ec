import { defaultProvider } from '@aws-sdk/credential-provider-node';
import { Sha256 } from '@smithy/core/checksum';
import { SignatureV4 } from '@smithy/signature-v4';
import type { Sign } from './send.ts';

export interface AwsSignerOptions {
  /** Of the API; read from its host name where that is API Gateway's own. */
  readonly region?: string;
  /** The usual chain of the AWS SDK without it: environment, profile, SSO, role. */
  readonly credentials?: ConstructorParameters<typeof SignatureV4>[0]['credentials'];
  readonly clock?: () => number;
}

/**
 * Signs calls with AWS credentials, for Node. Throws where no Region is known or no credentials are found.
 * Source: AWS IAM user guide, "Create a signed AWS API request".
 */
export function createAwsSigner({
  region,
  credentials = defaultProvider(),
  clock = Date.now,
}: AwsSignerOptions = {}): Sign {
  return async ({ method, url, headers, body }) => {
    const { protocol, host, hostname, pathname, searchParams } = new URL(url);
    const signer = new SignatureV4({
      service: 'execute-api',
      region: region ?? regionOf(hostname),
      credentials,
      sha256: Sha256,
    });
    const signed = await signer.sign(
      {
        method,
        protocol,
        hostname,
        path: pathname,
        query: Object.fromEntries(searchParams),
        headers: { ...headers, host },
        body,
      },
      { signingDate: new Date(clock()) },
    );
    // Whoever sends the request writes the host itself.
    const { host: _host, ...others } = signed.headers;
    return others;
  };
}

function regionOf(hostname: string): string {
  const [, region] = /\.execute-api\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?$/.exec(hostname) ?? [];
  if (region === undefined) {
    throw new Error(`${hostname} does not name its AWS Region; give it as "region".`);
  }
  return region;
}
