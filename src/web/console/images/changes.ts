import { signal } from '@preact/signals';

/** Rises when an image was changed here, perhaps by a part of the page that is gone by then. */
export const changes = signal(0);
