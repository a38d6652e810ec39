/** Where a picture of the demonstration is shown. */
export const pictureUrl = (publicUrl: string, number: number): string =>
  `${publicUrl}/demo/pictures/${number}.webp`;
