import { Dispatcher } from '../../src/jobs/dispatcher.js';
import { MailServer, type ReceivedLetter } from '../setup/mail-server.js';
import { Service, type TestSite } from '../setup/service.js';

let mail: MailServer;
let service: Service;
let admin: string;
let site: TestSite;
beforeAll(async () => {
  mail = await MailServer.open();
  service = await Service.open(
    { SMTP_URL: mail.url, SMTP_FROM: 'Vigie <vigie@example.ma>', PUBLIC_URL: 'https://vigie.example.ma' },
    // Jobs are done when the test says so.
    { role: 'all' },
  );
  await service.app.get(Dispatcher, { strict: false }).stop();
  site = await service.site();
  admin = await service.staffToken('admin@example.ma', 'admin');
});
afterAll(async () => {
  await service.close();
  await mail.close();
});
beforeEach(async () => {
  mail.letters.length = 0;
  mail.refuse = () => undefined;
  await service.database.dataSource.query('delete from sign_in_failure');
  await service.database.dataSource.query('delete from job');
});

const work = (upTo?: Date) => service.app.get(Dispatcher, { strict: false }).runOnce(upTo);
const later = (minutes: number): Date => new Date(Date.now() + minutes * 60_000);
const tokenIn = ({ text }: ReceivedLetter): string => {
  const [, token = ''] = /^https:\/\/vigie\.example\.ma\/console\/welcome#(\S+)$/m.exec(text.trim()) ?? [];
  return token;
};
const only = (): ReceivedLetter => {
  expect(mail.letters).toHaveLength(1);
  const [letter] = mail.letters;
  if (letter === undefined) throw new Error('no letter');
  return letter;
};
const look = (token: string) => service.ask('POST', '/v1/links/look', undefined, { token });
const redeem = (token: string) =>
  service.ask('POST', '/v1/links/redeem', undefined, { token, password: 'three storks over the bay' });
const forgot = (email: string, from?: string) =>
  service.ask('POST', '/v1/session/forgot', undefined, { email }, {}, from);
const invite = (email: string) =>
  service.ask<{ id: string; invitation: { url: string; mailed: boolean } }>('POST', '/v1/staff', admin, {
    email,
  });

it('mails an invitation beside the link that is handed over; whichever is used first spends both', async () => {
  const { body } = await invite('new@example.ma');
  expect(body.invitation.mailed).toBe(true);
  const stored = await service.database.dataSource.query<{ hash: Buffer | null }[]>(
    'select hash from account_link order by id',
  );
  expect(stored.map(({ hash }) => hash === null)).toEqual([false, true]);
  expect(await work()).toEqual({ done: 1 });
  const letter = only();
  expect(letter).toMatchObject({ from: 'vigie@example.ma', to: ['new@example.ma'] });
  // Of no site yet: in English.
  expect(letter.headers.get('content-type')).toMatch(/^text\/plain/);
  expect(letter.headers.get('subject')).toBe('Your Vigie account');
  expect(letter.headers.get('content-language')).toBe('en');
  const handedOver = body.invitation.url.split('#')[1] ?? '';
  expect(tokenIn(letter)).not.toBe(handedOver);
  expect((await look(tokenIn(letter))).body).toMatchObject({ purpose: 'invitation' });
  expect((await redeem(tokenIn(letter))).status).toBe(204);
  expect((await look(handedOver)).status).toBe(410);
});

it.each([
  ['fr', 'Votre compte Vigie', 'Choisissez votre mot de passe'],
  ['ar', 'حسابك في Vigie', 'اختر كلمة المرور'],
  ['es', 'Su cuenta de Vigie', 'Elija aquí su contraseña'],
])('writes in the language of the site: %s', async (locale, subject, sentence) => {
  await service.ask('PATCH', '/v1/sites/example', admin, { locale });
  const body = { email: `${locale}@example.ma`, role: 'moderator' };
  expect((await service.ask('POST', '/v1/sites/example/members', admin, body)).status).toBe(201);
  await work();
  const letter = only();
  const encoded = letter.headers.get('subject') ?? '';
  const decoded = encoded.replaceAll(/=\?UTF-8\?([BQ])\?(.*?)\?=\s*/gi, (_, how: string, text: string) =>
    how.toUpperCase() === 'B'
      ? Buffer.from(text, 'base64').toString()
      : Buffer.from(
          text
            .replaceAll('_', ' ')
            .replaceAll(/=([0-9A-F]{2})/g, (_all, hex: string) =>
              String.fromCharCode(Number.parseInt(hex, 16)),
            ),
          'latin1',
        ).toString(),
  );
  expect(decoded).toBe(subject);
  expect(letter.text).toContain(sentence);
  expect((await look(tokenIn(letter))).status).toBe(200);
});

it('gives who forgot their password a link, and the same answer to everybody else', async () => {
  await service.staffToken('forgetful@example.ma', 'moderator', site);
  const known = await forgot('Forgetful@Example.ma');
  const unknown = await forgot('nobody@example.ma');
  expect(known.status).toBe(202);
  expect([unknown.status, unknown.text]).toEqual([known.status, known.text]);
  // The same work at the door: a job each, which alone finds out.
  const jobs = await service.database.dataSource.query<{ kind: string }[]>(
    `select kind from job where outcome is null`,
  );
  expect(jobs.map(({ kind }) => kind)).toEqual(['make-asked-link', 'make-asked-link']);
  await work();
  await work();
  const letter = only();
  expect(letter.to).toEqual(['forgetful@example.ma']);
  expect((await look(tokenIn(letter))).body).toMatchObject({ purpose: 'reset' });
  expect((await redeem(tokenIn(letter))).status).toBe(204);
  // As the command line makes accounts, and signing in takes them.
  expect((await forgot('admin@newsroom', '192.0.2.9')).status).toBe(202);
  expect((await forgot('no address')).status).toBe(422);
  await work();
});

it('sends nothing to a closed account, and leaves an invitation that somebody else made good', async () => {
  await service.staffToken('closed@example.ma', 'moderator', site);
  await service.database.dataSource.query(
    `update staff set disabled_at = clock_timestamp() where email = 'closed@example.ma'`,
  );
  expect((await forgot('closed@example.ma')).status).toBe(202);
  const { body } = await invite('patient@example.ma');
  await work();
  mail.letters.length = 0;
  expect((await forgot('patient@example.ma')).status).toBe(202);
  await work();
  await work();
  expect(only().to).toEqual(['patient@example.ma']);
  expect((await look(body.invitation.url.split('#')[1] ?? '')).status).toBe(200);
  expect((await look(tokenIn(only()))).body).toMatchObject({ purpose: 'invitation' });
});

it('makes one wait who asks again and again, by address and by network, whether there is an account or not', async () => {
  for (const email of ['admin@example.ma', 'stranger@example.ma']) {
    await service.database.dataSource.query('delete from sign_in_failure');
    const statuses: number[] = [];
    for (let n = 0; n < 5; n += 1) statuses.push((await forgot(email, `198.51.${n}.1`)).status);
    expect(statuses).toEqual([202, 202, 202, 429, 429]);
    const refused = await forgot(email, '198.51.9.1');
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(20);
    expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(30);
  }
  const statuses: number[] = [];
  for (let n = 0; n < 4; n += 1) statuses.push((await forgot(`n${n}@example.ma`, '203.0.113.5')).status);
  expect(statuses).toEqual([202, 202, 202, 429]);
  const rows = await service.database.dataSource.query<{ key: Buffer }[]>('select key from sign_in_failure');
  expect(rows.every(({ key }) => key.length === 16)).toBe(true);
  // Half a minute later it is taken again, and then it takes a minute.
  await service.database.dataSource.query(
    `update sign_in_failure set last_at = last_at - interval '31 seconds'`,
  );
  expect((await forgot('n0@example.ma', '203.0.113.5')).status).toBe(202);
  const next = await forgot('n1@example.ma', '203.0.113.5');
  expect(Number(next.headers['retry-after'])).toBeGreaterThan(50);
});

it('does not make one wait for a time that was written before the clock was set back', async () => {
  const ask = () => forgot('backwards@example.ma', '203.0.113.77');
  const setBack = () =>
    service.database.dataSource.query(`update sign_in_failure set last_at = last_at + interval '1 day'`);
  expect((await ask()).status).toBe(202);
  await setBack();
  expect((await ask()).status).toBe(202);
  expect((await ask()).status).toBe(202);
  await setBack();
  // The fourth is the first that would have had to wait; it is counted, and the next one waits.
  expect((await ask()).status).toBe(202);
  expect(Number((await ask()).headers['retry-after'])).toBeGreaterThan(50);
});

it('tries a letter again that the server did not take, with another secret, until nobody wants it', async () => {
  const { body } = await invite('retried@example.ma');
  mail.refuse = (command) => (/^RCPT/i.test(command) ? '451 Later' : undefined);
  expect(await work()).toEqual({ failed: 1 });
  mail.refuse = () => undefined;
  expect(await work(later(60))).toEqual({ done: 1 });
  expect((await look(tokenIn(only()))).status).toBe(200);

  mail.letters.length = 0;
  await service.ask('POST', `/v1/staff/${body.id}/links`, admin, { purpose: 'invitation' });
  mail.refuse = () => '554 Never';
  expect(await work()).toEqual({ failed: 1 });
  // A newer link has taken its place.
  await service.ask('POST', `/v1/staff/${body.id}/links`, admin, { purpose: 'invitation' });
  mail.refuse = () => undefined;
  await work(later(120));
  expect(mail.letters).toHaveLength(1);
  expect((await look(tokenIn(only()))).status).toBe(200);
});

it('says, where no mail is sent, that an admin hands a link over', async () => {
  const without = await service.beside({ ROLE: 'api' });
  try {
    const answer = await without.ask('POST', '/v1/session/forgot', undefined, { email: 'admin@example.ma' });
    expect(answer).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('ask an admin') as string },
    });
  } finally {
    await without.close();
  }
});

it('takes an address as one address, whatever it looks like', async () => {
  const email = '"a,b"@example.ma';
  expect((await invite(email)).status).toBe(201);
  await work();
  expect(only().to).toEqual([email]);
});

it('keeps nobody’s address of what a server says when it refuses a letter', async () => {
  await invite('Rejected.Person@example.ma');
  mail.refuse = (command) =>
    /^RCPT/i.test(command)
      ? `550 5.1.1 ${command.slice(8)}: user rejected.person unknown, ask postmaster@mail.example.ma`
      : undefined;
  await work();
  const waiting = await service.ask<{ items: { error: string | null }[] }>(
    'GET',
    '/v1/jobs?state=waiting',
    admin,
  );
  expect(waiting.body.items[0]?.error).toMatch(
    /550 5\.1\.1 <\[e-mail\]>: user \[e-mail\] unknown, ask \[e-mail\]/,
  );
  expect(JSON.stringify(await service.database.dataSource.query('select * from job'))).not.toMatch(
    /rejected\.person/i,
  );
});
