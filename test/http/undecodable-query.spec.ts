import { Controller, Get, Param, Query } from '@nestjs/common';
import { appOf, type TestApp } from './app-of.js';

@Controller('v1')
class TestController {
  @Get('things')
  things(@Query() query: unknown): unknown {
    return query;
  }

  @Get('things/:id')
  thing(@Param('id') id: string): unknown {
    return { id };
  }
}

let test: TestApp;
beforeAll(async () => {
  test = await appOf([TestController]);
});
afterAll(() => test.app.close());

const get = (url: string) => test.app.inject({ method: 'GET', url });

const VALUE = 'Percent-encode this as UTF-8, and a percent sign as %25.';
const NAME = 'Percent-encode the names of parameters as UTF-8, and a percent sign as %25.';

it.each([
  ['is Latin-1', 'id=%E9', ['/id', VALUE]],
  ['is no byte of UTF-8', 'url=https%3A%2F%2Fcdn%2Fa.jpg%FF', ['/url', VALUE]],
  ['ends in the middle of a character', 'id=caf%C3', ['/id', VALUE]],
  ['is half a surrogate pair', 'id=%ED%A0%80', ['/id', VALUE]],
  ['is longer than it need be', 'id=%C0%AF', ['/id', VALUE]],
  ['is no escape', 'id=%zz', ['/id', VALUE]],
  ['is a percent sign alone, behind what can be decoded', 'id=%C3%A9%20100%', ['/id', VALUE]],
  ['stands in one of several', 'id=a&id=%E9&site=b', ['/id', VALUE]],
  ['stands in several, named once', 'id=%FF&id=%FE&site=%E9', ['/id', VALUE], ['/site', VALUE]],
  ['stands in a parameter whose name is encoded', 'i%64=%E9', ['/id', VALUE]],
  ['stands in a name', 'i%E9=a', ['', NAME]],
  ['stands in a name without a value', 'i%E9', ['', NAME]],
  ['stands in front of a fragment', 'id=%E9#a', ['/id', VALUE]],
])('refuses a query in which an escape %s', async (_, query, ...errors) => {
  for (const path of ['/v1/things', '/v1/nothing']) {
    const answer = await get(`${path}?${query}`);
    expect(answer.headers['content-type']).toBe('application/problem+json');
    expect(answer.json()).toMatchObject({
      status: 400,
      type: '/problems/bad-request',
      detail: 'The query holds percent escapes that are not UTF-8.',
      instance: answer.headers['x-request-id'],
      errors: errors.map(([pointer, detail]) => ({ pointer, detail })),
    });
  }
});

it.each([
  ['an escape that is itself escaped', 'id=%25E9', { id: '%E9' }],
  ['an address with an escape', 'url=https%3A%2F%2Fcdn%2Fa%25E9.jpg', { url: 'https://cdn/a%E9.jpg' }],
  ['a percent sign', 'id=100%25&site=a', { id: '100%', site: 'a' }],
  ['the names of parameters, escaped twice', 'i%25E9=a', { 'i%E9': 'a' }],
  ['several characters, and blanks', 'id=%C3%A9+%F0%9F%98%80+%25', { id: 'é 😀 %' }],
  ['an equals sign in a value', 'id=a=%25', { id: 'a=%' }],
])('takes %s', async (_, query, read) => {
  const answer = await get(`/v1/things?${query}`);
  expect([answer.statusCode, answer.json()]).toEqual([200, read]);
});

it('refuses the same in the path, and takes there what is escaped', async () => {
  for (const id of ['%E9', 'a%2F%E9', '%zz', '100%']) {
    expect((await get(`/v1/things/${id}`)).json()).toMatchObject({
      status: 400,
      type: '/problems/bad-request',
      detail: 'The address can not be read: percent-encode its path as UTF-8, and a percent sign as %25.',
    });
  }
  expect((await get('/v1/things/%25E9')).json()).toEqual({ id: '%E9' });
});
