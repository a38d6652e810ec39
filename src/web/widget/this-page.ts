/** As long as an address and a title may be that a report names its page by. */
const LONGEST_URL = 2048;
const LONGEST_TITLE = 500;

/** What a report says of the page; nothing that its address holds behind `#`. */
export function thisPage(): { url: string; title: string } {
  const { href, origin } = location;
  const url = href.split('#')[0] ?? '';
  return {
    url: url.length > LONGEST_URL ? origin : url,
    title: [...document.title].slice(0, LONGEST_TITLE).join(''),
  };
}
