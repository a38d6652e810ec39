const FRENCH_NUMBERS = [
  'Zéro',
  'Une',
  'Deux',
  'Trois',
  'Quatre',
  'Cinq',
  'Six',
  'Sept',
  'Huit',
  'Neuf',
  'Dix',
  'Onze',
  'Douze',
  'Treize',
  'Quatorze',
  'Quinze',
  'Seize',
];

/** A number at the start of a sentence about people, in words where it is short. */
export const frenchNumber = (count: number): string => FRENCH_NUMBERS[count] ?? String(count);

export const frenchPeople = (count: number): string =>
  `${frenchNumber(count).toLowerCase()} ${count === 1 ? 'personne' : 'personnes'}`;

export const frenchTime = (count: number, unit: 'minute' | 'heure' | 'jour'): string =>
  count === 1 ? `${unit === 'jour' ? 'un' : 'une'} ${unit}` : `${count} ${unit}s`;

/** In whole days where it is some. */
export const ofHours = (hours: number): readonly [count: number, unit: 'hour' | 'day'] =>
  hours >= 48 && hours % 24 === 0 ? [hours / 24, 'day'] : [hours, 'hour'];

const arabicPlural = new Intl.PluralRules('ar');
/** Three to ten, as they stand before what is masculine. */
const ARABIC_NUMBERS = ['ثلاثة', 'أربعة', 'خمسة', 'ستة', 'سبعة', 'ثمانية', 'تسعة', 'عشرة'];

/** A noun by its number: for one, for two, from three to ten, from eleven on, and for whole hundreds. */
type ArabicForms = readonly [one: string, two: string, few: string, many: string, other: string];

/** What is counted, as Arabic has it: "دقيقة واحدة", "دقيقتين", "3 دقائق", "11 دقيقة". Numbers are in `words` or digits. */
function arabicCount(
  count: number,
  [one, two, few, many, other]: ArabicForms,
  words: readonly string[] = [],
): string {
  switch (arabicPlural.select(count)) {
    case 'one':
      return one;
    case 'two':
      return two;
    case 'few':
      return `${words[count - 3] ?? count} ${few}`;
    case 'many':
      return `${count} ${many}`;
    case 'zero':
    case 'other':
      return `${count} ${other}`;
  }
}

const ARABIC_TIME: Readonly<Record<'minute' | 'hour' | 'day', ArabicForms>> = {
  minute: ['دقيقة واحدة', 'دقيقتين', 'دقائق', 'دقيقة', 'دقيقة'],
  hour: ['ساعة واحدة', 'ساعتين', 'ساعات', 'ساعة', 'ساعة'],
  day: ['يوم واحد', 'يومين', 'أيام', 'يومًا', 'يوم'],
};

/** After a preposition. */
export const arabicTime = (count: number, unit: keyof typeof ARABIC_TIME): string =>
  arabicCount(count, ARABIC_TIME[unit]);

/** As a subject. */
export const arabicPeople = (count: number): string =>
  arabicCount(count, ['شخص واحد', 'شخصان', 'أشخاص', 'شخصًا', 'شخص'], ARABIC_NUMBERS);

/** Other readers who report, as a sentence. */
export const arabicOthersReport = (count: number): string =>
  arabicCount(
    count,
    [
      'قارئ آخر يبلّغ عنها',
      'قارئان آخران يبلّغان عنها',
      'قراء آخرون يبلّغون عنها',
      'قارئًا آخر يبلّغون عنها',
      'قارئ آخر يبلّغون عنها',
    ],
    ARABIC_NUMBERS,
  );
