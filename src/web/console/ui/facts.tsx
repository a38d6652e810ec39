import type { ComponentChildren } from 'preact';

/** What something is, name by name. */
export const Facts = ({
  of,
}: {
  readonly of: readonly { readonly name: string; readonly value: ComponentChildren }[];
}) => (
  <dl class="facts">
    {of.map(({ name, value }) => [<dt key={`${name} name`}>{name}</dt>, <dd key={name}>{value}</dd>])}
  </dl>
);
