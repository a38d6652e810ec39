import { Receipts } from '../../../src/access/readers/receipt.js';
import { Sealed } from '../../../src/access/sealing/sealed.js';
import { inParallel } from '../../../test/processes/load.js';
import { SECRET } from '../../../test/setup/process.js';
import type { ReportRecord } from '../record.js';
import type { Check, Scene } from './check.js';

interface Vote {
  readonly site: string;
  readonly image: string;
  readonly round: number;
  readonly reporter: string;
  readonly reasons: readonly string[];
  readonly withdrawn: boolean;
  readonly comments: readonly string[];
}

const receipts = new Receipts(new Sealed(Buffer.from(SECRET)));

/** I1: every report and withdrawal that was acknowledged is in the tables, with what it said. */
export const reportsAreThere: Check = {
  name: 'I1: acknowledged reports and withdrawals are in the tables',
  async find(scene) {
    const votes = await votesOf(scene);
    const merged = await mergedImages(scene);
    return [...scene.known.reports].flatMap(([receipt, record]) =>
      missing(receipt, record, votes, merged).map((what) => `I1: ${what} (${receipt}, ${record.image})`),
    );
  },
};

/** I1: whoever has a receipt is told the same by the door. */
export const receiptsAnswer: Check = {
  name: 'I1: every receipt answers',
  async find({ known, asker }) {
    const found: string[] = [];
    await inParallel([...known.reports], async ([receipt, { site, state, image }]) => {
      const address = `/v1/reports/${receipt}`;
      const answer = await asker.ask(1, site, { method: 'GET', address, key: site.secretKey });
      const { status = null, body = {} } = answer.kind === 'answer' ? answer : {};
      const isWithdrawn = body['outcome'] === 'withdrawn';
      if (status !== 200 || (state !== 'unknown' && isWithdrawn !== (state === 'withdrawn')))
        found.push(`I1: ${receipt} of ${image} should be ${state}, and is ${status} ${JSON.stringify(body)}`);
    });
    return found;
  },
};

/** I2: a person has one pseudonym, a pseudonym one person, and an image no more voters than people asked for a vote. */
export const oneVoteEach: Check = {
  name: 'I2: one vote per reporter, image and round',
  async find(scene) {
    const { known } = scene;
    const found: string[] = [];
    const people = new Map<string, string>();
    const pseudonyms = new Map<string, string>();
    for (const [receipt, { reporter, site }] of known.reports) {
      const hash = receipts.open(receipt)?.reporter.toString('hex') ?? '';
      const person = `${site.slug} ${reporter}`;
      const before = pseudonyms.get(person) ?? hash;
      if (before !== hash) found.push(`I2: ${person} has two pseudonyms, ${before} and ${hash}`);
      const other = people.get(hash) ?? person;
      if (other !== person) found.push(`I2: ${person} and ${other} are one reporter, ${hash}`);
      pseudonyms.set(person, hash);
      people.set(hash, person);
    }
    for (const { slug, key, voters, id } of await votersOf(scene)) {
      const asked = known.reporters.get(`${slug} ${key}`)?.size ?? 0;
      if (voters > asked)
        found.push(`I2: image ${id} (${key}) has ${voters} voters, and ${asked} people asked`);
    }
    return found;
  },
};

/** What is not there, in words. */
function missing(
  receipt: string,
  record: ReportRecord,
  votes: ReadonlyMap<string, readonly Vote[]>,
  merged: ReadonlyMap<string, string>,
): string[] {
  const content = receipts.open(receipt, record.site.id);
  if (content === null) return [`a receipt does not open for ${record.site.slug}`];
  const { siteId, imageId, round, reporter } = content;
  const image = merged.get(imageId) ?? imageId;
  const isMerged = image !== imageId;
  const votesAt = (where: string): readonly Vote[] =>
    votes.get(`${siteId} ${where} ${reporter.toString('hex')}`) ?? [];
  // Merging moves a vote to the round of the image that it goes to; one of a round that had ended stays behind.
  const mine = [
    ...votesAt(imageId).filter((vote) => vote.round === round),
    ...(isMerged ? votesAt(image) : []),
  ];
  if (mine.length === 0) return [`no vote in round ${round} of image ${imageId}, which is now ${image}`];
  if (!isMerged && mine.length > 1) return [`${mine.length} votes in round ${round} of image ${image}`];
  const wrong: string[] = [];
  for (const reason of record.reasons) {
    if (!mine.some(({ reasons }) => reasons.includes(reason)))
      wrong.push(`reason ${reason} is missing from the vote on image ${image}`);
  }
  for (const comment of record.comments) {
    if (!mine.some(({ comments }) => comments.includes(comment)))
      wrong.push(`comment "${comment}" is missing at image ${image}`);
  }
  // Of two votes that became one, one that was not withdrawn stands.
  if (isMerged || record.state === 'unknown') return wrong;
  const withdrawn = mine[0]?.withdrawn ?? false;
  if (withdrawn !== (record.state === 'withdrawn')) {
    wrong.push(
      `the vote on image ${image} ${withdrawn ? 'is withdrawn' : 'stands'}, and should be ${record.state}`,
    );
  }
  return wrong;
}

async function votesOf({ client }: Scene): Promise<Map<string, Vote[]>> {
  const { rows } = await client.query<Vote>(
    `select v.site_id as site, v.image_id as image, v.round, encode(v.reporter, 'hex') as reporter, v.reasons,
            v.withdrawn_at is not null as withdrawn,
            array(select n.comment from report_note n
                  where n.site_id = v.site_id and n.image_id = v.image_id and n.round = v.round
                    and n.reporter = v.reporter and n.comment is not null) as comments
     from vote v`,
  );
  const votes = new Map<string, Vote[]>();
  for (const vote of rows) {
    const name = `${vote.site} ${vote.image} ${vote.reporter}`;
    votes.set(name, [...(votes.get(name) ?? []), vote]);
  }
  return votes;
}

/** Of images that became part of another one: which one, in the end. */
async function mergedImages({ client }: Scene): Promise<Map<string, string>> {
  const { rows } = await client.query<{ id: string; into: string }>(
    `with recursive way as (
       select i.id, i.merged_into as into from image i where i.merged_into is not null
       union all
       select w.id, i.merged_into from way w join image i on i.id = w.into where i.merged_into is not null
     )
     select w.id, w.into from way w join image i on i.id = w.into where i.merged_into is null`,
  );
  return new Map(rows.map(({ id, into }) => [id, into]));
}

/** Of images that are known by one address: never bound, nor joined with others by their bytes. */
async function votersOf({ client }: Scene) {
  const { rows } = await client.query<{ slug: string; key: string; id: string; voters: number }>(
    `select s.slug, i.key, i.id, count(distinct v.reporter)::int as voters
     from image i
     join site s on s.id = i.site_id
     join vote v on v.site_id = i.site_id and v.image_id = i.id
     where i.key_kind = 'url' and i.merged_into is null
       and not exists (select from image o where o.site_id = i.site_id and o.merged_into = i.id)
     group by s.slug, i.key, i.id`,
  );
  return rows;
}
