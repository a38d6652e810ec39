import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ImageExaminer, ImageProblem } from '../../src/images/examine-image.js';
import { ExaminerProcess } from '../../src/images/examiner-process.js';
import { until } from '../setup/until.js';
import { examineProgram, examiners, LIMITS, photo } from './examining.js';
import { gifOfFrames } from './hostile-pictures.js';

const program = examineProgram();
afterAll(program.remove);

describe('the processes that look at pictures', () => {
  const small = photo().resize(200).jpeg().toBuffer();
  const asked = { snapshots: false };
  const inLinux = process.platform === 'linux' ? it : it.skip;

  it('take no longer than they may, and go on with the next picture', async () => {
    const hang = path.join(program.folder, 'hang.js');
    // Never comes to an end, and hears nothing meanwhile, at pictures that begin with a G.
    writeFileSync(
      hang,
      `process.on('message', ({ bytes }) => { while (bytes[0] === 71); });\nawait import('./examine-process.js');\n`,
    );
    const hurried = new ImageExaminer({ ...LIMITS, examineSeconds: 6 }, hang);
    const gif = await photo().resize(100).gif().toBuffer();
    const outcomes = await Promise.allSettled([
      hurried.examine(gif, asked),
      hurried.examine(await small, asked),
    ]);
    expect(outcomes).toMatchObject([
      { status: 'rejected', reason: { code: 'too-slow' } },
      { status: 'fulfilled', value: { format: 'jpeg' } },
    ]);
    await hurried.close();
  });

  it('crash alone: the picture is tried once more, then damaged, and others go on', async () => {
    const crash = path.join(program.folder, 'crash.js');
    // Dies as a decoder does that reads what is not its own, at pictures that begin with a G.
    writeFileSync(
      crash,
      `process.on('message', ({ bytes }) => { if (bytes[0] === 71) process.kill(process.pid, 'SIGSEGV'); });\nawait import('./examine-process.js');\n`,
    );
    const brittle = new ImageExaminer({ ...LIMITS, workers: 2 }, crash);
    const gif = await photo().resize(100).gif().toBuffer();
    const outcomes = await Promise.allSettled([
      brittle.examine(gif, asked),
      brittle.examine(await small, asked),
      brittle.examine(gif, asked),
      brittle.examine(await small, asked),
    ]);
    expect(
      outcomes.map((one) => (one.status === 'fulfilled' ? one.value.format : (one.reason as unknown))),
    ).toEqual([
      expect.objectContaining({ code: 'damaged' }),
      'jpeg',
      expect.objectContaining({ code: 'damaged' }),
      'jpeg',
    ]);
    await brittle.close();
  });

  inLinux(
    'are no more than they may be, however many pictures wait, and all are gone after close',
    async () => {
      const before = examiners().length;
      const pair = program.examiner({ workers: 2 });
      const bytes = await small;
      let most = 0;
      await Promise.all(
        Array.from({ length: 12 }, async () => {
          await pair.examine(bytes, asked);
          most = Math.max(most, examiners().length - before);
        }),
      );
      expect(most).toBe(2);
      const waiting = [pair.examine(bytes, asked), pair.examine(bytes, asked), pair.examine(bytes, asked)];
      const settled = Promise.allSettled(waiting);
      await pair.close();
      for (const one of await settled) {
        expect(one).toMatchObject({ status: 'rejected' });
        if (one.status === 'rejected') expect(one.reason).not.toBeInstanceOf(ImageProblem);
      }
      expect(examiners().length).toBe(before);
      await expect(pair.examine(bytes, asked)).rejects.toThrow('shutting down');
    },
  );

  it('leave a picture that is not wanted any more, waiting or begun', async () => {
    const one = program.examiner();
    const large = await photo().resize(4000).png().toBuffer();
    const [begun, waits] = [new AbortController(), new AbortController()];
    const first = one.examine(large, { snapshots: true, signal: begun.signal });
    const second = one.examine(large, { snapshots: true, signal: waits.signal });
    const third = one.examine(await small, asked);
    waits.abort(new Error('Never mind.'));
    await expect(second).rejects.toThrow('Never mind.');
    begun.abort(new Error('Nor this.'));
    await expect(first).rejects.toThrow('Nor this.');
    expect(await third).toMatchObject({ format: 'jpeg' });
    await expect(one.examine(large, { snapshots: true, signal: AbortSignal.abort() })).rejects.toThrow();
    await one.close();
  });

  it('do not begin with a picture that was not wanted any more when its turn came, and take the next one', async () => {
    const one = new ExaminerProcess(program.file);
    const picture = { bytes: await small, snapshots: false, ppm: false, maxPixels: 1_000_000, seconds: 20 };
    const never = AbortSignal.abort(new Error('Never mind.'));
    await expect(one.examine(picture, never)).rejects.toThrow('Never mind.');
    expect(one.ended).toBe(false);
    expect(await one.examine(picture, undefined)).toMatchObject({ format: 'jpeg' });
    await one.kill(new Error('That is all.'));
  });

  it('say so when they can not be started', async () => {
    const missing = new ImageExaminer(LIMITS, '/nowhere/examine-process.js');
    await expect(missing.examine(await small, asked)).rejects.toThrow('npm run build');
    const broken = path.join(program.folder, 'broken.js');
    writeFileSync(broken, 'process.exit(3);\n');
    const failing = new ImageExaminer(LIMITS, broken);
    const reason = await failing.examine(await small, asked).catch((error: unknown) => error);
    expect(reason).not.toBeInstanceOf(ImageProblem);
    expect(reason).toMatchObject({ message: expect.stringContaining('could not be started') as string });
    await failing.close();
  });

  inLinux('end with the process that started them, even when it is killed', async () => {
    const parent = path.join(program.folder, 'parent.js');
    writeFileSync(
      parent,
      `import { ImageExaminer } from './examine-image.js';
       import { readFileSync } from 'node:fs';
       const one = new ImageExaminer(${JSON.stringify(LIMITS)}, ${JSON.stringify(program.file)});
       await one.examine(readFileSync(process.argv[2]), { snapshots: false });
       const children = readFileSync(\`/proc/self/task/\${process.pid}/children\`, 'utf8').trim();
       console.log(children);
       setInterval(() => {}, 1000);`,
    );
    const picture = path.join(program.folder, 'picture.jpg');
    writeFileSync(picture, await small);
    const child = spawn(process.execPath, [parent, picture], { stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    child.stdout.on('data', (data: Buffer) => (said += data.toString()));
    await until(() => said.endsWith('\n'));
    const pid = Number(said);
    expect(pid).toBeGreaterThan(1);
    child.kill('SIGKILL');
    await until(() => {
      try {
        return /^State:\tZ/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
      } catch {
        return true;
      }
    });
  });

  inLinux(
    'keep their memory flat over hundreds of pictures, good and bad',
    async () => {
      const own = new ImageExaminer(LIMITS, program.file);
      const before = new Set(examiners());
      const good = await photo().resize(1000).jpeg().toBuffer();
      const bad = good.subarray(0, good.length / 2);
      const gif = gifOfFrames(await photo().resize(120, 80).gif().toBuffer(), 500);
      const round = async (times: number): Promise<number> => {
        for (let time = 0; time < times; time += 1) {
          await own.examine(good, { snapshots: time % 10 === 0 });
          await own.examine(bad, asked).catch(() => undefined);
          await own.examine(gif, asked);
        }
        const [pid] = examiners().filter((one) => !before.has(one));
        return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
      };
      const warm = await round(25);
      // 180 more. If the pixels of the good ones were kept, 1.9 MB each, they would be 113 MB.
      const after = await round(60);
      expect(warm).toBeGreaterThan(20);
      expect(after).toBeLessThan(warm + 80);
      await own.close();
    },
    120_000,
  );
});
