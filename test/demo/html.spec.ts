import { html } from '../../src/demo/pages/html.js';
import { typeset } from '../../src/demo/pages/typeset.js';

describe('html', () => {
  it('makes text of whatever it is given, in elements and in attributes', () => {
    const evil = `"><script>alert('x')</script>&amp;`;
    expect(html`<p title="${evil}">${evil}</p>`.text).toBe(
      '<p title="&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;amp;">' +
        '&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;amp;</p>',
    );
  });

  it('takes what it made itself as it is, alone and in lists', () => {
    const items = ['a<b', 'c'].map((text) => html`<li>${text}</li>`);
    expect(html`${items}${html`<hr />`}`.text).toBe('<li>a&lt;b</li><li>c</li><hr />');
  });

  it('leaves null out, and nothing else', () => {
    expect(html`${null}|${0}|${''}|${'null'}`.text).toBe('|0||null');
  });
});

describe('typeset', () => {
  it('keeps French punctuation with its word', () => {
    expect(typeset('Derby : « oui » ! À 19 heures, à 8 h')).toBe(
      'Derby\u00a0: «\u00a0oui\u00a0»\u00a0! À 19\u00a0heures, à 8\u00a0h',
    );
  });
});
