/** One request, as it goes over the wire. */
export interface FuzzRequest {
  /** As in the document, such as `GET /v1/cases/{id}`; what the document does not have is called so. */
  readonly route: string;
  readonly method: string;
  /** As it stands in the request line. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Buffer;
}

/** What came back. */
export interface FuzzAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** Of a body that is longer, in a line for people, only the beginning is shown. */
const LONGEST_SHOWN = 4_000;

/** The same request for a shell; what is no text, or too long, is told. */
export function curlOf({ method, url, headers, body }: FuzzRequest, port: number): string {
  const given = Object.entries(headers).map(
    ([name, value]) => `-H ${quoted(value === '' ? `${name};` : `${name}: ${value}`)}`,
  );
  const text = body?.toString('utf8') ?? '';
  const isText = body !== undefined && Buffer.from(text).equals(body) && !text.includes('\0');
  const sent =
    body === undefined
      ? []
      : isText && text.length <= LONGEST_SHOWN
        ? [`--data-binary ${quoted(text)}`]
        : [`--data-binary @- # ${body.length} bytes, base64 ${body.subarray(0, 300).toString('base64')}...`];
  return [
    'curl -i --path-as-is -X',
    method,
    ...given,
    quoted(`http://127.0.0.1:${port}${url}`),
    ...sent,
  ].join(' ');
}

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
