/**
 * What each picture of a filled site is, as SQL: everything follows from its number, so that the same size gives the same
 * site. Of a hundred pictures ten are reported by many and cross the rule's five; one in a hundred is what everybody talks
 * about. Of those ten, five were blocked by a person, four kept, and one still waits; the other ninety wait with one to four
 * reports each. That makes some nine reports a picture, and 91 open cases in a hundred.
 */
export const PICTURES_A_GROUP = 100;
/** 315 + 9 x 40 + 227. */
export const REPORTS_A_GROUP = 902;

/** The addresses of the pictures, of numbers from 1. */
export const archivedUrl = (number: number): string =>
  `https://cdn.example.ma/archive/${String(number).padStart(8, '0')}.jpg`;

/** The `turn`-th picture of those with a single report: it does not cross with one more. */
export const onceReported = (turn: number, groups: number): number => {
  const group = Math.imul(turn, 2_654_435_761) >>> 0;
  return (group % groups) * PICTURES_A_GROUP + 12 + 4 * (turn % 22);
};

/** The reasons that are given, the common ones more often; each to pictures of every kind. */
const REASONS = `(array['violence', 'violence', 'violence', 'violence', 'nudity', 'nudity', 'hate', 'misinformation',
                        'copyright', 'spam'])`;

/** Every tenth report was beyond its reader's budget, and every fourth gives another reason. */
export const isLeftOut = (k: string): string => `${k} % 10 = 0`;
export const givesOther = (k: string): string => `${k} % 4 = 0`;
const counted = (votes: string): string => `(${votes} - ${votes} / 10)`;
const others = (votes: string): string => `(${votes} / 4 - ${votes} / 20)`;
const objectOf = (key: string, count: string): string =>
  `case when ${count} > 0 then jsonb_build_object(${key}, ${count}) else '{}' end`;

/** So many reports of a picture's reasons, as `image.tally` has them. */
const tally = (votes: string): string =>
  `jsonb_build_object(p.reason, ${counted(votes)} - ${others(votes)}) || ${objectOf(`'other'`, others(votes))}`;

/** The rule's evidence: the first five reports, all of which count. */
const EVIDENCE = `jsonb_build_object('tally', jsonb_build_object(p.reason, 4, 'other', 1), 'needed', 5, 'weight', 5000,
                                     'leftOut', '{}'::jsonb, 'crossedBy', 'total', 'reporters', 5)`;

/**
 * The pictures from $1 to $2 of $3 in all, in the last 360 days, whom $4 readers report, as the table that the other statements
 * of a transaction read; `at` of a picture's k-th report is `reportedAt(k)`. What is the same for all of its reports is written
 * down once: worked out anew by each of those statements it took a third of the time in which rows go in.
 */
export const MAKE_PICTURES = `
  create temporary table picture on commit drop as
  select p.*, ${tally('p.votes')} as tally, ${objectOf(`'budget'`, 'p.votes / 10')} as left_out,
         ${EVIDENCE} as evidence, p.created_at + interval '4 minutes' as crossed_at,
         p.created_at + interval '12 hours' as decided_at
  from (select n, n::float8 / $3 as place, $4::int as readers, n % ${PICTURES_A_GROUP} as slot,
               case when n % ${PICTURES_A_GROUP} = 0 then 315 when n % ${PICTURES_A_GROUP} < 10 then 40
                    else 1 + n % 4 end as votes,
               case when n % ${PICTURES_A_GROUP} < 5 then 'blocked' when n % ${PICTURES_A_GROUP} < 9 then 'kept'
                    when n % ${PICTURES_A_GROUP} = 9 then 'crossed' else 'waiting' end as fate,
               ${REASONS}[1 + (n + n / ${PICTURES_A_GROUP}) % 10] as reason,
               date_trunc('milliseconds', now() - interval '1 day' - interval '360 days' * (1 - n::float8 / $3))
                 as created_at,
               'https://cdn.example.ma/archive/' || lpad(n::text, 8, '0') || '.jpg' as url
        from generate_series($1::int, $2::int) as n) p`;

export const reportedAt = (k: string): string => `p.created_at + (${k} - 1) * interval '1 minute'`;

/** Milliseconds since 1970, as the log has times. */
export const milliseconds = (at: string): string => `floor(extract(epoch from ${at}) * 1000)::bigint`;
