/** A canonical address, taken apart. `host` with its port; `path` begins with a slash; `query` without its `?`. */
export interface AddressParts {
  readonly scheme: string;
  readonly host: string;
  readonly path: string;
  readonly query: string;
}

/** @param url canonical */
export function partsOf(url: string): AddressParts {
  const hostAt = url.indexOf('//') + 2;
  const pathAt = url.indexOf('/', hostAt);
  const queryAt = url.indexOf('?', pathAt);
  return {
    scheme: url.slice(0, hostAt - 3),
    host: url.slice(hostAt, pathAt),
    path: queryAt < 0 ? url.slice(pathAt) : url.slice(pathAt, queryAt),
    query: queryAt < 0 ? '' : url.slice(queryAt + 1),
  };
}

export const addressOf = ({ scheme, host, path, query }: AddressParts): string =>
  `${scheme}://${host}${path}${query === '' ? '' : `?${query}`}`;

/** The parameters of a query, as they stand. */
export const parametersOf = (query: string): string[] => (query === '' ? [] : query.split('&'));

/** A parameter's name as servers read it. */
export function parameterName(parameter: string): string {
  const equals = parameter.indexOf('=');
  return decoded(equals < 0 ? parameter : parameter.slice(0, equals));
}

/** A parameter's value as servers read it. */
export function parameterValue(parameter: string): string {
  const equals = parameter.indexOf('=');
  return equals < 0 ? '' : decoded(parameter.slice(equals + 1));
}

/** A query without the parameters of which `drop` says yes to the name. */
export const withoutParameters = (query: string, drop: (name: string) => boolean): string =>
  parametersOf(query)
    .filter((parameter) => !drop(parameterName(parameter)))
    .join('&');

/** Percent-encoding and `+` undone; what is no valid encoding stays as it is. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

/**
 * The whole address that the rest of a path stands for, encoded or not, or null. Servers between the picture and its
 * reader may have made one slash of two.
 */
export function embeddedAddress(rest: string, query: string): string | null {
  const isEncoded = /^https?%3A/i.test(rest);
  const text = isEncoded ? decoded(rest.replaceAll('+', '%2B')) : rest;
  const [, scheme, after] = /^(https?):\/{1,2}([^/].*)$/i.exec(text) ?? [];
  if (scheme === undefined || after === undefined) return null;
  return withQuery(`${scheme}://${after}`, query);
}

/** An address with one more query at its end. */
export const withQuery = (url: string, query: string): string =>
  query === '' ? url : `${url}${url.includes('?') ? '&' : '?'}${query}`;
