/** How an address comes to show the photo, and so whether Vigie takes it for the same image. */
export type Kin = 'original' | 'size' | 'scaled' | 'parameters' | 'copy' | 're-encoded';

/** One photo under many addresses, as pages tell the panel of it. Paths are from the site's root. */
export interface ShownPhoto {
  readonly addresses: readonly {
    readonly path: string;
    readonly kin: Kin;
    /** Of the article that shows it there. */
    readonly article: string;
  }[];
  /** The one at which the newsroom can put another photo. */
  readonly swappable: string;
}

/** An address as the service knows it now. */
export interface AddressNow {
  readonly path: string;
  /** Addresses with the same number are one image; null: nobody has reported it, so nobody knows it. */
  readonly image: number | null;
  readonly blocked: boolean;
  /** Does a case of it await a moderator? */
  readonly awaits: boolean;
}

/** All of them. */
export interface PhotoNow {
  readonly addresses: readonly AddressNow[];
  /** Is another photo at the address that can be swapped? */
  readonly swapped: boolean;
  /** Whether the service has looked at that address since it was last swapped. */
  readonly seen: boolean;
}
