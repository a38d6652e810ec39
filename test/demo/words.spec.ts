import { arabicPeople, arabicTime, frenchPeople, frenchTime, ofHours } from '../../src/web/demo/counted.js';
import { PHOTO_WORDS } from '../../src/web/demo/photo-words.js';
import { WORDS } from '../../src/web/demo/words.js';

/** Everything that the panel can say in a language, with numbers of every form. */
function sentences(language: 'fr' | 'ar'): readonly string[] {
  const { kin, summary, ...photo } = PHOTO_WORDS[language];
  const counts = [0, 1, 2, 6].flatMap((n) => [summary(6, n, 0), summary(n, 2, n)]);
  const words = [
    ...(Object.values(WORDS[language]) as unknown[]),
    ...Object.values(photo),
    ...Object.values(kin),
    ...counts,
  ];
  return words.flatMap((word: unknown) => {
    if (typeof word === 'string') return [word];
    const say = word as (...values: readonly unknown[]) => string;
    return [true, false, 1, 2, 3, 5, 11, 15, 100].flatMap((value) => [say(value, 24), say(value, 168)]);
  });
}

it('keeps French punctuation with its word in whatever the panel says', () => {
  const all = sentences('fr');
  expect(all.length).toBeGreaterThan(100);
  expect(all.filter((sentence) => / [:;?!»]|« /.test(sentence))).toEqual([]);
});

it('writes Arabic in one way, and speaks to several as the widget does', () => {
  const all = sentences('ar');
  expect(all.length).toBeGreaterThan(100);
  expect(all.filter((sentence) => /اً/.test(sentence))).toEqual([]);
  expect(
    all.filter((sentence) => /أنت |قراؤك |عنوانك |نفسك |أعد |حاول |جرّب |أبلغ /.test(`${sentence} `)),
  ).toEqual([]);
});

it.each([
  [1, 'دقيقة واحدة', 'شخص واحد'],
  [2, 'دقيقتين', 'شخصان'],
  [3, '3 دقائق', 'ثلاثة أشخاص'],
  [10, '10 دقائق', 'عشرة أشخاص'],
  [11, '11 دقيقة', '11 شخصًا'],
  [60, '60 دقيقة', '60 شخصًا'],
  [100, '100 دقيقة', '100 شخص'],
  [103, '103 دقائق', '103 أشخاص'],
])('counts %i in Arabic', (count, minutes, people) => {
  expect([arabicTime(count, 'minute'), arabicPeople(count)]).toEqual([minutes, people]);
});

it.each([
  [1, 'une minute', 'une personne'],
  [2, '2 minutes', 'deux personnes'],
  [15, '15 minutes', 'quinze personnes'],
  [17, '17 minutes', '17 personnes'],
])('counts %i in French', (count, minutes, people) => {
  expect([frenchTime(count, 'minute'), frenchPeople(count)]).toEqual([minutes, people]);
});

it('tells hours in days where these are whole', () => {
  expect([1, 24, 36, 48, 168].map(ofHours)).toEqual([
    [1, 'hour'],
    [24, 'hour'],
    [36, 'hour'],
    [2, 'day'],
    [7, 'day'],
  ]);
});

it('counts addresses, images and cases', () => {
  const { summary } = PHOTO_WORDS.fr;
  expect(summary(6, 1, 1)).toBe('Pour Vigie\u00a0: six adresses, une image, un dossier ouvert.');
  expect(summary(6, 2, 2)).toBe('Pour Vigie\u00a0: six adresses, deux images, deux dossiers ouverts.');
  expect(summary(1, 1, 0)).toBe('Pour Vigie\u00a0: une adresse, une image, aucun dossier ouvert.');
});
