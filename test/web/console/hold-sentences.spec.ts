import { evidenceSentence } from '../../../src/web/console/ui/evidence-sentence.js';
import { eventSentence } from '../../../src/web/console/ui/event-sentence.js';
import { holdSentence, type SaidHold } from '../../../src/web/console/ui/hold-sentence.js';
import { speak, SPOKEN } from './speak.js';

const SIGNALS: SaidHold = {
  by: 'signals',
  reporters: 12,
  setAside: 9,
  needed: 5,
  findings: [
    { signal: 'burst', votes: 9, figures: { seconds: 40, usualSeconds: 600 } },
    { signal: 'newcomers', votes: 8, figures: { share: 0.75, usualShare: 0.1 } },
    { signal: 'same-comment', votes: 4, figures: { texts: 1 } },
    { signal: 'cohort', votes: 5, figures: { decisions: 1 } },
  ],
};
const BREAKER: SaidHold = { by: 'breaker', reporters: 6, needed: 5, blocksInHour: 20, limit: 20 };

describe('why a case is held', () => {
  it('is a sentence with the figures', () => {
    expect(holdSentence(SIGNALS, speak('en'))).toBe(
      '12 readers reported it; 9 reports were set aside: 9 came in a burst (40 seconds for what usually takes 10 minutes), ' +
        '8 came from readers known for less than an hour (75% of all, usually 10%), 4 have the same words, ' +
        '5 came from readers who reported other images together: wrongly, or nobody has decided yet. 3 others count, 5 are needed.',
    );
    expect(holdSentence(BREAKER, speak('en'))).toBe(
      'Not blocked because automatic blocking was paused: 20 images had been blocked within the hour, the limit is 20. 6 reported it, 5 are needed.',
    );
  });

  it.each(SPOKEN)('leaves nothing to fill in, in %s', (language) => {
    for (const hold of [SIGNALS, BREAKER, { ...SIGNALS, setAside: 12 }]) {
      const words = holdSentence(hold, speak(language));
      expect(words).not.toMatch(/[{}#]|undefined|hold\./);
      expect(words).toMatch(/12|20/);
    }
  });

  it('has a signal that is newer than the console by its name', () => {
    const findings = [{ signal: 'moonlight', votes: 2, figures: {} }];
    expect(holdSentence({ ...SIGNALS, findings }, speak('en'))).toContain('set aside: moonlight.');
  });
});

describe('why a rule blocked', () => {
  const evidence = { ruleVersion: 3, crossedBy: 'total', reporters: 5, leftOut: { muted: 2, budget: 1 } };

  it('says what votes weighed, what was set aside, and who is muted', () => {
    expect(
      evidenceSentence(
        {
          ...evidence,
          weight: 5_600,
          setAside: 20,
          findings: [{ signal: 'same-comment', votes: 20, figures: { texts: 1 } }],
        },
        speak('en'),
      ),
    ).toBe(
      'Blocked by the rule, version 3: 5 readers; together they weigh 5.6; 20 more set aside (20 have the same words); ' +
        '2 more not counted: muted; 1 more not counted: the reader’s limit.',
    );
  });

  it('says nothing of a weight that is the number of readers, nor where none is known', () => {
    for (const weight of [5_000, null]) {
      expect(evidenceSentence({ ...evidence, weight, leftOut: {} }, speak('en'))).toBe(
        'Blocked by the rule, version 3: 5 readers.',
      );
    }
  });
});

describe.each(SPOKEN)('in the log in %s', (language) => {
  const said = (type: string, data: Record<string, unknown>) =>
    eventSentence(
      {
        id: 'evt_1',
        type,
        at: '2026-11-26T10:00:00.000Z',
        site: { id: 'sit_1', slug: 'revue' },
        image: null,
        imageName: null,
        case: null,
        decision: null,
        actor: { kind: 'rule' },
        ruleVersion: 3,
        data,
      },
      speak(language),
    );

  it.each([
    ['case.held', { hold: SIGNALS }],
    ['case.held', { hold: BREAKER }],
    ['case.overdue', { held: true }],
    ['case.overdue', { held: false }],
    ['site.breaker', { blocksInHour: 20, limit: 20 }],
    ['reporter.muted', { by: 'rule' }],
    ['reporter.muted', { by: 'staff' }],
    ['reporter.unmuted', { by: 'rule' }],
    ['case.overdue', { held: false, lifted: [{ source: 'threshold', since: 0 }] }],
    ['image.appealed', { note: 'Ours' }],
    ['appeal.withdrawn', {}],
  ])('%s %j is a sentence', (type, data) => {
    const { text, isKnown, evidence } = said(type, data);
    expect(isKnown).toBe(true);
    expect(`${text} ${evidence ?? ''}`).not.toMatch(/[{}#]|undefined|none/);
    expect(evidence === null).toBe(type !== 'case.held');
  });
});
