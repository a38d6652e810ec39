import { tellsTooMuch } from '../../../proof/faults/report-answer.js';

const ANSWER = {
  receipt: `rcp_${'a'.repeat(70)}`,
  outcome: 'recorded',
  message: 'Merci.',
  image: { blocked: false },
};

it('takes the answer of a report as the API has it', () => {
  expect(tellsTooMuch(ANSWER)).toBeNull();
  expect(tellsTooMuch({ ...ANSWER, image: { blocked: true, version: 3 } })).toBeNull();
});

it.each([
  ['a count', { ...ANSWER, reports: 4 }],
  ['a count in the image', { ...ANSWER, image: { blocked: false, votes: 4 } }],
  ['a count in words', { ...ANSWER, message: 'Merci. 4 lecteurs.' }],
  ['whether it counts', { ...ANSWER, counted: false }],
])('says that an answer with %s tells too much', (_, answer) => {
  expect(tellsTooMuch(answer)).toMatch(/^I11: a report was answered/);
});
