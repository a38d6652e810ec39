import { trace } from '@opentelemetry/api';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { loadConfig } from '../src/config/load-config.js';
import { type RunningService, start } from '../src/start.js';
import { DataDir } from './setup/data-dir.js';
import { memoryFolder } from './setup/memory-folder.js';
import { SECRET } from './setup/process.js';

jest.setTimeout(120_000);

const TRACES = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1' };
const NOWHERE = 'postgresql://vigie@127.0.0.1:1/vigie';

let data: DataDir;
let said: string[];

beforeEach(() => {
  data = new DataDir(memoryFolder());
  said = [];
});

afterEach(() => {
  jest.restoreAllMocks();
  const left = data.serverPid();
  if (left !== null) process.kill(left, 'SIGQUIT');
  data.remove();
});

function begin(env: NodeJS.ProcessEnv): Promise<RunningService> {
  const given = {
    NODE_ENV: 'test',
    LOG_LEVEL: 'silent',
    VIGIE_SECRET: SECRET,
    DATA_DIR: data.folder,
    ...env,
  };
  return start(loadConfig(given), given, (line) => void said.push(line));
}

describe('a start', () => {
  it('whose tracing fails leaves no Postgres running', async () => {
    jest.spyOn(NodeTracerProvider.prototype, 'register').mockImplementation(() => {
      throw new Error('no tracing here');
    });
    await expect(begin(TRACES)).rejects.toThrow('no tracing here');
    expect(data.serverPid()).toBeNull();
  });

  it('that fails says why, whatever fails as what had started is stopped', async () => {
    jest.spyOn(trace, 'disable').mockImplementationOnce(() => {
      throw new Error('it goes on');
    });
    await expect(begin({ ...TRACES, DATABASE_URL: NOWHERE })).rejects.toThrow('ECONNREFUSED');
    expect(said).toContain('What had started could not be stopped: Error: it goes on');
    trace.disable();
  });
});

describe('a stop', () => {
  it('ends the embedded Postgres also where something before it can not be ended', async () => {
    const service = await begin({});
    expect(data.serverPid()).not.toBeNull();
    jest.spyOn(service.app.getHttpAdapter(), 'close').mockRejectedValueOnce(new Error('a socket stays'));
    await expect(service.stop()).rejects.toThrow('a socket stays');
    expect(data.serverPid()).toBeNull();
    await service.app.close();
  });
});
