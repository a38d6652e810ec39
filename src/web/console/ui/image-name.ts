/** How an image is called, to people: by its address, else by the id of its site, else by that of this service. */
export const nameOfImage = ({
  url,
  ownId,
  id,
}: {
  readonly url: string | null;
  readonly ownId: string | null;
  readonly id: string;
}): string => url ?? ownId ?? id;
