import { VigieError } from '../../../src/core/errors.js';
import { Reachable } from '../../../src/outbound/reachable.js';
import { whyWrongUrl } from '../../../src/web/console/webhooks/why-wrong-url.js';
import { checkEndpointUrl } from '../../../src/webhooks/check-url.js';
import { SPOKEN, speak } from './speak.js';

function detailOf(url: string): string {
  try {
    return `taken as ${checkEndpointUrl(url, new Reachable([]))}`;
  } catch (error) {
    return error instanceof VigieError ? (error.fields[0]?.detail ?? '') : String(error);
  }
}

it.each([
  ['nowhere', 'shape'],
  ['ftp://hooks.example.ma', 'https'],
  ['http://hooks.example.ma', 'https'],
  ['https://vigie:secret@hooks.example.ma', 'user'],
  ['https://10.0.0.7/hooks', 'private'],
  ['https://hooks.internal/', 'private'],
  [`https://hooks.example.ma/${'a'.repeat(2_100)}`, 'long'],
])('of an address such as %.40s it is said why it is not taken: %s', (url, why) => {
  expect(whyWrongUrl(detailOf(url))).toBe(why);
});

it.each(SPOKEN)('is general in %s where the service says what is not known here', (language) => {
  const { t } = speak(language);
  expect(whyWrongUrl('Must be nice.')).toBe('other');
  expect(t('webhooks.wrongUrl', { why: 'other' })).not.toContain(':');
  expect(t('webhooks.wrongUrl', { why: 'private' })).toContain(':');
});
