import { blur, STRONGEST_BLUR } from '../preferences.js';

/** By which pictures are blurred more or less; takes what a `<Field>` gives its control. */
export const BlurRange = (control: { readonly id?: string; readonly 'aria-valuetext'?: string }) => (
  <input
    {...control}
    type="range"
    min={0}
    max={STRONGEST_BLUR}
    step={1}
    value={blur.value}
    onInput={({ currentTarget }) => {
      blur.value = Number(currentTarget.value);
    }}
  />
);
