import { Body, Controller, Get, Post, Put, Query } from '@nestjs/common';
import { ApiBadRequestResponse, ApiOkResponse, ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsInt,
  IsOptional,
  IsString,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { PageQuery, pageOf } from '../../src/contract/page.js';
import { Length, MaxLength } from '../../src/contract/text-length.js';
import { withoutNullable } from '../../src/http/without-nullable.js';
import { appOf, type TestApp } from './app-of.js';

class Lease {
  @ApiProperty({ example: 'stf_1' })
  holder!: string;
}

class Item {
  @ApiProperty({ type: Lease, nullable: true })
  lease!: Lease | null;

  @ApiProperty({ enum: ['a', 'b'], nullable: true })
  choice!: 'a' | 'b' | null;

  @ApiProperty({ type: Number, nullable: true })
  nullable!: number | null;
}

class ItemPage extends pageOf(Item) {}

class Note {
  @ApiPropertyOptional({ type: String, nullable: true })
  @IsString()
  @IsOptional()
  text?: string | null;
}

class Sender {
  @ApiProperty()
  @Matches(/^[a-z]+$/)
  @IsString()
  code!: string;
}

/** Whose decorators of OpenAPI say nothing of how much is taken, or what is not so. */
class Parcel {
  @ApiProperty({ maxLength: 500 })
  @Length(2, 5)
  @IsString()
  name!: string;

  @ApiProperty({ type: [String] })
  @ArrayMaxSize(3)
  @IsArray()
  @MaxLength(7, { each: true })
  tags!: string[];

  @ApiProperty({ type: 'integer' })
  @Max(9)
  @Min(1)
  @IsInt()
  count!: number;

  @ApiProperty({ type: Sender })
  @Type(() => Sender)
  @ValidateNested()
  sender!: Sender;
}

class ParcelQuery {
  @ApiPropertyOptional()
  @MaxLength(12)
  @IsOptional()
  to?: string;
}

@Controller('v1/items')
class ItemController {
  @ApiOkResponse({ type: ItemPage })
  @Get()
  listItems(@Query() _query: PageQuery): ItemPage {
    return { items: [], nextCursor: null };
  }

  @Put()
  sendParcel(@Body() _parcel: Parcel, @Query() _query: ParcelQuery): void {
    // What it does is not asked here.
  }

  @ApiBadRequestResponse({ description: 'No.' })
  @Post()
  addItem(@Body() _note: Note): void {
    // What it does is not asked here.
  }
}

interface Schema {
  readonly [key: string]: unknown;
  readonly properties: Record<string, unknown>;
}

interface Document {
  readonly openapi: string;
  readonly paths: Record<
    string,
    Record<string, { parameters: unknown[]; responses: Record<string, { content?: unknown }> }>
  >;
  readonly components: { schemas: Record<string, Schema>; securitySchemes: Record<string, unknown> };
}

let test: TestApp;
let document: Document;

beforeAll(async () => {
  test = await appOf([ItemController], { logLevel: 'silent' });
  document = (await test.app.inject('/v1/openapi.json')).json<Document>();
});

afterAll(async () => {
  await test.app.close();
});

/** Where a schema still says nullable; a property of that name is none of it. */
function nullables(node: unknown, isNames = false): number {
  if (typeof node !== 'object' || node === null) return 0;
  const own = !isNames && 'nullable' in node ? 1 : 0;
  return Object.entries(node).reduce(
    (sum, [key, value]) => sum + nullables(value, key === 'properties'),
    own,
  );
}

describe('the OpenAPI document', () => {
  it('is 3.1, without a trace of nullable', () => {
    expect(document.openapi).toBe('3.1.0');
    expect(nullables(document)).toBe(0);
    expect(document.components.schemas['Item']?.properties).toMatchObject({
      lease: { anyOf: [{ $ref: '#/components/schemas/Lease' }, { type: 'null' }] },
      choice: { type: ['string', 'null'], enum: ['a', 'b', null] },
      nullable: { type: ['number', 'null'] },
    });
    expect(document.components.schemas['ItemPage']?.properties['nextCursor']).toMatchObject({
      type: ['string', 'null'],
    });
  });

  it('gives every error of every operation the one shape', () => {
    const content = {
      'application/problem+json': { schema: { $ref: '#/components/schemas/ProblemDetails' } },
    };
    const { get, post } = document.paths['/v1/items'] ?? {};
    expect(get?.responses['default']?.content).toEqual(content);
    expect(get?.responses['200']?.content).not.toEqual(content);
    expect(post?.responses['400']?.content).toEqual(content);
    expect(document.paths['/health/ready']?.['get']?.responses['503']?.content).toEqual(content);
    expect(document.components.schemas['ProblemDetails']?.properties).toHaveProperty('errors');
  });

  it('says of everything that may be sent how much of it is taken, by the rules that refuse the rest', () => {
    const text = '^[^\\u0000]*$';
    expect(document.components.schemas['Parcel']).toMatchObject({
      additionalProperties: false,
      properties: {
        name: { type: 'string', minLength: 2, maxLength: 5, pattern: text },
        tags: { type: 'array', maxItems: 3, items: { type: 'string', maxLength: 7, pattern: text } },
        count: { type: 'integer', minimum: 1, maximum: 9, format: 'int32' },
      },
    });
    expect(document.components.schemas['Sender']).toMatchObject({
      additionalProperties: false,
      properties: { code: { type: 'string', pattern: '^[a-z]+$' } },
    });
    // What is answered may have more fields one day.
    expect(document.components.schemas['Item']).not.toHaveProperty('additionalProperties');
    expect(document.paths['/v1/items']?.['put']?.parameters).toMatchObject([
      { name: 'to', in: 'query', schema: { type: 'string', maxLength: 12, pattern: text } },
    ]);
  });

  it('says of every answer that it has the id of its request, and how it may fail', () => {
    const { put } = document.paths['/v1/items'] ?? {};
    expect(Object.keys(put?.responses ?? {})).toEqual([
      '200',
      '400',
      '413',
      '415',
      '422',
      '500',
      '503',
      'default',
    ]);
    for (const response of Object.values(put?.responses ?? {})) {
      expect(response).toHaveProperty(['headers', 'X-Request-Id'], {
        $ref: '#/components/headers/RequestId',
      });
    }
  });

  it('says that what is asked for in an address alone can be wrong, too', () => {
    const { get } = document.paths['/v1/items'] ?? {};
    expect(Object.keys(get?.responses ?? {})).toContain('422');
    expect(Object.keys(document.paths['/health/live']?.['get']?.responses ?? {})).not.toContain('422');
  });

  it('describes pages, keys and health', () => {
    expect(document.paths['/v1/items']?.['get']?.parameters).toMatchObject([
      {
        name: 'limit',
        in: 'query',
        required: false,
        schema: { minimum: 1, maximum: 100, default: 20, type: 'integer' },
      },
      { name: 'cursor', in: 'query', required: false },
    ]);
    expect(Object.keys(document.components.securitySchemes).sort()).toEqual([
      'csrfToken',
      'metricsToken',
      'publishableKey',
      'publishableKeyInQuery',
      'secretKey',
      'session',
      'staffToken',
    ]);
    expect(Object.keys(document.paths).sort()).toEqual(['/health/live', '/health/ready', '/v1/items']);
  });

  it('is shown at /docs, page and scripts', async () => {
    const page = await test.app.inject('/docs');
    expect(page.headers['content-type']).toMatch(/^text\/html/);
    const scripts = [...page.body.matchAll(/<script src="\.\/([^"]+)"/g)].map(
      ([, script]) => `/${script ?? ''}`,
    );
    expect(scripts).toHaveLength(3);
    for (const script of scripts) {
      expect([script, (await test.app.inject(script)).statusCode]).toEqual([script, 200]);
    }
    const missing = await test.app.inject('/docs/missing.js');
    expect(missing.headers['content-type']).toBe('application/problem+json');
  });
});

describe('withoutNullable', () => {
  it('converts what the generator leaves, and leaves examples and names alone', () => {
    expect(
      withoutNullable({
        a: { nullable: true },
        b: { type: 'string', nullable: true },
        c: { anyOf: [{ type: 'string' }], nullable: true },
        d: { type: 'string', nullable: false },
        e: { type: 'object', properties: { nullable: { type: 'string' } }, example: { nullable: true } },
      }),
    ).toEqual({
      a: {},
      b: { type: ['string', 'null'] },
      c: { anyOf: [{ type: 'string' }, { type: 'null' }] },
      d: { type: 'string' },
      e: { type: 'object', properties: { nullable: { type: 'string' } }, example: { nullable: true } },
    });
  });
});
