import { fit, fold, namesImage } from '../../../src/web/console/shell/match.js';
import { digitsOf } from '../../../src/web/console/ui/digits-of.js';

describe('what is typed into the palette', () => {
  it.each([
    ['Règles', 'regles'],
    ['  Señal ', 'senal'],
    ['مُراجعة', 'مراجعه'],
    ['أدوات', 'ادوات'],
    ['إعدادات', 'اعدادات'],
    ['مستوى', 'مستوي'],
    ['مـــوقع', 'موقع'],
  ])('is compared without case, accents and vowel signs: %s', (text, folded) => {
    expect(fold(text)).toBe(folded);
  });

  it.each<[string, string[], number | null]>([
    ['', ['Queue'], 0],
    ['que', ['Queue'], 0],
    ['file', ['File d’attente', 'Queue'], 0],
    ['queue', ['File d’attente', 'Queue'], 0],
    ['attente', ['File d’attente'], 1],
    ['attente file', ['File d’attente'], 1],
    ['ttent', ['File d’attente'], 2],
    ['account your', ['حسابك', 'Your account'], 1],
    ['حساب', ['حسابك', 'Your account'], 0],
    ['xyz', ['Queue'], null],
    ['queue xyz', ['Queue'], null],
  ])('%j fits %j: %s', (typed, names, fits) => {
    expect(fit(typed, names)).toBe(fits);
  });

  it.each([
    ['https://cdn.example.ma/photos/1.jpg', true],
    ['HTTP://cdn.example.ma/1.jpg', true],
    [' img_0tJf0rT0cU6y ', true],
    ['case_0tJf0rT0cU6y', false],
    ['https://cdn.example.ma/1.jpg and more', false],
    ['javascript:alert(1)', false],
    ['queue', false],
  ])('%j names an image: %s', (typed, isImage) => {
    expect(namesImage(typed)).toBe(isImage);
  });
});

it.each([
  ['123456', '123456'],
  ['123 456', '123456'],
  ['١٢٣٤٥٦', '123456'],
  ['۱۲۳۴۵۶', '123456'],
  ['12a-3', '123'],
])('reads the digits of a code however a keyboard writes them: %s', (typed, digits) => {
  expect(digitsOf(typed)).toBe(digits);
});
