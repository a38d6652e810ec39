import { decoded, parameterName, parameterValue, withQuery } from '../../src/core/address-parts.js';

describe('the parts of an address', () => {
  it.each([
    ['w=300', 'w', '300'],
    ['name=caf%C3%A9+noir', 'name', 'café noir'],
    ['a=b=c', 'a', 'b=c'],
    // Without an equals sign there is a name, and nothing else.
    ['download', 'download', ''],
    ['', '', ''],
  ])('read the parameter %s as servers do', (parameter, name, value) => {
    expect([parameterName(parameter), parameterValue(parameter)]).toEqual([name, value]);
  });

  it('leave alone what is no valid encoding', () => {
    expect(decoded('100%')).toBe('100%');
  });

  it.each([
    ['https://e.ma/p.jpg', '', 'https://e.ma/p.jpg'],
    ['https://e.ma/p.jpg', 'id=1', 'https://e.ma/p.jpg?id=1'],
    ['https://e.ma/p.jpg?id=1', 'w=3', 'https://e.ma/p.jpg?id=1&w=3'],
  ])('put together %s and "%s"', (url, query, together) => {
    expect(withQuery(url, query)).toBe(together);
  });
});
