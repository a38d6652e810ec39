import { visible } from './visible-controls.js';

interface AddressProps {
  readonly of: string;
  /** Where it leads within the console; never to the address itself. */
  readonly href?: string;
  readonly class?: string;
}

/** An address, or another name that a stranger gave: left to right in every language, and turning nothing around. */
export const Address = ({ of, href, class: more = '' }: AddressProps) => {
  const shown = { class: `address ${more}`.trim(), dir: 'ltr' } as const;
  return href === undefined ? (
    <bdi {...shown}>{visible(of)}</bdi>
  ) : (
    <a {...shown} href={href}>
      {visible(of)}
    </a>
  );
};
