import { isIP } from 'node:net';
import { readUrl } from '../core/read-url.js';

/** Turns a raw value into a setting's value, or throws a `SettingProblem`. */
export type Check<T> = (value: unknown) => T;

/** What is wrong with one value: "must be ...". It never repeats the value, which may be a password. */
export class SettingProblem extends Error {}

export function wholeNumber(from: number, to: number): Check<number> {
  return (value) => {
    if (typeof value === 'number' && Number.isInteger(value) && value >= from && value <= to) return value;
    throw new SettingProblem(`must be a whole number from ${from} to ${to}`);
  };
}

export const flag: Check<boolean> = (value) => {
  if (typeof value === 'boolean') return value;
  throw new SettingProblem('must be true or false (in the environment: on or off)');
};

export function oneOf<const T extends string>(...choices: T[]): Check<T> {
  return (value) => {
    const choice = choices.find((candidate) => candidate === value);
    if (choice !== undefined) return choice;
    throw new SettingProblem(`must be one of ${choices.join(', ')}`);
  };
}

export const text: Check<string> = (value) => {
  if (typeof value === 'string' && value.trim() !== '') return value;
  throw new SettingProblem('must be a text that is not empty');
};

/** What opens a door to whoever has it: long enough not to be guessed. It is sent in a header. */
export const doorToken: Check<string> = (value) => {
  if (typeof value === 'string' && /^[\x21-\x7e]{16,}$/.test(value)) return value;
  throw new SettingProblem(
    'must have at least 16 characters and no blank, such as the output of `openssl rand -hex 32`',
  );
};

export const hostName: Check<string> = (value) => {
  // 999.9.9.9 is neither; to the URL standard a name that ends in a number is an address.
  const inUrl = (name: string): string => (name.includes(':') ? `http://[${name}]/` : `http://${name}/`);
  if (typeof value === 'string' && /^[\w.:-]+$/.test(value) && readUrl(inUrl(value)) !== null) return value;
  throw new SettingProblem('must be an IP address or a host name, such as 127.0.0.1 or 0.0.0.0');
};

/** A sender of mail: an address, or a name with an address in angle brackets. One line, so that it makes no other header. */
export const mailbox: Check<string> = (value) => {
  const address = String(value).replace(/^[^<>\p{Cc}]*<([^<>]*)>$/u, '$1');
  if (typeof value === 'string' && /^[^\s@<>,\p{Cc}]+@[^\s@<>,\p{Cc}]+$/u.test(address)) return value;
  throw new SettingProblem('must be a sender such as "Vigie <vigie@example.com>"');
};

export function optional<T>(check: Check<T>): Check<T | null> {
  return (value) => (value === null ? null : check(value));
}

/** A list of at most so many values. */
export function listOf<T>(check: Check<T>, longest: number): Check<T[]> {
  return (value) => {
    if (Array.isArray(value) && value.length <= longest) return value.map(check);
    throw new SettingProblem(`must be a list of at most ${longest} values, such as [5, 300]`);
  };
}

/** Seconds to wait, one after the other; the last of them for ever. */
export const steps: Check<number[]> = (value) => {
  if (Array.isArray(value) && value.length > 0 && value.length <= 30)
    return value.map(wholeNumber(10, 31_536_000));
  throw new SettingProblem('must be a list of 1 to 30 times in seconds, such as [600, 3600]');
};

/** So many requests in so many seconds. */
export interface Limit {
  readonly points: number;
  readonly seconds: number;
}

/** Limits that hold together, each with a time of its own; an empty list limits nothing. */
export const limits: Check<Limit[]> = (value) => {
  const given = Array.isArray(value) && value.length <= 4 ? value.map(limit) : [null];
  const known = given.filter((entry) => entry !== null);
  const isWhole = known.length === given.length;
  if (isWhole && new Set(known.map(({ seconds }) => seconds)).size === known.length) return known;
  throw new SettingProblem(
    'must be a list of at most 4 limits with different seconds, such as [{ points: 10, seconds: 60 }]; ' +
      'points from 1 to 1000000000, seconds from 1 to 86400',
  );
};

/** A URL with one of these schemes, such as `postgres:`; given back as it was written. */
export function urlOf(schemes: readonly string[], example: string): Check<string> {
  return (value) => {
    // libpq allows a user and no host (the host is then a parameter: a socket's folder); the URL standard doesn't.
    const standard = String(value).replace('@/', '@localhost/');
    const url = readUrl(standard);
    if (typeof value !== 'string' || url === null || !schemes.includes(url.protocol)) {
      throw new SettingProblem(`must be a URL such as ${example}`);
    }
    if (isDecodable(url)) return value;
    throw new SettingProblem(
      `must be a URL such as ${example}, in which % begins two hexadecimal digits: write %25 for one that is meant as it is`,
    );
  };
}

/** Whoever connects decodes these; the URL standard lets a lone % stand in them. */
function isDecodable({ username, password, hostname, pathname }: URL): boolean {
  try {
    for (const part of [username, password, hostname, pathname]) decodeURIComponent(part);
    return true;
  } catch {
    return false;
  }
}

/** The address of a web server, without a trailing slash. */
export const webAddress: Check<string> = (value) => {
  const address = urlOf(['http:', 'https:'], 'https://vigie.example.com')(value);
  const { search, hash, username, password } = new URL(address);
  if (search + hash + username + password !== '') {
    throw new SettingProblem('must be a plain address such as https://vigie.example.com');
  }
  return address.replace(/\/+$/, '');
};

/** A list of networks as CIDR; a single address becomes a network of one. */
export const networks: Check<string[]> = (value) => {
  if (Array.isArray(value)) return value.map(network);
  throw new SettingProblem('must be a list of networks such as 10.0.0.0/8');
};

/** Never `true`, since whoever may forge X-Forwarded-For mints voters. */
export const trustedProxies: Check<false | number | string[]> = (value) => {
  if (value === false || value === 0) return false;
  if (typeof value === 'number') return wholeNumber(1, 10)(value);
  if (Array.isArray(value) && value.length > 0) {
    const list = networks(value);
    if (!list.some((proxies) => proxies.endsWith('/0'))) return list;
  }
  throw new SettingProblem(
    'must be false, a number of proxies from 1 to 10, or a list of their networks such as 10.0.0.0/8; ' +
      'trusting everybody would let readers forge their address',
  );
};

function network(value: unknown): string {
  const [, address = '', prefix] = /^([\da-f.:]+)(?:\/(\d{1,3}))?$/i.exec(String(value)) ?? [];
  const family = isIP(address);
  const widest = family === 4 ? 32 : 128;
  const bits = Number(prefix ?? widest);
  if (family !== 0 && bits <= widest) return `${address}/${bits}`;
  throw new SettingProblem('must hold networks such as 10.0.0.0/8 or fd00::/8, and nothing else');
}

function limit(value: unknown): Limit | null {
  if (typeof value !== 'object' || value === null) return null;
  const { points, seconds, ...more } = value as Record<string, unknown>;
  if (Object.keys(more).length > 0 || !isWithin(points, 1_000_000_000) || !isWithin(seconds, 86_400))
    return null;
  return { points, seconds };
}

const isWithin = (value: unknown, most: number): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= most;
