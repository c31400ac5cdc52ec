interface MediaRange {
  readonly type: string;
  readonly subtype: string;
  readonly quality: number;
}

const TOKEN = /^[!#$%&'*+.^_`|~\w-]+$/;
const QUALITY = /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/;

/**
 * The media type that a caller wants most of those on offer, which stand in our order of preference; null when it
 * wants none of them. Nothing said is anything. What is no media range is passed over, parameters but `q` are not read.
 * Source: RFC 9110 section 12.5.1.
 */
export function negotiate<const T extends string>(
  accept: string | undefined,
  offers: readonly T[],
): T | null {
  const text = accept?.trim() || '*/*';
  const ranges = text.split(',').flatMap((range) => readRange(range) ?? []);
  const [best] = offers
    .map((offer) => ({ offer, quality: qualityOf(offer, ranges) }))
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality);
  return best?.offer ?? null;
}

function readRange(text: string): MediaRange | null {
  const [range = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
  const [type = '', subtype = '', ...more] = range.split('/');
  const quality = parameters.find((parameter) => parameter.startsWith('q='))?.slice('q='.length) ?? '1';
  const isRange = TOKEN.test(type) && TOKEN.test(subtype) && more.length === 0 && QUALITY.test(quality);
  return isRange ? { type, subtype, quality: Number(quality) } : null;
}

/** What the range says that names the type most precisely. */
function qualityOf(offer: string, ranges: readonly MediaRange[]): number {
  const [type, subtype] = offer.split('/');
  const exact = ranges.find((range) => range.type === type && range.subtype === subtype);
  const family = ranges.find((range) => range.type === type && range.subtype === '*');
  const any = ranges.find((range) => range.type === '*' && range.subtype === '*');
  return (exact ?? family ?? any)?.quality ?? 0;
}
