import common from '../texts/en.js';
import ui from '../ui/texts/en.js';

const texts = { ...common, ...ui };

/** Every text of the console; the other languages have the same. Those of a page are in its folder, under `texts/`. */
export type Texts = Readonly<Record<keyof typeof texts, string>>;

export default texts;
