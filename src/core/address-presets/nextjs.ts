import { type AddressParts, parameterName, parametersOf, parameterValue } from '../address-parts.js';

/** https://nextjs.org/docs/app/api-reference/components/image (`loader`): url, width, quality; `dpl`: the deployment. */
const PARAMETERS = new Set(['url', 'w', 'q', 'dpl']);

/**
 * The picture behind `/_next/image?url=...&w=...&q=...`, also below a base path. As in Next.js itself `url` is a path on
 * the same host or a whole address, never `//host`, and never there twice.
 *
 * Source: https://github.com/vercel/next.js (packages/next/src/server/image-optimizer.ts, `validateParams`).
 */
export function nextjs({ scheme, host, path, query }: AddressParts): string | null {
  if (!/\/_next\/image\/?$/.test(path)) return null;
  const parameters = parametersOf(query);
  if (parameters.some((parameter) => !PARAMETERS.has(parameterName(parameter)))) return null;
  const [wanted, ...others] = parameters.filter((parameter) => parameterName(parameter) === 'url');
  if (wanted === undefined || others.length > 0) return null;
  const url = parameterValue(wanted);
  if (url.startsWith('/')) return url.startsWith('//') ? null : `${scheme}://${host}${url}`;
  return /^https?:\/\//i.test(url) ? url : null;
}
