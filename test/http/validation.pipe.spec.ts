import { Body, Controller, Get, Post, Put, Query } from '@nestjs/common';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsDate,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  MaxLength,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { PageQuery } from '../../src/contract/page.js';
import { MOST_ERRORS } from '../../src/http/field-errors.js';
import { readRequest } from '../../src/http/validation.pipe.js';
import { appOf, type TestApp } from './app-of.js';

class Picture {
  @MaxLength(30)
  @IsString()
  @ValidateIf((picture: Picture) => picture.id === undefined)
  url?: string;

  @IsString()
  @IsOptional()
  id?: string;
}

class Report {
  @ValidateNested()
  @Type(() => Picture)
  image!: Picture;

  @IsIn(['violence', 'spam'])
  reason!: string;

  @MaxLength(10)
  @IsString()
  @IsOptional()
  comment?: string;

  @IsString({ each: true })
  @ArrayMaxSize(3)
  @IsArray()
  @IsOptional()
  tags?: string[];

  @ValidateNested({ each: true })
  @Type(() => Picture)
  @ArrayMinSize(1)
  @ArrayMaxSize(3)
  @IsArray()
  @IsOptional()
  others?: Picture[];

  @Min(1)
  @IsInt()
  @IsOptional()
  count?: number;
}

class Span extends PageQuery {
  @IsDate()
  @Type(() => Date)
  @IsOptional()
  from?: Date;

  @IsBoolean()
  @Type(() => Boolean)
  @IsOptional()
  skip?: boolean;

  @IsString({ each: true })
  @IsArray()
  @IsOptional()
  reason?: string[];
}

class Album {
  @ValidateNested()
  @Type(() => Picture)
  cover!: Picture;
}

class Nothing {}

@Controller()
class TestController {
  @Post('reports')
  report(@Body() report: Report): unknown {
    return { classes: [report.constructor.name, report.image.constructor.name], report };
  }

  @Put('nothing')
  nothing(@Body() body: Nothing): unknown {
    return { class: body.constructor.name };
  }

  @Put('anything')
  anything(@Body() body: unknown): unknown {
    return { body };
  }

  @Put('album')
  album(@Body() album: Album): unknown {
    return { album };
  }

  @Get('span')
  span(@Query() query: Span): unknown {
    return { ...query, isDate: query.from instanceof Date };
  }
}

let test: TestApp;

beforeAll(async () => {
  test = await appOf([TestController], { logLevel: 'error' });
});

afterAll(async () => {
  await test.app.close();
});

const image = { url: 'https://cdn.example.ma/1.jpg' };
const valid = { image, reason: 'spam' };

/** The errors by pointer, or the answer where there are none. */
async function post(body: unknown): Promise<unknown> {
  const response = await test.app.inject({
    method: 'POST',
    url: '/reports',
    headers: { 'content-type': 'application/json' },
    payload: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return errorsOf(response.statusCode, response.json());
}

async function get(query: string): Promise<unknown> {
  const response = await test.app.inject(`/span?${query}`);
  return errorsOf(response.statusCode, response.json());
}

function errorsOf(
  status: number,
  body: { type?: string; errors?: { pointer: string; detail: string }[] },
): unknown {
  if (status < 400) return body;
  expect([status, body.type]).toEqual([422, '/problems/invalid']);
  return Object.fromEntries((body.errors ?? []).map(({ pointer, detail }) => [pointer, detail]));
}

describe('a body', () => {
  it('becomes an instance of its class, nested classes included', async () => {
    expect(await post({ ...valid, tags: ['a'], others: [{ id: '7' }] })).toEqual({
      classes: ['Report', 'Picture'],
      report: { ...valid, tags: ['a'], others: [{ id: '7' }] },
    });
  });

  it('may leave out or set to null what is optional', async () => {
    expect(await post({ ...valid, comment: null })).toMatchObject({ report: { comment: null } });
  });

  it.each([
    ['an array', []],
    ['an array of bodies', [valid]],
    ['a text', '"text"'],
    ['a number', '7'],
    ['null', 'null'],
  ])('that is %s is refused at the pointer ""', async (_name, body) => {
    expect(await post(body)).toEqual({ '': 'The body must be a JSON object.' });
  });

  it('that was not sent is an empty one, where nothing in it is required', async () => {
    const absent = await test.app.inject({ method: 'PUT', url: '/nothing' });
    expect([absent.statusCode, absent.json()]).toEqual([200, { class: 'Nothing' }]);
    for (const [method, url] of [
      ['POST', '/reports'],
      ['PUT', '/album'],
    ] as const) {
      const needed = await test.app.inject({ method, url });
      expect(errorsOf(needed.statusCode, needed.json())).toEqual({ '': 'The body must be a JSON object.' });
    }
  });

  it('tells every field that is wrong, in sentences', async () => {
    expect(await post({ image: { url: 7 }, reason: 'boredom', comment: 'x'.repeat(11), count: 0 })).toEqual({
      '/image/url': 'Must be a string.',
      '/reason': 'Must be one of the following values: violence, spam.',
      '/comment': 'Must be shorter than or equal to 10 characters.',
      '/count': 'Must not be less than 1.',
    });
    expect(await post({})).toEqual({
      '/image': 'This field is required.',
      '/reason': 'This field is required.',
    });
  });

  it('names unknown fields, at every depth, beside the other errors', async () => {
    expect(await post({ ...valid, admin: true, image: { ...image, 'a/b~c': 1 }, count: 'x' })).toEqual({
      '/admin': 'There is no field "admin" here.',
      '/image/a~1b~0c': 'There is no field "a/b~c" here.',
      '/count': expect.any(String) as string,
    });
  });

  it.each(['constructor', 'toString', 'hasOwnProperty', 'then', 'valueOf'])(
    'has no field %s, which every object has',
    async (name) => {
      expect(await post({ ...valid, [name]: 'x' })).toEqual({
        [`/${name}`]: `There is no field "${name}" here.`,
      });
    },
  );

  it.each([
    ['"__proto__": 1', '/__proto__'],
    ['"__proto__": {"admin": true}', '/__proto__'],
    ['"\\u005f_proto__": {"admin": true}', '/__proto__'],
    ['"constructor": {"prototype": {"admin": true}}', '/constructor'],
  ])('is JSON with a field that there is not where it holds %s', async (field, pointer) => {
    const none = `There is no field "${pointer.slice(1)}" here.`;
    expect(await post(`{"image": {"id": "7"}, "reason": "spam", ${field}}`)).toEqual({ [pointer]: none });
    expect(await post(`{"image": {"id": "7", ${field}}, "reason": "spam"}`)).toEqual({
      [`/image${pointer}`]: none,
    });
    // What has no class, and what must be something else, hold none either.
    expect(await post(`{"image": {"id": "7"}, "reason": {"a": [{${field}}]}}`)).toMatchObject({
      [`/reason/a/0${pointer}`]: none,
    });
    const free = await test.app.inject({
      method: 'PUT',
      url: '/anything',
      headers: { 'content-type': 'application/json' },
      payload: `{"a": {${field}}}`,
    });
    expect(errorsOf(free.statusCode, free.json())).toMatchObject({ [`/a${pointer}`]: none });
    expect(({} as Record<string, unknown>)['admin']).toBeUndefined();
  });

  it('takes neither a list for an object nor an object for a list', async () => {
    expect(await post({ ...valid, image: [image] })).toEqual({ '/image': 'Must be an object, not a list.' });
    expect(await post({ ...valid, image: 'x' })).toEqual({ '/image': 'Must be an object.' });
    expect(await post({ ...valid, image: null })).toEqual({ '/image': 'Must be an object.' });
    expect(await post({ ...valid, others: image })).toEqual({ '/others': 'Must be a list.' });
    expect(await post({ ...valid, others: { 0: image } })).toEqual({ '/others': 'Must be a list.' });
    expect(await post({ ...valid, tags: 'a' })).toEqual({ '/tags': 'Must be a list.' });
    expect(await post({ ...valid, tags: [['a']] })).toEqual({ '/tags/0': 'Must be a string.' });
    expect(await post({ ...valid, others: [image, [image]] })).toEqual({ '/others/1': 'Must be an object.' });
    expect(await post({ ...valid, others: [image, null, 'x'] })).toEqual({
      '/others/1': 'Must be an object.',
      '/others/2': 'Must be an object.',
    });
  });

  it('points at the item of a list that is wrong', async () => {
    expect(await post({ ...valid, tags: ['a', 7] })).toEqual({ '/tags/1': 'Must be a string.' });
    expect(await post({ ...valid, others: [image, {}] })).toEqual({
      '/others/1/url': 'This field is required.',
    });
    expect(await post({ ...valid, others: [image, { url: 'x'.repeat(31) }] })).toEqual({
      '/others/1/url': 'Must be shorter than or equal to 30 characters.',
    });
    expect(await post({ ...valid, others: [] })).toEqual({ '/others': 'Must have at least one item.' });
  });

  it('refuses a list that is too long without looking at its items', async () => {
    const many = Array.from({ length: 50_000 }, () => ({}));
    expect(await post({ ...valid, others: many })).toEqual({ '/others': 'Must have no more than 3 items.' });
  });

  it('behaviour 9: NUL and lone surrogates are refused with a pointer, whole pairs and RTL override are text', async () => {
    expect(await post({ image: { url: 'a\0b' }, reason: 'spam', comment: '\ud83d' })).toEqual({
      '/image/url': 'Must not contain the character NUL.',
      '/comment': 'Must not contain half a surrogate pair.',
    });
    expect(await post({ ...valid, tags: ['a', 'b\0'] })).toEqual({
      '/tags/1': 'Must not contain the character NUL.',
    });
    expect(await post({ ...valid, comment: '😀\u202e<b>' })).toMatchObject({
      report: { comment: '😀\u202e<b>' },
    });
  });

  it('converts nothing', async () => {
    expect(await post({ ...valid, count: '7' })).toEqual({ '/count': 'Must be an integer number.' });
    expect(await post({ ...valid, comment: 7 })).toEqual({
      '/comment': expect.stringMatching(/^Must be/) as string,
    });
  });

  it('lists a bounded number of errors, however many there are', async () => {
    const fields = Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`f${index}`, 1]));
    const errors = (await post({ ...valid, ...fields })) as object;
    expect(Object.keys(errors)).toHaveLength(MOST_ERRORS);
    const longName = (await post({ ...valid, ['n'.repeat(100_000)]: 1 })) as object;
    expect(JSON.stringify(longName).length).toBeLessThan(500);
  });

  it('of a class without fields must be empty', async () => {
    const put = async (payload: object) =>
      (await test.app.inject({ method: 'PUT', url: '/nothing', payload })).json<Record<string, unknown>>();
    expect(await put({})).toEqual({ class: 'Nothing' });
    expect(await put({ a: 1 })).toMatchObject({ status: 422, errors: [{ pointer: '/a' }] });
    const wrong = (count: number) =>
      put(Object.fromEntries(Array.from({ length: count }, (_, index) => [`f${index}`, 1])));
    const [all, more] = [await wrong(MOST_ERRORS), await wrong(MOST_ERRORS + 1)];
    for (const { errors } of [all, more]) expect(errors).toHaveLength(MOST_ERRORS);
    expect([all['detail'], more['detail']]).toEqual([
      'Correct the fields that are listed in "errors" and send the request again.',
      'More fields are wrong than are listed in "errors".',
    ]);
  });
});

describe('a query', () => {
  it('has its numbers, flags and times read from text, and its defaults', async () => {
    expect(await get('limit=5&from=2026-11-23T10:00:00Z&skip=false')).toEqual({
      limit: 5,
      from: '2026-11-23T10:00:00.000Z',
      skip: false,
      isDate: true,
    });
    expect(await get('')).toEqual({ limit: 20, isDate: false });
  });

  it.each(['0', '101', '1.5', '0x10', '1e1', '', 'ten', '%205', 'Infinity', 'NaN'])(
    'has no limit=%s',
    async (limit) => {
      expect(await get(`limit=${limit}`)).toEqual({ '/limit': expect.any(String) as string });
    },
  );

  it('takes RFC 3339 and nothing else for a time', async () => {
    for (const from of [
      '2026-11-23',
      '7',
      'yesterday',
      '2026-13-01T00:00:00Z',
      '2026-02-30T10:00:00Z',
      '2026-11-31T10:00:00+01:00',
      '2026-11-23T24:00:00Z',
      '2026-11-23T10:00:00',
    ]) {
      expect(await get(`from=${encodeURIComponent(from)}`)).toEqual({
        '/from': expect.any(String) as string,
      });
    }
    expect(await get('from=2028-02-29T23:59:59Z')).toMatchObject({ from: '2028-02-29T23:59:59.000Z' });
    expect(await get(`from=${encodeURIComponent('2026-11-23T10:00:00.5+01:00')}`)).toMatchObject({
      from: '2026-11-23T09:00:00.500Z',
    });
  });

  it('names what is given twice, what is unknown and what can not be stored', async () => {
    expect(await get('limit=5&limit=6')).toEqual({ '/limit': 'Give this once.' });
    expect(await get('cursor=a%00')).toEqual({ '/cursor': 'Must not contain the character NUL.' });
    expect(await get('page=2&__proto__=x&constructor=y')).toEqual({
      '/page': 'There is no field "page" here.',
      '/__proto__': 'There is no field "__proto__" here.',
      '/constructor': 'There is no field "constructor" here.',
    });
    expect(await get('skip=yes')).toEqual({ '/skip': 'Must be a boolean value.' });
  });

  it('makes a list of one where a list is asked for', async () => {
    expect(await get('reason=spam')).toMatchObject({ reason: ['spam'] });
    expect(await get('reason=spam&reason=hate')).toMatchObject({ reason: ['spam', 'hate'] });
  });

  it('may carry the key of a browser, which the guard reads', async () => {
    expect(await get('key=vg_pub_x')).toEqual({ limit: 20, isDate: false });
  });
});

describe('a class that asks for what requests do not support', () => {
  it('is refused at the first request, by name', () => {
    class Untyped {
      @ValidateNested()
      image!: object;
    }
    expect(() => readRequest(Untyped, {}, 'body')).toThrow('Untyped.image: @ValidateNested() and @Type');
  });
});
