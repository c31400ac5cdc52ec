import { CONSOLE_ASSETS, CONSOLE_CONFIG, CONSOLE_PAGE, CONSOLE_PATH } from './console-files.ts';

/**
 * The CloudFront Function before every request that is neither an asset nor a call: a path that is no file is answered by
 * the page, which reads it itself. No error page does that, since it would answer the API's errors as well.
 * Source: Amazon CloudFront Developer Guide, "JavaScript runtime 2.0 features for CloudFront Functions".
 */
export function consoleRouter(files: readonly string[]): string {
  const asked = [...files.filter((name) => !name.startsWith(CONSOLE_ASSETS)), CONSOLE_CONFIG];
  const served = asked.map((name) => `${CONSOLE_PATH}${name}`);
  return `var FILES = ${JSON.stringify(served)};
function handler(event) {
  var request = event.request;
  if (request.uri === '/' || request.uri === '${CONSOLE_PATH.slice(0, -1)}') {
    return { statusCode: 308, statusDescription: 'Permanent Redirect', headers: { location: { value: '${CONSOLE_PATH}' } } };
  }
  if (!request.uri.startsWith('${CONSOLE_PATH}')) {
    return { statusCode: 404, statusDescription: 'Not Found' };
  }
  if (!FILES.includes(request.uri)) {
    request.uri = '${CONSOLE_PATH}${CONSOLE_PAGE}';
  }
  return request;
}
`;
}
