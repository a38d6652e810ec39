/** A picture as it is seen: upright, on white, in sRGB. Three bytes a pixel (red, green, blue), rows from the top. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
}
