import { parse } from 'tldts';

/**
 * Whether names directly under this one belong to anybody who takes one: `com`, `co.ma`, `github.io`. By the Public Suffix
 * List, the private part too; a name that is not in it, such as one of an intranet, is none.
 *
 * @param name canonical, without a port
 */
export function isPublicSuffix(name: string): boolean {
  const { publicSuffix, isIcann, isPrivate } = parse(name, {
    allowPrivateDomains: true,
    validateHostname: false,
  });
  return publicSuffix === name && (isIcann === true || isPrivate === true);
}
