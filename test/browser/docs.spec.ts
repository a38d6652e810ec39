import { describeInBrowser } from './chromium.js';
import { ConsoleRoom } from './console.js';

/** The page that describes the API: made by Swagger UI, under a policy of ours. */
describeInBrowser('the page of the API', () => {
  let room: ConsoleRoom;

  beforeAll(async () => (room = await ConsoleRoom.open({ ROLE: 'api' })));
  afterEach(() => room.leave());
  afterAll(() => room.close());

  it.each(['/docs', '/docs/'])('works at %s without anything that its policy forbids', async (path) => {
    const { page, errors } = await room.visit(path);
    const operation = page.getByRole('button', { name: 'GET /health/live' }).first();
    await operation.click();
    await page.getByRole('button', { name: 'Try it out' }).click();
    await page.getByRole('button', { name: 'Execute' }).click();
    await page.locator('.live-responses-table .response-col_status', { hasText: '200' }).waitFor();
    expect(errors).toEqual([]);
  });
});
