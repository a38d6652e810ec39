/**
 * The demonstration's own files: the one place on a private address that is fetched without OUTBOUND_ALLOW, so that the
 * demonstration works where it is started. Not another port or name of this machine, and nothing of the service but `/demo/`.
 *
 * @param publicUrl of this service
 */
export function isOwnPhoto(publicUrl: string): (url: URL) => boolean {
  const { origin } = new URL(publicUrl);
  return (url) => url.origin === origin && url.pathname.startsWith('/demo/');
}
