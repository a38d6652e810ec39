import { NONE, PastVotes, reasonBits } from '../../../src/core/replay/past-votes.js';
import { Replay } from '../../../src/core/replay.js';
import { DEFAULT_THRESHOLD_RULE } from '../../../src/core/threshold-rule.js';

const START = Date.UTC(2026, 9, 1);
const MINUTE = 60_000;

/** By reporter, network and minutes from the beginning. */
function past(...cast: readonly (readonly [number, number, number])[]): PastVotes {
  const votes = new PastVotes(cast.length);
  for (const [reporter, network, minutes] of cast) {
    votes.add({
      image: 0,
      round: 1,
      reporter,
      kind: 'device',
      at: START + minutes * MINUTE,
      reasons: reasonBits(['violence']),
      narrow: network,
      wide: network,
      minted: NONE,
      ageMinutes: 5_000,
      isSilent: reporter === 3,
    });
  }
  return votes;
}

it('looks at a reason that was gained without the votes that were cast after it', () => {
  const rule = {
    version: 1,
    rule: { ...DEFAULT_THRESHOLD_RULE, reporters: 3, weights: false, hold: false },
  };
  const replay = new Replay(
    past([0, 0, 0], [1, 1, 60], [2, 0, 118], [3, 2, 122]),
    { current: rule, candidate: rule },
    null,
    { from: 0, to: START * 2 },
  );
  for (const index of [0, 1, 2]) replay.cast(index, index + 1);
  replay.take({
    type: 'further-reason',
    at: START + 120 * MINUTE,
    image: 0,
    round: 1,
    reporter: 0,
    reason: 'hate',
  });
  // Muted, and the third network: with it the three others would block.
  replay.cast(3, 4);
  expect(replay.result().current).toMatchObject({ blocked: 0 });
});
